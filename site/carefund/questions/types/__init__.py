"""Question types: one class each, which knows how its answers are stored, checked and shown."""

from .base import QuestionType
from .choices import ManyOf, OneOf, YesNo
from .plans import BenefitPlan, Budget, MilestonePlan
from .simple import Date, Declaration, Email, LongText, Money, Number, ShortText

_TYPES: dict[str, QuestionType] = {
    kind.name: kind
    for kind in (
        ShortText(),
        LongText(),
        Number(),
        Money(),
        Date(),
        Email(),
        YesNo(),
        OneOf(),
        ManyOf(),
        Declaration(),
        Budget(),
        MilestonePlan(),
        BenefitPlan(),
    )
}


def question_type(name: str) -> QuestionType:
    """The type of this name. Raises KeyError."""
    return _TYPES[name]


def type_names() -> list[str]:
    return list(_TYPES)


__all__ = ["QuestionType", "question_type", "type_names"]
