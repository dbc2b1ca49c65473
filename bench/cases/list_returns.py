"""The officer's list of monitoring returns: those accepted, the latest due first."""

from bench.lists import Listing

TARGET, QUERIES, GROWTH = 3, 12, 1.5
VARIANTS = ["first page", "last page"]
LIST = Listing(
    address="/manage/returns/?state=accepted&sort=-due",
    counted="""SELECT sum(number) FROM core_tally
        WHERE "of" = 'returns' AND state = 'accepted'""",
    page="""SELECT m.id, p.reference, p.title, o.name, m.period_starts_on, m.period_ends_on,
        m.due_on, m.confidence FROM delivery_monitoringreturn m
        JOIN delivery_project p ON p.id = m.project_id
        JOIN organisations_organisation o ON o.id = p.organisation_id
        WHERE m.state = 'accepted' ORDER BY {order} LIMIT %s""",
    ascending="m.due_on DESC, m.id",
    descending="m.due_on, m.id DESC",
    cells=lambda row: [
        (
            f'<a class="govuk-link" href="/projects/{row[1]}/returns/{row[0]}/">{row[2]}</a> '
            "Sample data"
        ),
        row[3],
        *(f"{day:%-d %B %Y}" for day in row[4:7]),
        row[7].replace("_", " ").capitalize(),
        '<strong class="govuk-tag govuk-tag--green">Accepted</strong>',
    ],
    mark=r'href="/projects/[A-Z0-9-]+/returns/(\d+)/"',
)
case, floor, agree = LIST.case, LIST.floor, LIST.agree
