"""All answers of one bid to a form of 120 questions.

The answers of a submission are kept as written by each process for the bids read lately: `read
again` finds them there, `read first` does not. The floor keeps nothing.
"""

from html import escape

from bench import stencil
from grants.bids import written

TARGET, QUERIES = 3, 15
VARIANTS = ["read again", "read first"]
FIND = """SELECT b.reference FROM bids_bid b JOIN bids_answer a ON a.bid_id = b.id
    WHERE b.state IN ('submitted', 'eligible', 'in_assessment', 'assessed')
    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"""
SQL = """SELECT b.title, o.name, c.title, t.name, b.requested, f.definition, s.content
    FROM bids_bid b JOIN organisations_organisation o ON o.id = b.organisation_id
    JOIN calls_call c ON c.id = b.call_id LEFT JOIN funds_theme t ON t.id = b.theme_id
    JOIN calls_formversion f ON f.id = b.form_id JOIN bids_submission s ON s.bid_id = b.id
    WHERE b.reference = %s ORDER BY s.number DESC LIMIT 1"""
FEWEST = 110
ROW = """<dt class="govuk-summary-list__key">{}</dt>
    <dd class="govuk-summary-list__value"><span class="cf-plain">{}</span></dd>"""
agree = stencil.agree


def _reference(bench):
    if "bid" not in bench.addresses:
        bench.addresses["bid"] = bench.one(FIND)[0]
    return bench.addresses["bid"]


def case(bench, variant):
    if variant == "read first":
        written.forget()
    return bench.get(f"/manage/bids/{_reference(bench)}/answers/")


def floor(bench, variant):
    """Tables, choices and what was not asked are written as they stood: three of 120 questions."""
    title, name, call, theme, requested, form, content = bench.one(SQL, [_reference(bench)])
    facts = [title, name, call, stencil.pounds(requested), theme]
    pieces = [escape(bench.who_asks()), *(escape(fact) for fact in facts)]
    answers = content["answers"]
    for section in form["sections"]:
        pieces.append(f'id="section-{section["key"]}">{escape(section["title"])}</h2>')
        for question in section["questions"]:
            value = answers.get(question["key"])
            if isinstance(value, str) and question["kind"] in {"long_text", "text", "email"}:
                pieces.append(ROW.format(escape(question["label"]), escape(value)))
    if len(pieces) < FEWEST:
        raise AssertionError(f"Only {len(pieces)} things of the bid are filled in.")
    return stencil.written(bench, "bid", lambda: case(bench, variant), pieces)
