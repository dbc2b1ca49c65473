"""The public register of what was funded: its first page, as everybody sees it.

The floor writes every byte of it, as those of the other public pages do: what the database holds
by hand, what lies between as it stood.
"""

from collections import Counter
from html import escape

from bench import stencil
from bench.stencil import day, pounds
from carefund.core import shared
from carefund.core.clock import LONDON

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
# Where the names of programme, region and theme stand in a group; grants and pence in it.
FILTERS, NUMBER, PENCE = (2, 4, 6), 7, 8
agree = stencil.agree


def case(bench, _variant):
    shared.forget()  # made anew each time; kept pages have a case of their own
    return bench.get("/funded/", bench.anonymous)


def floor(bench, variant):
    return stencil.written(bench, "register", lambda: case(bench, variant), _pieces(bench))


def _pieces(bench):
    groups = bench.rows(GROUPS)
    pieces = []
    for name in FILTERS:
        counts = _counted(groups, name)
        pieces += sorted(f"{escape(one)} ({n})" for one, n in counts.items() if one is not None)
    years = sorted(_counted(groups, 0).items(), reverse=True)
    pieces += [f"{int(year)} to {int(year) + 1} ({n})" for year, n in years]
    number, total = (sum(group[place] for group in groups) for place in (NUMBER, PENCE))
    pieces.append(f"{number} grants, {pounds(total)} in total")
    for reference, title, council, programme, pence, at in bench.rows(PAGE):
        pieces += [reference, escape(title), escape(council), escape(programme)]
        pieces += [day(at.astimezone(LONDON)), pounds(pence)]
    for reference, title, at, programme, shares, pence in bench.rows(DETERMINATIONS):
        pieces += [reference, escape(title), escape(programme), day(at.astimezone(LONDON))]
        pieces += [str(shares), pounds(pence)]
    return pieces


def _counted(groups, place):
    counts = Counter()
    for group in groups:
        counts[group[place]] += group[NUMBER]
    return counts
