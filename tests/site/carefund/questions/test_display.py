"""Answers as they are read, drafts included."""

import pytest

from carefund.questions.definition import FormDefinition
from carefund.questions.display import shown
from carefund.questions.types.registry import question_type
from tests import make

FORM = FormDefinition.parse(make.FORM)


def blocks(answers, **options):
    return {part.section.key: part.blocks for part in shown(FORM, answers, **options)}


def test_simple_answers_stand_together_and_plans_are_tables():
    found = blocks(make.answers())
    assert [row["key"] for row in found["project"][0].rows] == [
        "What will you do?",
        "Do you have partners?",
    ]
    budget = found["money"][0].table
    assert budget.head[0]["text"] == "Cost"
    assert budget.total[-1]["text"] == "£40,000"
    assert [block.table.label for block in found["plan"]] == ["Milestones", "Benefits"]


def test_question_is_shown_only_when_it_was_asked():
    found = blocks({**make.answers(), "partners": True, "partner_names": "A hospice"})
    assert found["project"][0].rows[-1]["key"] == "Who are they?"


def test_links_lead_to_where_an_answer_can_be_changed():
    found = blocks(make.answers(), link=lambda section, question: f"/{section.key}/{question.key}/")
    assert found["project"][0].rows[0]["href"] == "/project/summary/"
    assert found["money"][0].table.href == "/money/budget/"


def test_problems_stand_beside_the_answer():
    found = blocks({}, problems=True)
    assert "Answer “What will you do?”." in found["project"][0].rows[0]["value"]
    assert found["money"][0].table.problem == "Answer “What will it cost?”."


def test_answers_are_escaped():
    found = blocks({"summary": "<b>bold</b>"})
    assert "&lt;b&gt;bold&lt;/b&gt;" in found["project"][0].rows[0]["value"]


@pytest.mark.parametrize(
    "draft",
    [
        {"milestones": [{"title": "", "date": "", "evidence": "x"}]},
        {"milestones": [{}]},
        {"benefits": [{"title": "Half"}]},
        {"benefits": [{"title": "", "class": "", "forecast": {}, "baseline": ""}]},
        {"budget": {"lines": [], "match_funding": "5.00"}},
        {"partners": "", "summary": ""},
    ],
)
def test_half_answers_can_be_read(draft):
    assert blocks(draft, problems=True)


def test_large_numbers_are_grouped_for_reading():
    row = {**make.answers()["benefits"][0], "baseline": "11960", "target": "8740.5"}
    found = blocks({**make.answers(), "benefits": [row]})
    assert "11,960 → 8,740.5 falls" in str(found["plan"][1].table.body)
    assert question_type("number").words("3193", {"unit": "people"}) == "3,193 people"
