"""Every type knows all that the service asks of it, for any value that may be stored."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carefund.questions.answers import Checked
from carefund.questions.definition import FormDefinition
from carefund.questions.display import shown
from carefund.questions.entries.base import Files
from carefund.questions.forms.section import Posted, SectionForm
from carefund.questions.types import question_type, types
from carefund.questions.types.settings import KINDS
from tests.site.carefund.questions.every_type import ANSWERS, FORM
from tests.site.carefund.questions.typing_in import posted_back

READ = FormDefinition.parse(FORM)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "name", "lines", "category", "year", "kind", "amount", "title"])
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@pytest.fixture(autouse=True)
def _registers(register_of_two):
    """Organisations and areas can be looked up."""


def test_every_type_is_ready_for_a_designer():
    assert len(types()) == 25
    for kind in types():
        assert all((kind.title, kind.icon, kind.help)), kind.name
        for setting in kind.settings:
            assert setting.label
            assert setting.kind in KINDS, (kind.name, setting.name)


def test_every_type_stands_in_the_form_of_these_tests():
    assert {q.kind for q in READ.questions()} == {kind.name for kind in types()}


@given(st.text(max_size=20))
def test_texts_that_say_themselves_are_displayed_as_their_words(said):
    plain = [kind for kind in types() if kind.is_its_words]
    assert {kind.name for kind in plain} == {"short_text", "long_text"}
    for kind in plain:
        assert kind.fits(said, {})
        assert kind.display(said, {}) == ("" if kind.is_empty(said) else kind.words(said, {}))


def test_finished_answers_have_no_problem():
    assert Checked(READ, ANSWERS).problems == []


@pytest.mark.parametrize("key", [q.key for q in READ.questions()])
def test_answer_is_displayed_compared_and_exported(key):
    question = READ.question(key)
    value = READ.apply(ANSWERS).computed.get(key, ANSWERS.get(key))
    kind, options = question.type, question.options
    assert kind.display(value, options)
    assert len(kind.headings("L", options)) == len(kind.cells(value, options))
    assert kind.differences(value, value, options) == []
    assert kind.differences("", value, options) or kind.differences({}, value, options)


@pytest.mark.parametrize("section", ["simple", "plans"])
def test_what_the_page_shows_comes_back_unchanged(section):
    part = READ.section(section)
    form = SectionForm(READ, part, ANSWERS)
    files = Files(lambda upload: "", lambda upload, key: {})
    typed = SectionForm(READ, part, ANSWERS, posted=Posted.of(posted_back(form)), files=files)
    assert typed.is_valid(), [f.errors for f in typed.forms if hasattr(f, "errors")]
    asked = {q.key for q in part.questions if not q.type.is_computed}
    assert typed.values() == {key: ANSWERS[key] for key in asked}


@given(value=JSON)
@settings(derandomize=True, max_examples=60, deadline=None)
def test_any_stored_value_can_be_read(value):
    answers = dict.fromkeys(READ.asked, value)
    assert shown(READ, answers, problems=True)
    for question in READ.questions():
        kind, options = question.type, question.options
        assert isinstance(kind.display(value, options), str)
        assert len(kind.cells(value, options)) == len(kind.headings("L", options))
        kind.differences(value, ANSWERS.get(question.key), options)
        kind.html(value, options)
        kind.read(value, options)


@given(value=JSON)
@settings(derandomize=True, max_examples=25, deadline=None)
def test_a_page_opens_over_any_stored_value(value):
    answers = dict.fromkeys(READ.asked, value)
    for section in READ.sections:
        assert SectionForm(READ, section, answers).entries


OPTIONS = st.dictionaries(
    st.sampled_from(sorted({s.name for kind in types() for s in kind.settings})), JSON, max_size=5
)


@given(options=OPTIONS)
@settings(derandomize=True, max_examples=80, deadline=None)
def test_any_settings_are_accepted_or_refused_in_words(options):
    for kind in types():
        for sentence in kind.definition_problems("Label", options):
            assert sentence.endswith(".")


def test_readable_differences_name_the_cell():
    kind, options = READ.question("budget").type, READ.question("budget").options
    more = {**ANSWERS["budget"], "match_funding": "600.00"}
    (one,) = kind.differences(ANSWERS["budget"], more, options)
    assert (one.part, one.before, one.after) == ("Match funding", "£500", "£600")
    plan = [{**ANSWERS["milestones"][0], "date": "2027-01-01"}]
    (one,) = READ.question("milestones").type.differences(ANSWERS["milestones"], plan, {})
    assert one.part == "Milestone 1, Date"
    assert one.after == "1 January 2027"


def test_a_budget_is_shown_without_the_costs_that_are_nothing():
    kind, options = READ.question("budget").type, READ.question("budget").options
    lines = ANSWERS["budget"]["lines"]
    lines = [lines[0], {**lines[1], "amount": "0.00"}]
    made = kind.table({"lines": lines}, options)
    assert [row[0] for row in made.rows] == ["Staff"]
    assert made.total[-1] == "£8,000"
    nothing = kind.table({"lines": [{**line, "amount": "0.00"} for line in lines]}, options)
    assert [row[0] for row in nothing.rows] == [one["label"] for one in options["categories"]]
    assert nothing.total[-1] == "£0"


def test_rich_text_is_never_more_than_its_marks():
    kind = question_type("rich_text")
    made = kind.html("<script>x</script> [a](javascript:x) **b** [c](https://example.org)", {})
    assert "<script" not in made
    assert "javascript:" not in made.replace("(javascript:x)", "")
    assert "<strong>b</strong>" in made
    assert 'href="https://example.org"' in made


@pytest.mark.parametrize(
    ("kind", "value", "options", "message"),
    [
        ("number", "1.5", {"whole": True}, "Enter a whole number, such as 12."),
        ("percentage", "101", {}, "Enter 100 or less."),
        ("money", "5.00", {"lowest": "6.00"}, "Enter £6.00 or more."),
        ("url", "javascript:alert(1)", {}, "Enter a web address"),
        ("telephone", "call me", {}, "Enter a telephone number"),
        ("postcode", "NOWHERE", {}, "Enter a full postcode"),
        ("date", "2026-01-01", {"earliest": "2026-02-01"}, "Enter 1 February 2026 or later."),
        ("organisation", "Here", {}, "Answer this again."),
        ("files", [], {}, "Upload at least 1 files."),
        ("partners", [{"name": "A", "role": "B", "commitment": ""}], {}, "Partner 1: Answer"),
        ("short_text", "x" * 201, {}, "Shorten this to 200 characters or fewer."),
    ],
)
def test_wrong_value_is_told_in_words(kind, value, options, message):
    assert question_type(kind).problem(value, options).startswith(message)


def test_table_refuses_more_cells_than_a_page_can_hold():
    columns = [{"key": f"c{n}", "label": f"C{n}", "kind": "number"} for n in range(50)]
    kind = question_type("table")
    (told,) = kind.definition_problems("Big", {"columns": columns, "most": 500})
    assert "25,000 cells" in told
    assert kind.definition_problems("Big", {"columns": [*columns, *columns]})
    assert not kind.definition_problems("Big", {"columns": columns, "most": 80})


def test_totals_of_rows_are_exported_as_numbers():
    kind, options = READ.question("sites").type, READ.question("sites").options
    text, number, homes = kind.cells(ANSWERS["sites"], options)
    assert (number, homes) == (2, Decimal(15))
    assert text.startswith("North; 12; 1 October 2026; Red; Yes")
