"""What an editor arranges becomes the form, and a form becomes what an editor arranges."""

from decimal import Decimal

import pytest

from carefund.questions.definition import BadDefinition, FormDefinition
from carefund.website.designer import conditions
from carefund.website.designer.blocks import FormBlock, RulesBlock, ScreeningsBlock
from carefund.website.designer.standard import standard_stream
from carefund.website.designer.writing import definition, stream, streams
from programmes.calls import standard_form

OF_CALL = {"years": [2026, 2027], "smallest": "5000", "largest": "20000"}
BLOCKS = FormBlock()


def written(raw, rules=(), screening=()):
    return definition(
        BLOCKS.to_python(raw),
        RulesBlock().to_python(list(rules)),
        ScreeningsBlock().to_python(list(screening)),
        of_call=OF_CALL,
    )


def section(*questions, **values):
    return [{"type": "section", "value": {"title": "One", "questions": list(questions), **values}}]


def question(kind, label, **values):
    return {"type": kind, "value": {"label": label, **values}}


def test_standard_form_goes_through_the_designer_unchanged():
    """But for settings that say what counts anyway."""
    plain = standard_form.definition(
        years=[2026, 2027], smallest=Decimal(5000), largest=Decimal(20000)
    )
    made = written(standard_stream())
    before, after = FormDefinition.parse(plain), FormDefinition.parse(made)
    assert [asked_of(q) for q in after.questions()] == [asked_of(q) for q in before.questions()]
    assert [(s.key, s.title, s.group) for s in after.sections] == [
        (s.key, s.title, s.group) for s in before.sections
    ]
    assert written(stream(made)) == made


def asked_of(question):
    settings = {s.name: s.value(question.options) for s in question.type.settings}
    return question.key, question.kind, question.label, question.hint, question.show_if, settings


def test_names_are_made_of_what_the_editor_wrote_and_differ():
    form = written(
        section(
            question("short_text", "Name of the project"),
            question("short_text", "Name of the project"),
            question("one_of", "Which?", set_choices=[{"label": "Homes"}, {"label": "Homes!"}]),
        )
    )
    found = form["sections"][0]["questions"]
    assert [q["key"] for q in found] == ["name_of_the_project", "name_of_the_project_2", "which"]
    assert found[2]["options"]["choices"] == [
        {"value": "homes", "label": "Homes"},
        {"value": "homes_2", "label": "Homes!"},
    ]


def test_condition_reads_yes_and_the_label_of_a_choice():
    tests = [
        {"question": "agree", "test": "is", "value": "Yes"},
        {"question": "where", "test": "is", "value": "Care homes"},
    ]
    form = written(
        section(
            question("yes_no", "Agree?", key="agree"),
            question(
                "one_of",
                "Where?",
                key="where",
                set_choices=[
                    {"label": "Care homes", "value": "homes"},
                    {"label": "Own home", "value": "own"},
                ],
            ),
            question("number", "How many?", show_if={"match": "any", "tests": tests}),
        )
    )
    assert form["sections"][0]["questions"][2]["show_if"] == {
        "any": [
            {"question": "agree", "test": "is", "value": True},
            {"question": "where", "test": "is", "value": "homes"},
        ]
    }
    assert FormDefinition.parse(form)
    again = written(stream(form))
    assert again == form


def nested(*parts, match="all"):
    return {
        "match": match,
        "tests": [part for part in parts if "question" in part],
        "groups": [part for part in parts if "match" in part],
    }


def asked_if(condition):
    people = question("number", "People", key="people")
    agree = question("yes_no", "Agree?", key="agree")
    return written(section(agree, people, question("number", "How many?", show_if=condition)))


def test_groups_within_groups_become_the_condition_and_back():
    agrees = {"question": "agree", "test": "is", "value": "yes"}
    many = {"question": "people", "test": "at_least", "value": "10"}
    few = {"question": "people", "test": "at_most", "value": "2"}
    none = {"question": "people", "test": "is_not_answered"}
    deepest = nested(few, none, match="any")
    form = asked_if(nested(agrees, nested(many, deepest, match="all")))
    FormDefinition.parse(form)
    assert form["sections"][0]["questions"][2]["show_if"] == {
        "all": [
            {"question": "agree", "test": "is", "value": True},
            {"all": [many, {"any": [few, none]}]},
        ]
    }
    assert written(stream(form)) == form


def test_empty_group_is_a_problem_told_in_words():
    agrees = {"question": "agree", "test": "is", "value": "yes"}
    with pytest.raises(BadDefinition, match="“How many\\?”: A group of its condition is empty"):
        FormDefinition.parse(asked_if(nested(agrees, nested())))


def test_preview_leaves_out_what_rests_on_a_question_that_cannot_be_read():
    condition = {"all": [{"any": [{"question": "a", "test": "is", "value": 1}]}, {"any": []}]}
    assert conditions.named(condition) == ["a"]
    assert conditions.named({"test": "is"}) == []


def test_rules_and_screening_are_part_of_the_form():
    rule = {
        "expression": "budget >= 0",
        "message": "Ask for something.",
        "questions": ["people"],
    }
    screen = {"label": "Are you registered?", "acceptable": "yes", "reason": "Register first."}
    form = written(
        section(question("number", "People", key="people"), key="one"),
        rules=[{"type": "rule", "value": {**rule, "expression": "people >= 5"}}],
        screening=[{"type": "question", "value": screen}],
    )
    parsed = FormDefinition.parse(form)
    assert [r.concerns for r in parsed.rules] == [("people",)]
    (asked,) = parsed.eligibility
    assert (asked.key, asked.accept, asked.reason) == (
        "are_you_registered",
        (True,),
        "Register first.",
    )


def share(**values):
    return {"type": "share", "value": {"budget": "budget", "category": "Evaluation", **values}}


def with_budget(rule):
    costs = [{"label": "Staff"}, {"label": "Evaluation", "value": "proof"}]
    return written(section(question("budget", "Budget", set_categories=costs)), [rule])


def test_part_of_the_budget_becomes_a_rule_and_back():
    form = with_budget(share(percent="20.00"))
    assert form["rules"] == [
        {
            "expression": 'total(budget, "proof") >= 20% * total(budget)',
            "message": "Spend at least 20% of the budget on evaluation.",
            "concerns": ["budget"],
        }
    ]
    FormDefinition.parse(form)
    again = streams(form)["form_rules"]
    assert [row["type"] for row in again] == ["share"]
    assert written(stream(form), again)["rules"] == form["rules"]


def test_part_of_the_budget_says_what_the_editor_says():
    rule = share(percent="7.50", test="<=", category="staff", message="Not so many people.")
    found = with_budget(rule)["rules"][0]
    assert found["expression"] == 'total(budget, "staff") <= 7.5% * total(budget)'
    assert found["message"] == "Not so many people."


def test_part_of_a_budget_for_a_cost_that_it_has_not_is_a_problem():
    with pytest.raises(BadDefinition, match="travel"):
        FormDefinition.parse(with_budget(share(percent="5", category="travel")))


def test_rule_about_anything_else_stays_as_it_was_written():
    rule = {"expression": "total(budget) <= 9000", "message": "Less.", "concerns": ["budget"]}
    shown = streams({"sections": [], "rules": [rule]})["form_rules"]
    assert [row["type"] for row in shown] == ["rule"]
