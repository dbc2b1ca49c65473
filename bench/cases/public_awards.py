"""The public register of what was funded: its first page, as everybody sees it."""

from bench.kit import references, table_row
from carefund.core import shared

TARGET = 3
COUNT = "SELECT count(*), sum(amount) FROM awards_offer WHERE state = 'accepted'"
REGIONS = """SELECT r.code, sum(f.amount) FROM awards_offer f
    JOIN organisations_organisation o ON o.id = f.organisation_id
    JOIN organisations_region r ON r.id = o.region_id WHERE f.state = 'accepted' GROUP BY 1"""
FACETS = [
    """SELECT p.code, p.name, count(*) FROM awards_offer f JOIN bids_bid b ON b.id = f.bid_id
        JOIN calls_call c ON c.id = b.call_id JOIN funds_programme p ON p.id = c.programme_id
        WHERE f.state = 'accepted' GROUP BY 1, 2""",
    """SELECT t.code, t.name, count(*) FROM awards_offer f JOIN bids_bid b ON b.id = f.bid_id
        JOIN funds_theme t ON t.id = b.theme_id WHERE f.state = 'accepted' GROUP BY 1, 2""",
    """SELECT date_trunc('year', answered_at - interval '3 months'), count(*) FROM awards_offer
        WHERE state = 'accepted' GROUP BY 1""",
]
PAGE = """SELECT p.reference, p.title, o.name, f.amount, f.answered_at FROM awards_offer f
    JOIN delivery_project p ON p.offer_id = f.id JOIN organisations_organisation o
    ON o.id = f.organisation_id WHERE f.state = 'accepted'
    ORDER BY f.answered_at DESC, f.id DESC LIMIT 50"""
MARK = r'href="/funded/([A-Z0-9-]+)/"'


def case(bench, _variant):
    shared.forget()  # made anew each time; kept pages have a case of their own
    return bench.get("/funded/", bench.anonymous)


def floor(bench, _variant):
    sums = [bench.rows(sql) for sql in (COUNT, REGIONS, *FACETS)]
    rows = [
        table_row([f'<a href="/funded/{row[0]}/">{row[1]}</a>', row[2], f"£{row[3] / 100:,.2f}"])
        for row in bench.rows(PAGE)
    ]
    return (repr(sums) + "".join(rows)).encode()


def agree(ours, floors):
    if list(dict.fromkeys(references(ours, MARK))) != references(floors, MARK):
        raise AssertionError("The page and its floor show different grants.")
