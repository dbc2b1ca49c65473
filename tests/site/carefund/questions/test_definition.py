"""Definitions: what rests on what, how two differ, and refusals that say why."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carefund.questions.answers import Checked
from carefund.questions.definition import BadDefinition, FormDefinition, breaks, changes
from carefund.questions.display import shown
from tests import make
from tests.site.carefund.questions.every_type import ANSWERS, FORM
from tests.site.carefund.questions.test_types import JSON

READ = FormDefinition.parse(FORM)


def edited(edit):
    data = deepcopy(FORM)
    edit(data["sections"])
    return data


def refused(data):
    with pytest.raises(BadDefinition) as error:
        FormDefinition.parse(data)
    return error.value.problems


def test_rule_is_told_at_the_question_that_it_concerns():
    less = deepcopy(ANSWERS)
    less["budget"]["lines"][1]["amount"] = "1999.99"
    (problem,) = Checked(READ, less).problems
    assert (problem.question.key, problem.section.key) == ("budget", "plans")
    assert problem.message == "Spend at least 20% of the total on evaluation."


def test_computed_value_follows_the_answers():
    applied = READ.apply(ANSWERS)
    question = READ.question("each")
    assert question.type.display(applied.computed["each"], question.options) == "£8.33"
    assert READ.apply({}).computed == {"each": None}


def test_dependents_are_named():
    criterion = {"title": "Value", "questions": ["budget"]}
    found = [str(one) for one in READ.dependents("budget", [criterion])]
    assert found == [
        "“Cost for each person” is worked out from it",
        "“Spend at least 20% of the total on evaluation.” looks at it",
        "“Value” is scored by it",
    ]
    assert [one.kind for one in READ.dependents("agree")] == ["show_if"]


def test_edit_that_breaks_a_dependency_is_told():
    without = edited(lambda sections: sections[0]["questions"].pop(7))
    (told,) = breaks(READ, without)
    assert told.startswith("“Do you have partners?” is taken out, and “Partners” is shown by the")
    retyped = edited(lambda sections: sections[0]["questions"][7].update(kind="short_text"))
    assert "becomes one of another type" in breaks(READ, retyped)[0]
    both = edited(lambda s: (s[0]["questions"].pop(7), s[1]["questions"].pop(7)))
    assert breaks(READ, both) == []


@given(new=JSON)
@settings(derandomize=True, max_examples=60, deadline=None)
def test_what_an_edit_breaks_can_be_asked_of_anything(new):
    assert isinstance(breaks(READ, {"sections": new, "rules": new}), list)
    assert isinstance(breaks(READ, new), list)


def test_difference_can_be_read():
    def edit(sections):
        sections[0]["questions"][0]["label"] = "Name of the project"
        sections[0]["questions"][1]["options"] = {"words": 300}
        sections[0]["questions"].pop(11)
        new = {"key": "extra", "kind": "yes_no", "label": "New?"}
        sections[1]["questions"].append(new)
        sections[1]["title"] = "Plans"

    found = changes(READ, FormDefinition.parse(edited(edit)))
    told = {change.name: (change.what, change.details) for change in found}
    assert told["Name of the project"][1] == (("Question", "Short name", "Name of the project"),)
    assert told["What will you do?"][1] == (("Most words", "150", "300"),)
    assert told["Web page"][0] == "No longer asked"
    assert told["New?"][0] == "Added"
    assert told["Section Plans"][1] == (("Title", "Plans and tables", "Plans"),)
    assert changes(READ, READ) == []


def test_notes_for_assessors_are_told_to_them_alone():
    secret = FormDefinition.parse(
        edited(lambda sections: sections[0]["questions"][0].update(assessment="Look twice."))
    )
    assert changes(READ, secret) == []
    (change,) = changes(READ, secret, inside=True)
    assert change.details == (("Note for assessors", "", "Look twice."),)
    for notes, times in ((True, 1), (False, 0)):
        rows = shown(secret, ANSWERS, notes=notes)[0].blocks[0].rows
        assert str(rows).count("Look twice.") == times


def one_question(**values):
    question = {"key": "a", "kind": "short_text", "label": "A", **values}
    return {"sections": [{"key": "s", "title": "S", "questions": [question]}]}


def many(number):
    questions = [{"key": f"q{n}", "kind": "yes_no", "label": f"Q{n}"} for n in range(number)]
    return {"sections": [{"key": "s", "title": "S", "questions": questions}]}


HOSTILE = [
    ([], "The form is no form."),
    ({}, "The form has no section."),
    ({"sections": "x"}, "must be a list"),
    ({"sections": [1]}, "must be a list"),
    ({"sections": [{}]}, "Every section needs a key and a title."),
    (one_question(key="__class__"), "cannot be used"),
    (one_question(key="and"), "cannot be used"),
    (one_question(key="remove"), "cannot be used"),
    (one_question(key="a-b"), "cannot be used"),
    (one_question(kind="shell"), "unknown type “shell”"),
    (one_question(kind=["x"]), "unknown type"),
    (one_question(options=[1]), "options that are no options"),
    (one_question(options={"longest": 10**30}), "the number is too large"),
    (one_question(options={"longest": True}), "must be a whole number"),
    (one_question(label="x" * 301), "longer than 300"),
    (one_question(hint="x" * 5001), "longer than 5,000"),
    (one_question(hint={"a": 1}), "is no text"),
    (one_question(required="yes"), "must be required or not"),
    (many(301), "The form has 301 questions. It can have 300."),
    ({"sections": [many(1)["sections"][0]] * 2}, "Two sections have the key “s”."),
    (one_question(kind="computed", options={"expression": "2^9"}), "Powers cannot be used"),
    (one_question(kind="computed", options={"expression": "a"}), "There is no question “a”"),
    ({**many(1), "rules": [{"expression": "q0", "message": ""}]}, "needs a message"),
    ({**many(1), "rules": [{"expression": "1 = 1", "message": "x"}]}, "looks at no question"),
    ({**many(1), "rules": [{"expression": "zz = 1", "message": "x"}]}, "no question “zz”"),
    (
        {**many(1), "eligibility": [{"key": "e", "label": "E", "kind": "files"}]},
        "must be yes or no",
    ),
    (
        {**many(1), "eligibility": [{"key": "e", "label": "E", "kind": "yes_no", "accept": [1]}]},
        "needs the reason",
    ),
]


@pytest.mark.parametrize(("data", "told"), HOSTILE)
def test_hostile_definition_is_refused_in_words(data, told):
    problems = refused(data)
    assert any(told in problem for problem in problems), problems


def test_form_too_large_or_too_deep_is_refused_at_once():
    (told,) = refused(one_question(hint="x" * 700_000))
    assert "larger than" in told
    deep = []
    for _ in range(100_000):
        deep = [deep]
    (told,) = refused({"sections": deep})
    assert "nested too deeply" in told


def test_keys_that_would_share_a_name_on_the_page_are_refused():
    data = one_question(kind="date")
    data["sections"][0]["questions"].append({"key": "a_day", "kind": "yes_no", "label": "B"})
    assert refused(data) == ["The keys “a” and “a_day” are too much alike: rename one."]


@given(data=st.fixed_dictionaries({"sections": JSON, "rules": JSON, "eligibility": JSON}))
@settings(derandomize=True, max_examples=100, deadline=None)
def test_any_json_is_read_or_refused(data):
    try:
        FormDefinition.parse(data)
    except BadDefinition as error:
        told = error.problems
    else:
        told = ["It can be used."]
    assert told
    assert all(problem.endswith((".", "?")) for problem in told)


@pytest.mark.parametrize("place", ["questions", "section", "rules", "eligibility"])
@given(junk=JSON, name=st.sampled_from(["key", "kind", "label", "options", "show_if", "message"]))
@settings(derandomize=True, max_examples=40, deadline=None)
def test_one_wrong_part_is_refused_or_harmless(place, junk, name):
    data = deepcopy(FORM)
    target = {
        "questions": data["sections"][0]["questions"][3],
        "section": data["sections"][0],
        "rules": data["rules"][0],
        "eligibility": data["eligibility"][0],
    }[place]
    target[name] = junk
    try:
        FormDefinition.parse(data)
    except BadDefinition as error:
        told = error.problems
    else:
        told = ["It can be used."]
    assert told


def test_the_forms_of_before_are_still_read():
    assert FormDefinition.parse(make.FORM).first("budget").key == "budget"
