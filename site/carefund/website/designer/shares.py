"""How much of a budget one cost category takes: chosen by an editor, stored as a rule."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

WORDS = {">=": "at least", "<=": "at most"}
EXPRESSION = re.compile(
    r'total\((?P<budget>\w+), "(?P<category>[^"]+)"\) (?P<test>>=|<=) '
    r"(?P<percent>\d+(?:\.\d+)?)% \* total\((?P=budget)\)"
)


def stored(value: Any, sections: list[dict[str, Any]]) -> dict[str, Any]:
    """The rule, with the category by its short name if the budget has it."""
    budget, test = value["budget"].strip(), value["test"]
    percent = _plain(value["percent"])
    named = _categories(budget, sections)
    category = (value["category"] or "").strip()
    short = named.get(category.lower(), category)
    label = next((words for words, name in _labels(budget, sections) if name == short), category)
    message = value["message"] or (
        f"Spend {WORDS[test]} {percent}% of the budget on {label[:1].lower()}{label[1:]}."
    )
    return {
        "expression": f'total({budget}, "{short}") {test} {percent}% * total({budget})',
        "message": message,
        "concerns": [budget],
    }


def shown(rule: Mapping[str, Any]) -> dict[str, Any] | None:
    """What an editor chooses; None for a rule that says something else."""
    found = EXPRESSION.fullmatch(rule["expression"])
    if found is None or list(rule.get("concerns", [])) not in ([], [found["budget"]]):
        return None
    return {**found.groupdict(), "message": rule["message"]}


def _plain(number: Decimal | None) -> str:
    """20 and 7.5: as one would write it."""
    text = f"{number or 0:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _labels(budget: str, sections: list[dict[str, Any]]) -> list[tuple[str, str]]:
    asked = next((q for s in sections for q in s["questions"] if q["key"] == budget), None)
    rows = asked["options"].get("categories", []) if asked else []
    return [(row["label"], row["value"]) for row in rows]


def _categories(budget: str, sections: list[dict[str, Any]]) -> dict[str, str]:
    return {label.lower(): name for label, name in _labels(budget, sections)}
