"""What a form is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .conditions import Condition
from .expressions import Expression
from .types import QuestionType, question_type


@dataclass(frozen=True)
class Question:
    key: str
    kind: str
    label: str
    hint: str = ""
    # How it is assessed; what a good answer looks like; what only assessors read.
    guidance: str = ""
    example: str = ""
    assessment: str = ""
    required: bool = True
    # What the type needs to know: word limit, choices, categories, years...
    options: Mapping[str, Any] = field(default_factory=dict)
    show_if: Condition | None = None
    require_if: Condition | None = None
    # How a computed question is worked out.
    expression: Expression | None = None

    @cached_property
    def type(self) -> QuestionType:
        return question_type(self.kind)


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    questions: tuple[Question, ...]
    group: str = ""
    introduction: str = ""


@dataclass(frozen=True)
class Rule:
    """What must be true of the answers together, with the sentence to show when it is not."""

    expression: Expression
    message: str
    # Keys of the questions at which the message is shown, the first above all.
    concerns: tuple[str, ...]


@dataclass(frozen=True)
class Screening:
    """A question before a bid can start; any answer but those accepted ends there."""

    key: str
    kind: str
    label: str
    accept: tuple[Any, ...]
    reason: str
    hint: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    required: bool = True

    @property
    def type(self) -> QuestionType:
        return question_type(self.kind)

    def accepts(self, value: Any) -> bool:
        return any(value == wanted and type(value) is type(wanted) for wanted in self.accept)
