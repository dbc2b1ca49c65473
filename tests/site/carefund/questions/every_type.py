"""A form with every type of question, and a finished answer to each."""

from typing import Any

COLOURS = [{"value": "red", "label": "Red"}, {"value": "blue", "label": "Blue"}]
CATEGORIES = [
    {"value": "staff", "label": "Staff"},
    {"value": "evaluation", "label": "Evaluation"},
]
INSIDE = [
    {"key": "name", "kind": "short_text", "label": "Name of the site"},
    {"key": "homes", "kind": "number", "label": "Homes", "options": {"whole": True}},
    {"key": "from", "kind": "date", "label": "From", "required": False},
    {"key": "kind", "kind": "one_of", "label": "Kind", "options": {"choices": COLOURS}},
    {"key": "owned", "kind": "yes_no", "label": "Do you own it?"},
]
COLUMNS = [
    {"key": "device", "kind": "short_text", "label": "Device"},
    {"key": "number", "kind": "number", "label": "Number"},
    {"key": "price", "kind": "money", "label": "Price of one"},
    {"key": "by", "kind": "date", "label": "Bought by", "required": False},
    {"key": "colour", "kind": "one_of", "label": "Colour", "options": {"choices": COLOURS}},
    {"key": "leased", "kind": "yes_no", "label": "Leased"},
]
QUESTIONS: list[dict[str, Any]] = [
    {"key": "short", "kind": "short_text", "label": "Short name", "hint": "As people call it."},
    {
        "key": "long",
        "kind": "long_text",
        "label": "What will you do?",
        "options": {"words": 150},
        "guidance": "We look for a clear aim.",
        "example": "We will fit sensors in 200 homes.",
    },
    {"key": "rich", "kind": "rich_text", "label": "Your approach", "options": {"words": 300}},
    {
        "key": "people",
        "kind": "number",
        "label": "People reached",
        "options": {"unit": "people", "lowest": 1, "highest": 100000, "whole": True},
    },
    {"key": "price", "kind": "money", "label": "Price of one device"},
    {"key": "share", "kind": "percentage", "label": "Share of homes without broadband"},
    {"key": "start", "kind": "date", "label": "First day of the project"},
    {"key": "agree", "kind": "yes_no", "label": "Do you have partners?"},
    {"key": "colour", "kind": "one_of", "label": "Colour", "options": {"choices": COLOURS}},
    {"key": "colours", "kind": "many_of", "label": "Colours", "options": {"choices": COLOURS}},
    {"key": "mail", "kind": "email", "label": "Email address"},
    {"key": "web", "kind": "url", "label": "Web page", "required": False},
    {"key": "phone", "kind": "telephone", "label": "Telephone"},
    {"key": "code", "kind": "postcode", "label": "Postcode"},
    {"key": "lead", "kind": "organisation", "label": "Which organisation leads?"},
    {"key": "area", "kind": "area", "label": "Which areas are covered?"},
    {"key": "letters", "kind": "files", "label": "Letters of support", "hint": "One from each."},
]
PLANS: list[dict[str, Any]] = [
    {
        "key": "sites",
        "kind": "group",
        "label": "Your sites",
        "options": {"noun": "site", "questions": INSIDE},
    },
    {"key": "devices", "kind": "table", "label": "Devices", "options": {"columns": COLUMNS}},
    {
        "key": "risks",
        "kind": "table",
        "label": "Risks of each kind",
        "options": {
            "lines": ["Money", "People", "Suppliers"],
            "columns": [{"key": "what", "kind": "short_text", "label": "What could happen"}],
        },
    },
    {
        "key": "budget",
        "kind": "budget",
        "label": "What will it cost?",
        "options": {"categories": CATEGORIES, "years": [2026, 2027], "largest": "100000.00"},
    },
    {
        "key": "each",
        "kind": "computed",
        "label": "Cost for each person",
        "options": {"expression": "total(budget) / people", "format": "money"},
    },
    {"key": "milestones", "kind": "milestones", "label": "Milestones"},
    {"key": "benefits", "kind": "benefits", "label": "Benefits"},
    {
        "key": "partners",
        "kind": "partners",
        "label": "Partners",
        "show_if": {"question": "agree", "test": "is", "value": True},
    },
    {
        "key": "oath",
        "kind": "declaration",
        "label": "Declaration",
        "options": {"text": "I have asked the people whom this concerns."},
    },
]
FORM: dict[str, Any] = {
    "sections": [
        {"key": "simple", "title": "Simple answers", "questions": QUESTIONS},
        {"key": "plans", "title": "Plans and tables", "questions": PLANS},
    ],
    "rules": [
        {
            "expression": "total(budget, evaluation) >= 20% of total(budget)",
            "message": "Spend at least 20% of the total on evaluation.",
            "concerns": ["budget"],
        }
    ],
    "eligibility": [
        {
            "key": "duties",
            "kind": "yes_no",
            "label": "Do you have duties for adult social care?",
            "accept": [True],
            "reason": "Only authorities with duties for adult social care can bid.",
        }
    ],
}
ANSWERS: dict[str, Any] = {
    "short": "Warm homes",
    "long": "We will fit sensors.\nThen we look.",
    "rich": "# Aim\n\n- **one**\n- two\n\nSee [this](https://example.org).",
    "people": "1200",
    "price": "99.50",
    "share": "12.5",
    "start": "2026-09-01",
    "agree": True,
    "colour": "red",
    "colours": ["red", "blue"],
    "mail": "lead@example.org",
    "web": "https://example.org/x",
    "phone": "+44 113 496 0000",
    "code": "LS1 4AP",
    "lead": {"id": "XX-1", "name": "Here Council"},
    "area": [{"id": "XX-1", "name": "Here Council"}, {"id": "XX-2", "name": "There Council"}],
    "letters": [{"id": "6f1c0a52-9a58-4d3c-9a8d-0f3d3f3c9a11", "name": "letter.pdf", "size": 1200}],
    "sites": [
        {"name": "North", "homes": "12", "from": "2026-10-01", "kind": "red", "owned": True},
        {"name": "South", "homes": "3", "from": "", "kind": "blue", "owned": False},
    ],
    "devices": [
        {
            "device": "Sensor",
            "number": "40",
            "price": "99.50",
            "by": "2026-12-01",
            "colour": "red",
            "leased": False,
        }
    ],
    "risks": [
        {"line": "Money", "what": "Prices rise"},
        {"line": "People", "what": "Nobody applies"},
        {"line": "Suppliers", "what": "Late"},
    ],
    "budget": {
        "lines": [
            {"category": "staff", "year": 2026, "kind": "revenue", "amount": "8000.00"},
            {"category": "evaluation", "year": 2027, "kind": "revenue", "amount": "2000.00"},
        ],
        "match_funding": "500.00",
    },
    "milestones": [{"title": "First homes", "date": "2026-12-01", "evidence": "Report"}],
    "benefits": [
        {
            "title": "Fewer falls",
            "class": "crb",
            "measure": "Falls a year",
            "unit": "falls",
            "baseline": "100",
            "baseline_on": "2026-03-31",
            "target": "60",
            "owner": "Head of service",
            "unit_value": "500.00",
            "unit_value_source": "Local costing",
            "attribution": "80",
            "forecast": {"2027": "16000.00"},
        }
    ],
    "partners": [
        {"name": "Hospice", "role": "Visits", "commitment": "500.00", "contact": "a@example.org"}
    ],
    "oath": True,
}
