"""The officer's list of claims: those paid, the latest period first."""

from bench.kit import MONEY
from bench.lists import Listing

TARGET, QUERIES, GROWTH = 3, 12, 1.5
VARIANTS = ["first page", "last page"]
LIST = Listing(
    address="/manage/claims/?state=paid&sort=-period",
    counted="""SELECT sum(number), sum(pence) FROM core_tally
        WHERE "of" = 'claims' AND state = 'paid'""",
    page="""SELECT c.reference, p.title, o.name, c.total, c.period_ends_on, c.submitted_at
        FROM payments_claim c
        JOIN delivery_project p ON p.id = c.project_id
        JOIN organisations_organisation o ON o.id = p.organisation_id
        WHERE c.state = 'paid' ORDER BY {order} LIMIT %s""",
    ascending="c.period_ends_on DESC, c.id",
    descending="c.period_ends_on, c.id DESC",
    cells=lambda row: [
        f'<a class="govuk-link" href="/claims/{row[0]}/">{row[0]}</a> Sample data',
        row[1],
        row[2],
        MONEY.format(row[3] / 100),
        f"{row[4]:%-d %B %Y}",
        f"{row[5]:%-d %B %Y}",
        '<strong class="govuk-tag govuk-tag--green">Paid</strong>',
    ],
    mark=r'href="/claims/([A-Z0-9-]+)/"',
)
case, floor, agree = LIST.case, LIST.floor, LIST.agree
