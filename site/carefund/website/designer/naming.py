"""Short names, given once: a question that is worded anew stays the question it was."""

from typing import Any

from .fields import name_parts
from .keys import named


def name_all(sections: Any, screening: Any) -> None:
    """Give a short name to every section, question, choice and column that has none yet."""
    chosen = [section.value for section in sections]
    _name(chosen, "title", "section")
    questions = [child for section in chosen for child in section["questions"]]
    _name([child.value for child in questions], "label", "question")
    for child in questions:
        for setting in child.block.declared():
            name_parts(setting.kind, child.value[f"set_{setting.name}"])
    _name([question.value for question in screening], "label", "question")


def _name(values: list[Any], label: str, fallback: str) -> None:
    pairs = [(value["key"] or "", value[label] or "") for value in values]
    for value, name in zip(values, named(pairs, fallback), strict=True):
        value["key"] = name
