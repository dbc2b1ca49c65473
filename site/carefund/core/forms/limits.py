from typing import Any

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible


@deconstructible
class WordLimit:
    """Refuses text of more words than `limit`; the page counts the words while one types."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, value: str) -> None:
        words = len(str(value).split())
        if words > self.limit:
            raise ValidationError(
                "Your answer is %(words)s words. It must be %(limit)s words or fewer",
                code="word_limit",
                params={"words": f"{words:,}", "limit": f"{self.limit:,}"},
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordLimit) and other.limit == self.limit

    def __hash__(self) -> int:
        return hash(self.limit)


def subject(field: Any, otherwise: str) -> str:
    """What an error message talks about: the label, unless that is a question."""
    label = str(field.label or "")
    return otherwise if not label or label.endswith("?") else label
