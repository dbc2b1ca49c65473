"""All answers of one bid to a form of 120 questions."""

from html import escape

TARGET, QUERIES = 3, 15
FIND = """SELECT b.reference FROM bids_bid b JOIN bids_answer a ON a.bid_id = b.id
    WHERE b.state IN ('submitted', 'eligible', 'in_assessment', 'assessed')
    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"""
SQL = """SELECT b.title, o.name, f.definition, s.content FROM bids_bid b
    JOIN organisations_organisation o ON o.id = b.organisation_id
    JOIN calls_formversion f ON f.id = b.form_id JOIN bids_submission s ON s.bid_id = b.id
    WHERE b.reference = %s ORDER BY s.number DESC LIMIT 1"""


def _reference(bench):
    if "bid" not in bench.addresses:
        bench.addresses["bid"] = bench.one(FIND)[0]
    return bench.addresses["bid"]


def case(bench, _variant):
    return bench.get(f"/manage/bids/{_reference(bench)}/answers/")


def floor(bench, _variant):
    title, name, form, content = bench.one(SQL, [_reference(bench)])
    parts, long_ones = [title, name], []
    for section in form["sections"]:
        parts.append(f"<h2>{escape(section['title'])}</h2>")
        for question in section["questions"]:
            value = content["answers"].get(question["key"], "")
            parts.append(f"<h3>{escape(question['label'])}</h3><p>{escape(str(value))}</p>")
            if question["key"].startswith("more_"):
                long_ones.append(value)
    return "".join(parts).encode(), long_ones


def agree(ours, floors):
    page = ours.decode()
    if len(floors[1]) < 100 or any(escape(text) not in page for text in floors[1]):
        raise AssertionError("The page does not show every answer.")
