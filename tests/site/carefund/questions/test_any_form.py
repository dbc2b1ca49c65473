"""Any form that is accepted: answers are shown, checked, stored, exported, read unchanged."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carefund.questions.answers import Checked
from carefund.questions.definition import FormDefinition
from carefund.questions.display import shown
from carefund.questions.entries.base import Files
from carefund.questions.forms.section import Posted, SectionForm
from carefund.questions.types import question_type, types
from tests.site.carefund.questions.every_type import ANSWERS, FORM
from tests.site.carefund.questions.typing_in import posted_back

FILES = Files(lambda upload: "", lambda upload, key: {})
CHOICES = st.lists(
    st.tuples(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.sampled_from(["Red", "<b>", "£ & ’"])
    ),
    min_size=2,
    max_size=5,
    unique_by=lambda pair: pair[0],
).map(lambda pairs: [{"value": value, "label": label} for value, label in pairs])
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\x00"),
    min_size=1,
    max_size=12,
)
LINES = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)
PENCE = st.integers(0, 10**9).map(lambda pence: f"{pence // 100}.{pence % 100:02d}")
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat)
NUMBERS = st.integers(-(10**9), 10**9).map(str)
SIMPLE = {
    "short_text": WORDS,
    "long_text": LINES,
    "rich_text": LINES,
    "number": NUMBERS,
    "money": PENCE,
    "percentage": st.integers(0, 100).map(str),
    "date": DAYS,
    "yes_no": st.booleans(),
    "declaration": st.booleans(),
}
IN_CELLS = ["short_text", "number", "money", "date", "yes_no"]


@st.composite
def asked_and_answered(draw):
    """A question of some type, and an answer to it as it would be stored."""
    kind = draw(
        st.sampled_from([*SIMPLE, "one_of", "many_of", "group", "table", "budget", "other"])
    )
    if kind in SIMPLE:
        return {"kind": kind}, draw(SIMPLE[kind])
    if kind in {"one_of", "many_of"}:
        choices = draw(CHOICES)
        values = [choice["value"] for choice in choices]
        chosen = st.sampled_from(values)
        several = st.sets(chosen).map(lambda found: [v for v in values if v in found])
        answer = draw(chosen if kind == "one_of" else several)
        return {"kind": kind, "options": {"choices": choices}}, answer
    if kind in {"group", "table"}:
        return draw(rows(kind))
    if kind == "budget":
        return draw(budgets())
    whole = draw(st.sampled_from([k for k in ANSWERS if k not in {"short", "budget"}]))
    item = next(i for s in FORM["sections"] for i in s["questions"] if i["key"] == whole)
    return {"kind": item["kind"], "options": item.get("options", {})}, ANSWERS[whole]


@st.composite
def rows(draw, kind):
    kinds = draw(st.lists(st.sampled_from(IN_CELLS), min_size=1, max_size=4))
    columns = [
        {"key": f"c{n}", "label": f"Column {n}", "kind": one, "required": draw(st.booleans())}
        for n, one in enumerate(kinds)
    ]
    row = st.fixed_dictionaries({f"c{n}": SIMPLE[one] for n, one in enumerate(kinds)})
    name = "questions" if kind == "group" else "columns"
    return {"kind": kind, "options": {name: columns}}, draw(st.lists(row, max_size=4))


@st.composite
def budgets(draw):
    categories = draw(CHOICES)
    places = [
        (c["value"], y, k) for c in categories for y in (2026, 2027) for k in ("capital", "revenue")
    ]
    amounts = draw(st.lists(st.integers(1, 10**8), min_size=len(places), max_size=len(places)))
    lines = [
        {"category": c, "year": y, "kind": k, "amount": f"{a // 100}.{a % 100:02d}"}
        for (c, y, k), a in zip(places, amounts, strict=True)
    ]
    value = {
        "lines": draw(st.integers(0, len(lines)).map(lambda n: lines[:n])),
        "match_funding": "1.00",
    }
    return {"kind": "budget", "options": {"categories": categories, "years": [2026, 2027]}}, value


@st.composite
def forms(draw):
    found = draw(st.lists(asked_and_answered(), min_size=1, max_size=5))
    questions = [
        {"key": f"q{n}", "label": f"Question {n}", "required": draw(st.booleans()), **asked}
        for n, (asked, _) in enumerate(found)
    ]
    answers = {f"q{n}": answer for n, (_, answer) in enumerate(found)}
    return {"sections": [{"key": "s", "title": "S", "questions": questions}]}, answers


@pytest.fixture(autouse=True)
def _registers(register_of_two):
    """Organisations and areas can be looked up."""


@given(made=forms())
@settings(derandomize=True, max_examples=120, deadline=None)
def test_answers_come_back_as_they_were(made):
    definition, answers = made
    form = FormDefinition.parse(json.loads(json.dumps(definition)))
    stored = json.loads(json.dumps(answers))
    part = form.section("s")
    typed = SectionForm(
        form,
        part,
        stored,
        posted=Posted.of(posted_back(SectionForm(form, part, stored))),
        files=FILES,
    )
    assert typed.is_valid(), (typed.non_form_errors(), definition, stored)
    assert typed.values() == stored
    assert Checked(form, typed.values()).problems == Checked(form, stored).problems
    assert form.counted(stored).keys() <= stored.keys()
    for question in form.questions():
        kind, value = question.type, stored[question.key]
        cells = kind.cells(value, question.options)
        assert len(cells) == len(kind.headings(question.label, question.options))
        assert kind.differences(value, typed.values()[question.key], question.options) == []
        if not kind.is_empty(value):
            assert kind.display(value, question.options)
    assert shown(form, stored, problems=True)


def test_every_type_is_tried():
    others = {question_type(i["kind"]).name for s in FORM["sections"] for i in s["questions"]}
    tried = {*SIMPLE, "one_of", "many_of", "group", "table", "budget"} | others
    assert {kind.name for kind in types()} == tried
