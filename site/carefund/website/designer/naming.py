"""Short names, given once: a question that is worded anew stays the question it was."""

from collections.abc import Iterator
from typing import Any

from .blocks import LIBRARY
from .fields import name_parts
from .keys import named


def asked(section: Any) -> Iterator[Any]:
    """The questions of a section; one from the library stands there as the library has it now."""
    for child in section["questions"]:
        if child.block_type != LIBRARY:
            yield child
        elif child.value is not None:
            yield from child.value.question


def name_all(sections: Any, screening: Any) -> None:
    """Give a short name to every section, question, choice and column that has none yet.

    Questions of the library keep the names that they have there.
    """
    chosen = [section.value for section in sections]
    _name(chosen, "title", "section")
    name_questions([child for section in chosen for child in asked(section)])
    _name([question.value for question in screening], "label", "question")


def name_questions(children: list[Any]) -> None:
    _name([child.value for child in children], "label", "question")
    for child in children:
        for setting in child.block.declared():
            name_parts(setting.kind, child.value[f"set_{setting.name}"])


def _name(values: list[Any], label: str, fallback: str) -> None:
    pairs = [(value["key"] or "", value[label] or "") for value in values]
    for value, name in zip(values, named(pairs, fallback), strict=True):
        value["key"] = name
