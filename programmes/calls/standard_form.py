"""The form that a call begins with: what every bid to this service is asked."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

CATEGORIES = (
    ("staff", "Staff"),
    ("equipment", "Equipment and devices"),
    ("software", "Software and licences"),
    ("integration", "Integration and data"),
    ("training", "Training and change"),
    ("evaluation", "Evaluation"),
    ("other", "Other"),
)


def definition(
    *,
    years: Sequence[int],
    smallest: Decimal,
    largest: Decimal,
    extra_questions: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """The standard questions, with the budget limits of a call and questions of its own."""
    sections = [
        _about(),
        _need(),
        _delivery(),
        _money(years, smallest, largest),
        _benefits(),
    ]
    if extra_questions:
        sections.append(
            {
                "key": "more",
                "title": "More about your project",
                "group": "About the project",
                "questions": list(extra_questions),
            }
        )
    return {"sections": sections}


def _about() -> dict[str, Any]:
    return {
        "key": "about",
        "title": "Your project",
        "group": "About the project",
        "questions": [
            {
                "key": "summary",
                "kind": "long_text",
                "label": "What will you do?",
                "hint": "A short summary that we may publish if we fund your bid.",
                "options": {"words": 150},
            },
            {
                "key": "contact",
                "kind": "email",
                "label": "Who should we write to about this bid?",
                "hint": "An email address. We do not publish it.",
            },
            {
                "key": "has_partners",
                "kind": "yes_no",
                "label": "Will you work with other organisations?",
            },
            {
                "key": "partners",
                "kind": "long_text",
                "label": "Who are your partners and what will each do?",
                "options": {"words": 200},
                "show_if": {"question": "has_partners", "test": "is", "value": True},
            },
        ],
    }


def _need() -> dict[str, Any]:
    return {
        "key": "need",
        "title": "Need and people",
        "group": "About the project",
        "questions": [
            {
                "key": "need",
                "kind": "long_text",
                "label": "What problem will the project solve, and for whom?",
                "hint": "Say how many people are affected and how you know.",
                "guidance": "We look for evidence of need and for people’s own views of it.",
                "options": {"words": 400},
            },
            {
                "key": "people_reached",
                "kind": "number",
                "label": "How many people will the project reach?",
                "hint": "A whole number, by the end of the project.",
                "options": {"lowest": 1, "highest": 10000000},
            },
        ],
    }


def _delivery() -> dict[str, Any]:
    return {
        "key": "delivery",
        "title": "Delivery and milestones",
        "group": "Plan",
        "questions": [
            {
                "key": "delivery",
                "kind": "long_text",
                "label": "How will you deliver the project?",
                "hint": "Include your team, your suppliers and the main risks.",
                "guidance": "We look for a realistic plan, the right people and managed risks.",
                "options": {"words": 400},
            },
            {
                "key": "milestones",
                "kind": "milestones",
                "label": "Your milestones",
                "hint": "At least 2. Each has a date and the evidence that will show it.",
                "options": {"fewest": 2},
            },
        ],
    }


def _money(years: Sequence[int], smallest: Decimal, largest: Decimal) -> dict[str, Any]:
    return {
        "key": "money",
        "title": "Budget",
        "group": "Money",
        "questions": [
            {
                "key": "budget",
                "kind": "budget",
                "label": "What are you asking for?",
                "hint": "Enter pounds by financial year. Keep capital and revenue apart.",
                "options": {
                    "categories": [{"value": v, "label": w} for v, w in CATEGORIES],
                    "years": list(years),
                    "smallest": str(smallest),
                    "largest": str(largest),
                },
            },
            {
                "key": "value_for_money",
                "kind": "long_text",
                "label": "Why is this good value for money?",
                "options": {"words": 250},
            },
        ],
    }


def _benefits() -> dict[str, Any]:
    return {
        "key": "benefits",
        "title": "Benefits",
        "group": "Plan",
        "questions": [
            {
                "key": "benefits",
                "kind": "benefits",
                "label": "What will get better, and by how much?",
                "hint": "Measure the baseline before you bid, so that the benefit can be proven.",
                "guidance": "We look for benefits with a baseline, an owner and a measure.",
                "options": {"fewest": 1},
            }
        ],
    }
