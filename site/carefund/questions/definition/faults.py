from typing import Self


class Fault(str):
    """A sentence on what is wrong, and the key of the question or section where it is."""

    __slots__ = ("key",)
    key: str

    def __new__(cls, text: str, key: str = "") -> Self:
        made = super().__new__(cls, text)
        made.key = key
        return made


class BadDefinition(ValueError):
    """A form that cannot be used; `problems` says why in sentences."""

    def __init__(self, problems: list[Fault]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))
