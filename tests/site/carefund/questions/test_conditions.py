"""When a question is asked, when it must be answered, and that nothing is hidden in silence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carefund.questions.answers import Checked
from carefund.questions.conditions import DEEPEST, TESTS
from carefund.questions.definition import BadDefinition, FormDefinition
from carefund.questions.display import shown
from carefund.questions.forms.section import SectionForm

COLOURS = [{"value": "red", "label": "Red"}, {"value": "blue", "label": "Blue"}]
ASKED = [
    {"key": "agree", "kind": "yes_no", "label": "Agree?"},
    {"key": "people", "kind": "number", "label": "People"},
    {"key": "colours", "kind": "many_of", "label": "Colours", "options": {"choices": COLOURS}},
    {"key": "start", "kind": "date", "label": "Start"},
    {"key": "colour", "kind": "one_of", "label": "Colour", "options": {"choices": COLOURS}},
]


def form(**settings):
    last = {"key": "last", "kind": "short_text", "label": "Last", **settings}
    return FormDefinition.parse(
        {"sections": [{"key": "one", "title": "One", "questions": [*ASKED, last]}]}
    )


def test(question, test, *value):
    found = {"question": question, "test": test}
    return {**found, "value": value[0]} if value else found


test.__test__ = False
CASES = [
    (test("agree", "is", True), {"agree": True}, {"agree": False}),
    (test("agree", "is_not", True), {}, {"agree": True}),
    (test("colours", "includes", "red"), {"colours": ["red"]}, {"colours": ["blue"]}),
    (test("colours", "excludes", "red"), {}, {"colours": ["red"]}),
    (test("people", "at_least", 10), {"people": "10.0"}, {"people": "9"}),
    (test("people", "at_most", "10"), {"people": "10"}, {}),
    (test("start", "at_least", "2026-06-01"), {"start": "2026-06-01"}, {"start": "2026-05-31"}),
    (test("colour", "is_answered"), {"colour": "red"}, {"colour": ""}),
    (test("agree", "is_answered"), {"agree": False}, {}),
    (test("people", "is_not_answered"), {}, {"people": "1"}),
    (
        {"all": [test("agree", "is", True), {"any": [test("people", "is", 1)]}]},
        {"agree": True, "people": "1"},
        {"agree": True, "people": "2"},
    ),
    (
        {"any": [test("agree", "is", True), test("people", "is", 1)]},
        {"people": "1.00"},
        {"agree": False},
    ),
]


@pytest.mark.parametrize(("condition", "yes", "no"), CASES)
def test_question_is_asked_when_its_condition_holds(condition, yes, no):
    asked = form(show_if=condition)
    assert "last" in asked.apply(yes).shown
    assert "last" in asked.apply(no).hidden


@pytest.mark.parametrize(("condition", "yes", "no"), CASES)
def test_question_must_be_answered_when_its_condition_holds(condition, yes, no):
    asked = form(require_if=condition)
    told = "Answer “Last”."
    assert told in [p.message for p in Checked(asked, yes).problems]
    assert told not in [p.message for p in Checked(asked, no).problems]


def test_the_form_of_before_can_still_be_read():
    asked = form(show_if={"question": "agree", "value": True})
    assert asked.apply({"agree": True}).hidden == {}


def test_answer_to_a_question_that_is_not_asked_does_not_count():
    asked = form(show_if=test("agree", "is", True))
    answers = {"agree": False, "last": "Secret"}
    assert asked.counted(answers) == {"agree": False}
    (part,) = shown(asked, answers)
    (left,) = part.not_asked
    assert (left.label, left.is_kept) == ("Last", True)
    assert left.reason == "It is asked only if you answered “Yes” to “Agree?”."


def test_what_is_hidden_is_not_answered_for_what_follows():
    chain = {
        "sections": [
            {
                "key": "one",
                "title": "One",
                "questions": [
                    *ASKED,
                    {
                        "key": "name",
                        "kind": "short_text",
                        "label": "Name",
                        "show_if": test("agree", "is", True),
                    },
                    {
                        "key": "why",
                        "kind": "short_text",
                        "label": "Why",
                        "show_if": test("name", "is_answered"),
                    },
                ],
            }
        ]
    }
    applied = FormDefinition.parse(chain).apply({"agree": False, "name": "Kept", "why": "Kept"})
    assert applied.hidden.keys() == {"name", "why"}


def test_section_page_reveals_what_may_still_be_asked():
    asked = form(show_if={"all": [test("agree", "is", True), test("people", "at_least", 5)]})
    page = SectionForm(asked, asked.section("one"), {})
    last = page.entries[-1]
    assert last.question.key == "last"
    assert '"at_least"' in last.revealed.tree
    assert last.revealed.words == (
        "Answer this only if you answered “Yes” to “Agree?” and “People” is 5 or more."
    )


REFUSED = [
    (test("nobody", "is", 1), "Question “Last” depends on “nobody”, which is not asked before it."),
    (test("last", "is", "x"), "Question “Last” depends on “Last”, which is not asked before it."),
    (test("agree", "is", "maybe"), "“Agree?” is answered yes or no, never “maybe”."),
    (test("people", "at_least", "many"), "“People” is a number, never “many”."),
    (test("colour", "is", "green"), "“Colour” has no choice “green”."),
    (test("agree", "includes", "x"), "“includes” cannot be asked of “Agree?”: yes or no."),
    (test("agree", "rhymes", "x"), "“rhymes” is not a test."),
    ({"all": []}, "A group of its condition is empty. Fill it or take it out."),
    (
        {"all": [test("agree", "is", True), {"any": []}]},
        "A group of its condition is empty. Fill it or take it out.",
    ),
    ({"all": "agree"}, "“all” needs a list of conditions and nothing else."),
    (
        {"any": [{"all": [{"any": [test("agree", "is", "maybe"), test("people", "is", 1)]}]}]},
        "“Agree?” is answered yes or no, never “maybe”.",
    ),
    ({"question": "agree", "test": "is"}, "The test “is” needs a value."),
    ([1], "A condition must name a question and a test."),
]


@pytest.mark.parametrize(("condition", "told"), REFUSED)
def test_condition_that_makes_no_sense_is_refused_in_words(condition, told):
    with pytest.raises(BadDefinition, match="Question “Last”") as refused:
        form(show_if=condition)
    assert told in str(refused.value)


def test_condition_nested_too_deeply_is_refused():
    condition = test("agree", "is", True)
    for _ in range(DEEPEST):
        condition = {"any": [condition]}
    assert form(show_if=condition)
    for _ in range(400):
        condition = {"any": [condition]}
        with pytest.raises(BadDefinition, match="Groups go 3 deep, one within another"):
            form(show_if=condition)


def test_groups_within_groups_are_told_with_brackets():
    inner = {"all": [test("people", "at_least", 5), test("colours", "includes", "red")]}
    asked = form(
        show_if={"all": [test("agree", "is", True), {"any": [test("start", "is_answered"), inner]}]}
    )
    (part,) = shown(asked, {"agree": True, "people": "5", "colours": ["blue"]})
    assert part.not_asked[0].reason == (
        "It is asked only if you answered “Yes” to “Agree?” and (you answered “Start” or "
        "(“People” is 5 or more and you chose “Red” in “Colours”))."
    )
    assert "last" in asked.apply({"agree": True, "people": "5", "colours": ["red"]}).shown
    assert "last" in asked.apply({"people": "5", "colours": ["red"]}).hidden


def test_questions_that_wait_for_each_other_are_named():
    circle = [
        {"key": "a", "kind": "yes_no", "label": "First", "show_if": test("b", "is", True)},
        {"key": "b", "kind": "yes_no", "label": "Second", "show_if": test("a", "is", True)},
    ]
    with pytest.raises(BadDefinition, match="“First” and “Second” depend on each other"):
        FormDefinition.parse({"sections": [{"key": "s", "title": "S", "questions": circle}]})


@pytest.mark.parametrize(
    ("waits", "told"),
    [
        (
            {"First": "Second", "Second": "Third", "Third": "First"},
            (
                "3 questions depend on each other in a circle: “First” on “Second”, "
                "“Second” on “Third” and “Third” on “First”."
            ),
        ),
        ({"First": "First"}, "“First” depends on its own answer."),
        # What leads into a circle is not part of it.
        (
            {"First": "Second", "Second": "Third", "Third": "Second"},
            "“Second” and “Third” depend on each other.",
        ),
    ],
)
def test_questions_in_a_circle_are_named(waits, told):
    questions = [
        {
            "key": key.lower(),
            "kind": "yes_no",
            "label": key,
            "show_if": test(on.lower(), "is", True),
        }
        for key, on in waits.items()
    ]
    with pytest.raises(BadDefinition) as refused:
        FormDefinition.parse({"sections": [{"key": "s", "title": "S", "questions": questions}]})
    assert [p for p in refused.value.problems if "depend" in p and "asked before" not in p] == [
        told
    ]


def test_circle_of_three_hundred_questions_is_found():
    questions = [
        {"key": f"q{n}", "kind": "yes_no", "label": f"Question {n}",
         "require_if": test(f"q{(n + 1) % 300}", "is", True)}
        for n in range(300)
    ]  # fmt: skip
    with pytest.raises(BadDefinition, match="300 questions depend on each other in a circle"):
        FormDefinition.parse({"sections": [{"key": "s", "title": "S", "questions": questions}]})


SINGLE = st.sampled_from([condition for condition, *_ in CASES if "question" in condition])


def groups(inner):
    return st.builds(
        lambda word, parts: {word: parts},
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=3),
    )


CONDITIONS = SINGLE
for _ in range(DEEPEST):
    CONDITIONS = SINGLE | groups(CONDITIONS)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "agree": st.sampled_from([True, False, ""]),
        "people": st.sampled_from(["1", "10", "99.5", ""]),
        "colours": st.lists(st.sampled_from(["red", "blue"]), unique=True),
        "start": st.sampled_from(["2026-06-01", "2025-01-01", ""]),
        "colour": st.sampled_from(["red", "blue", ""]),
        "last": st.sampled_from(["Text", ""]),
    },
)


@given(condition=CONDITIONS, answers=VALUES)
@settings(derandomize=True, max_examples=150, deadline=None)
def test_required_question_is_answered_or_told_or_named_with_its_reason(condition, answers):
    asked = form(show_if=condition)
    checked = Checked(asked, answers)
    named = {n.label: n.reason for part in shown(asked, answers) for n in part.not_asked}
    told = {p.question.key for p in checked.problems}
    for question in asked.questions():
        answered = not question.type.is_empty(answers.get(question.key))
        counts = question.key in checked.applied.answers
        hidden = question.label in named
        assert hidden != (question.key in checked.applied.shown)
        assert hidden or counts or question.key in told or not answered
        if hidden:
            assert named[question.label].endswith(".")
            assert not counts
        elif not answered:
            assert question.key in told


def test_every_test_has_words():
    for kind in TESTS.values():
        assert "{label}" in kind.words
