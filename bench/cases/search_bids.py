"""Full-text search: the bids that speak of two things, the best first, with where they do."""

import re
from html import escape

from bench.kit import MONEY, references, table_row

TARGET, QUERIES = 3, 12
ADDRESS = "/manage/bids/?q=voice+sleep"
WORDS = re.compile(r"\b(?:voice|sleep)\w*", re.IGNORECASE)
FOUND = """bids_bid b JOIN bids_bidwords w ON w.bid_id = b.id
    WHERE w.vector @@ to_tsquery('simple', 'voice:* & sleep:*') AND b.state IN ('submitted',
        'eligible', 'ineligible', 'in_assessment', 'assessed', 'awarded', 'reserve',
        'unsuccessful', 'declined')"""
COUNT = f"SELECT count(*), sum(b.requested) FROM {FOUND}"
PAGE = f"""SELECT f.reference, f.title, o.short_name, r.name, f.requested, f.score, f.submitted_at,
        w.body FROM (SELECT b.*, ts_rank(w.vector, to_tsquery('simple', 'voice:* | sleep:*'))
        AS rank FROM {FOUND}) f JOIN organisations_organisation o ON o.id = f.organisation_id
    JOIN organisations_region r ON r.id = o.region_id JOIN bids_bidwords w ON w.bid_id = f.id
    ORDER BY f.rank DESC, f.submitted_at DESC, f.id DESC LIMIT 50"""
MARK = r'href="/manage/bids/([A-Z0-9-]+)/"'


def case(bench, _variant):
    return bench.get(ADDRESS)


def floor(bench, _variant):
    if ADDRESS not in bench.frames:
        bench.keep_frame(ADDRESS, bench.get(ADDRESS))
    bench.one(COUNT)
    body = "".join(table_row(_cells(row)) for row in bench.rows(PAGE))
    return bench.frame(ADDRESS, body)


def _cells(row):
    hit = WORDS.search(row[7])
    said = row[7][max(0, hit.start() - 90) : hit.end() + 90] if hit else ""
    link = f'<a class="govuk-link" href="/manage/bids/{row[0]}/">{escape(row[1])}</a>'
    score = f"{row[5]}%" if row[5] is not None else ""
    day = f"{row[6]:%-d %B %Y}"
    return [f"{link} {row[0]} Sample data {escape(said)}", f"{row[2]}<br>{row[3]}",
            MONEY.format(row[4] / 100), score, day]  # fmt: skip


def agree(ours, floors):
    if references(ours, MARK) != references(floors, MARK):
        raise AssertionError("The page and its floor show different bids.")
    if len(references(ours, MARK)) < 20:
        raise AssertionError("Too few bids are found for a page.")
