"""Conditions over earlier answers: a question is shown when one holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda answer, value: answer == value,
    "is_not": lambda answer, value: answer != value,
    "includes": lambda answer, value: isinstance(answer, list) and value in answer,
}


@dataclass(frozen=True)
class Condition:
    """`question` `test` `value`, for example: partners is true."""

    question: str
    test: str
    value: Any

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Condition":
        """Raises ValueError for a test that is not in `TESTS`."""
        if data.get("test", "is") not in TESTS:
            raise ValueError(f"“{data['test']}” is not a test. Use one of {', '.join(TESTS)}.")
        return cls(data["question"], data.get("test", "is"), data["value"])

    def holds(self, answers: Mapping[str, Any]) -> bool:
        return TESTS[self.test](answers.get(self.question), self.value)
