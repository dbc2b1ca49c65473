"""The standard form made into that of a technology fund: a fifth of the money evaluates it."""

from copy import deepcopy
from typing import Any

PARTNERS = {
    "key": "partners",
    "kind": "partners",
    "label": "Who are your partners?",
    "hint": "What each does, and what it brings in pounds.",
    "show_if": {"question": "has_partners", "test": "is", "value": True},
}
AREA = {
    "key": "area",
    "kind": "area",
    "label": "Which areas does the project cover?",
    "hint": "Search for authorities and integrated care boards, one at a time.",
}
DEVICES = {
    "key": "devices",
    "kind": "table",
    "label": "What technology will you buy?",
    "hint": "Leave the table empty if you buy none.",
    "required": False,
    "options": {
        "columns": [
            {"key": "name", "kind": "short_text", "label": "Technology"},
            {"key": "number", "kind": "number", "label": "How many", "options": {"whole": True}},
            {"key": "price", "kind": "money", "label": "Price of one"},
        ]
    },
}
EACH = {
    "key": "cost_each",
    "kind": "computed",
    "label": "Cost for each person reached",
    "options": {"expression": "total(budget) / people_reached", "format": "money"},
}
EVALUATION = {
    "expression": "total(budget, evaluation) >= 20% of total(budget)",
    "message": "Spend at least 20% of what you ask for on evaluation.",
    "concerns": ["budget"],
}
IN_TIME = {
    "expression": "max(milestones.date) <= call.ends",
    "message": "Every milestone must fall before the projects of this call end.",
    "concerns": ["milestones"],
}
DUTIES = {
    "key": "duties",
    "kind": "yes_no",
    "label": "Does your organisation have duties for adult social care?",
    "accept": [True],
    "reason": "Only authorities with duties for adult social care can bid to this call.",
}


def technology_fund(standard: dict[str, Any]) -> dict[str, Any]:
    """The definition with questions, rules and screening of such a fund."""
    made = deepcopy(standard)
    sections = {section["key"]: section["questions"] for section in made["sections"]}
    sections["about"][-1] = PARTNERS
    sections["need"].append(AREA)
    sections["delivery"].insert(1, DEVICES)
    sections["money"].insert(1, EACH)
    return {**made, "rules": [EVALUATION, IN_TIME], "eligibility": [DUTIES]}
