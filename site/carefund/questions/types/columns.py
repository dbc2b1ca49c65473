"""The questions inside a question, as its author wrote them."""

from collections.abc import Mapping
from typing import Any

from .base import Column, Options
from .registry import question_type


def columns_of(items: Any) -> list[Column]:
    """Raises nothing: what is not a column was refused when the form was read."""
    return [_column(item) for item in items or [] if isinstance(item, dict)]


def _column(item: Mapping[str, Any]) -> Column:
    kind = item.get("kind", "short_text")
    return Column(
        key=item["key"],
        kind=kind,
        label=item["label"],
        type=question_type(kind),
        hint=item.get("hint", ""),
        required=item.get("required", True),
        options=item.get("options", {}),
    )


def problems_with(label: str, items: Any, *, place: str) -> list[str]:
    """What is wrong with columns whose keys and labels are right; `place` is groups or tables."""
    found = []
    for item in items:
        kind, name = item.get("kind", "short_text"), f"{label}: {item['label']}"
        if not isinstance(item.get("options", {}), dict):
            found.append(f"Question “{name}” has options that are no options.")
            continue
        if not isinstance(item.get("required", True), bool):
            found.append(f"Question “{name}” must be required or not.")
        if not isinstance(item.get("hint", ""), str):
            found.append(f"Question “{name}” has a hint that is no text.")
        found += _kind_problems(name, kind, item.get("options", {}), place)
    return found


def _kind_problems(name: str, kind: Any, options: Options, place: str) -> list[str]:
    try:
        known = question_type(kind)
    except (KeyError, TypeError):
        return [f"Question “{name}” is of the unknown type “{str(kind)[:60]}”."]
    if not (known.in_groups if place == "groups" else known.in_tables):
        return [f"Question “{name}”: the type “{known.title}” cannot stand inside a question."]
    return known.definition_problems(name, options)
