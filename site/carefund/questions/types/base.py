from collections.abc import Mapping
from typing import Any


class QuestionType:
    """How the answers to one kind of question are stored, checked and shown.

    A value is what JSON holds: text, numbers as text, lists, objects. None means no answer.
    """

    name = ""

    def definition_problems(self, label: str, options: Mapping[str, Any]) -> list[str]:
        """What is wrong with a question of this type as the designer wrote it."""
        return []

    def is_empty(self, value: Any) -> bool:
        return value in (None, "", [], {})

    def missing(self, label: str) -> str:
        return f"Answer “{label}”."

    def problem(self, value: Any, options: Mapping[str, Any]) -> str:
        """A sentence on what is wrong with a value that is there, or nothing."""
        return ""

    def display(self, value: Any, options: Mapping[str, Any]) -> str:
        """The answer in words."""
        return "" if self.is_empty(value) else str(value)

    def table(self, value: Any, options: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
        """Headings and rows of an answer that is a table; both empty for any other.

        The answer may be a draft: what is missing in it is shown as empty.
        """
        return [], []

    def note(self, value: Any) -> str:
        """What belongs under the table of an answer, if anything."""
        return ""
