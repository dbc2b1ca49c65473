"""The officer's list of bids: those not funded, the largest request first."""

from bench.kit import MONEY
from bench.lists import Listing

TARGET, QUERIES, GROWTH = 3, 12, 1.5
VARIANTS = ["first page", "last page"]
# What the filters offer changes with the programmes, so it is read for each page.
CHOICES = """SELECT 1, id, name FROM funds_programme UNION ALL SELECT 2, id, title FROM calls_call
    UNION ALL SELECT 3, id, name FROM organisations_region UNION ALL SELECT 4, id, name
    FROM funds_theme"""
LIST = Listing(
    choices=CHOICES,
    address="/manage/bids/?state=unsuccessful&sort=-requested",
    counted="""SELECT sum(number), sum(pence) FROM core_tally
        WHERE "of" = 'bids' AND state = 'unsuccessful'""",
    page="""SELECT b.reference, b.title, o.short_name, r.name, b.requested, b.score, b.submitted_at
        FROM bids_bid b JOIN organisations_organisation o ON o.id = b.organisation_id
        JOIN organisations_region r ON r.id = o.region_id
        WHERE b.state = 'unsuccessful' ORDER BY {order} LIMIT %s""",
    ascending="b.requested DESC, b.reference DESC",
    descending="b.requested, b.reference",
    cells=lambda row: [
        f'<a class="govuk-link" href="/manage/bids/{row[0]}/">{row[1]}</a> {row[0]} Sample data',
        f"{row[2]}<br>{row[3]}",
        '<strong class="govuk-tag govuk-tag--red">Not funded</strong>',
        MONEY.format(row[4] / 100),
        f"{row[5]}%",
        f"{row[6]:%-d %B %Y}",
    ],
    mark=r'href="/manage/bids/([A-Z0-9-]+)/"',
)
case, floor, agree = LIST.case, LIST.floor, LIST.agree
