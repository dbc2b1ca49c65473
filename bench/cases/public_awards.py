"""The public register of what was funded: its first page, as everybody sees it."""

from collections import Counter

from bench.kit import references, table_row
from carefund.core import shared

TARGET = 3
# One walk gives the sum, the map and what each filter offers.
GROUPS = """SELECT extract(year FROM f.answered_at AT TIME ZONE 'Europe/London'
            - interval '3 months'),
        p.code, p.name, r.code, r.name, t.code, t.name, count(*), sum(f.amount),
        count(*) FILTER (WHERE f.is_sample OR f.amount_precision LIKE 'sample%%')
    FROM awards_offer f JOIN delivery_project d ON d.offer_id = f.id
    JOIN bids_bid b ON b.id = f.bid_id JOIN calls_call c ON c.id = b.call_id
    JOIN funds_programme p ON p.id = c.programme_id LEFT JOIN funds_theme t ON t.id = b.theme_id
    JOIN organisations_organisation o ON o.id = f.organisation_id
    LEFT JOIN organisations_region r ON r.id = o.region_id
    WHERE f.state = 'accepted' GROUP BY 1, 2, 3, 4, 5, 6, 7"""
DETERMINATIONS = """SELECT d.reference, d.title, d.issued_at, p.name, count(*), sum(s.amount)
    FROM awards_determinationshare s JOIN awards_determination d ON d.id = s.determination_id
    JOIN funds_programme p ON p.id = d.programme_id WHERE d.issued_at IS NOT NULL
    GROUP BY 1, 2, 3, 4 ORDER BY 3 DESC LIMIT 50"""
PAGE = """SELECT p.reference, p.title, o.short_name, g.name, f.amount, f.answered_at
    FROM awards_offer f JOIN delivery_project p ON p.offer_id = f.id
    JOIN organisations_organisation o ON o.id = f.organisation_id
    JOIN funds_programme g ON g.id = p.programme_id WHERE f.state = 'accepted'
    ORDER BY f.answered_at DESC, f.id DESC LIMIT 50"""
# Where year, programme, region and theme stand in a group, and how many grants are in it.
FILTERS, NUMBER = (0, 1, 3, 5), 7
MARK = r'href="/funded/([A-Z0-9-]+)/"'


def case(bench, _variant):
    shared.forget()  # made anew each time; kept pages have a case of their own
    return bench.get("/funded/", bench.anonymous)


def floor(bench, _variant):
    sums: list = [Counter() for _ in FILTERS]
    for group in bench.rows(GROUPS):
        for counts, place in zip(sums, FILTERS, strict=True):
            counts[group[place]] += group[NUMBER]
    rows = [
        table_row(
            [f'<a href="/funded/{row[0]}/">{row[1]}</a> Sample data', row[2], row[3],
             f"{row[5]:%-d %B %Y}", f"£{row[4] / 100:,.2f}"]
        )
        for row in bench.rows(PAGE)
    ]  # fmt: skip
    bench.rows(DETERMINATIONS)
    return (repr(sums) + "".join(rows)).encode()


def agree(ours, floors):
    if list(dict.fromkeys(references(ours, MARK))) != references(floors, MARK):
        raise AssertionError("The page and its floor show different grants.")
