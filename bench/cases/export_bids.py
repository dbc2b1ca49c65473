"""Every bid that the department has, as a CSV file, against COPY TO of the same rows."""

TARGET, QUERIES = 3, 12
SQL = """COPY (SELECT b.reference, o.name, o.org_id, r.name, b.title, p.name, c.title, t.name,
    b.state, b.requested / 100.0, b.score, b.submitted_at, b.is_sample FROM bids_bid b
    JOIN organisations_organisation o ON o.id = b.organisation_id
    LEFT JOIN organisations_region r ON r.id = o.region_id JOIN calls_call c ON c.id = b.call_id
    JOIN funds_programme p ON p.id = c.programme_id LEFT JOIN funds_theme t ON t.id = b.theme_id
    WHERE b.state IN ('submitted', 'eligible', 'ineligible', 'in_assessment', 'assessed',
        'awarded', 'reserve', 'unsuccessful', 'declined')
    ORDER BY b.submitted_at DESC, b.id DESC) TO STDOUT WITH CSV HEADER"""


def case(bench, _variant):
    """Read as it comes, and only counted: the file never lies in memory as a whole."""
    response = bench.client.get("/manage/bids/export/csv/")
    return sum(part.count(b"\n") for part in response)


def floor(bench, _variant):
    with bench.plain.cursor().copy(SQL) as copy:
        return sum(bytes(part).count(b"\n") for part in copy)
