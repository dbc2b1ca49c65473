"""The types by name. Each module beside this one is read once and brings its types along."""

from typing import TypeVar

from .base import QuestionType

T = TypeVar("T", bound=type[QuestionType])
_TYPES: dict[str, QuestionType] = {}


def register(kind: T) -> T:
    """Class decorator: makes a type known under its name."""
    if kind.name in _TYPES and type(_TYPES[kind.name]) is not kind:
        raise ValueError(f"Two question types are called “{kind.name}”.")
    _TYPES[kind.name] = kind()
    return kind


def question_type(name: str) -> QuestionType:
    """The type of this name. Raises KeyError."""
    return _TYPES[name]


def types() -> list[QuestionType]:
    """All types in the order in which a designer offers them: by group, then by title."""
    return sorted(_TYPES.values(), key=lambda kind: (kind.group_order, kind.title))


def type_names() -> list[str]:
    return [kind.name for kind in types()]
