"""Conditions over earlier answers, with all and any: when a question is asked, when it must be.

{"question": "partners", "test": "is", "value": true}
{"all": [condition, {"any": [condition, condition]}]}
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .values import day, number

Holds = Callable[[Any, Any], bool]
# Groups within groups: as many as a person can follow, and as the designer of forms offers.
DEEPEST = 3
MOST_TESTS = 40
MOST_IN_VALUE = 300


def _ordered(compare: Callable[[Any, Any], bool]) -> Holds:
    def holds(answer: Any, value: Any) -> bool:
        return type(answer) is type(value) and answer is not None and compare(answer, value)

    return holds


@dataclass(frozen=True)
class Kind:
    """`holds` compares what was answered; `suits` names the kinds of answers it makes sense for."""

    holds: Holds
    suits: tuple[str, ...]
    # In a sentence to the bidder, and for whoever writes the condition.
    words: str
    title: str
    wants_value: bool = True


PLAIN = ("text", "number", "truth", "date")
ANY = (*PLAIN, "list", "rows", "budget")
TESTS: dict[str, Kind] = {
    "is": Kind(
        lambda answer, value: answer == value,
        PLAIN,
        "you answered “{value}” to “{label}”",
        "is",
    ),
    "is_not": Kind(
        lambda answer, value: answer != value,
        PLAIN,
        "you did not answer “{value}” to “{label}”",
        "is not",
    ),
    "includes": Kind(
        lambda answer, value: isinstance(answer, tuple) and value in answer,
        ("list",),
        "you chose “{value}” in “{label}”",
        "includes",
    ),
    "excludes": Kind(
        lambda answer, value: not isinstance(answer, tuple) or value not in answer,
        ("list",),
        "you did not choose “{value}” in “{label}”",
        "does not include",
    ),
    "at_least": Kind(
        _ordered(lambda answer, value: answer >= value),
        ("number", "date"),
        "“{label}” is {value} or more",
        "is at least",
    ),
    "at_most": Kind(
        _ordered(lambda answer, value: answer <= value),
        ("number", "date"),
        "“{label}” is {value} or less",
        "is at most",
    ),
    "is_answered": Kind(
        lambda answer, _: answer is not None,
        ANY,
        "you answered “{label}”",
        "is answered",
        wants_value=False,
    ),
    "is_not_answered": Kind(
        lambda answer, _: answer is None,
        ANY,
        "you did not answer “{label}”",
        "is not answered",
        wants_value=False,
    ),
}


class BadCondition(ValueError):
    """A condition that cannot be read; says why."""


@dataclass(frozen=True)
class Test:
    """`question` `test` `value`, for example: partners is true. `wanted` is the value as read."""

    __test__ = False

    question: str
    test: str
    value: Any = None

    def holds(self, readings: Mapping[str, Any]) -> bool:
        answer = readings.get(self.question)
        return TESTS[self.test].holds(answer, _as_answered(answer, self.value))

    def tests(self) -> Iterator["Test"]:
        yield self

    def sentence(self, asked: Mapping[str, Any]) -> str:
        question = asked[self.question]
        shown = question.type.display(self.value, question.options)
        if self.test in {"includes", "excludes"}:
            shown = question.type.display([self.value], question.options)
        return TESTS[self.test].words.format(value=shown or self.value, label=question.label)

    def tree(self, here: set[str], readings: Mapping[str, Any]) -> Any:
        if self.question not in here:
            return self.holds(readings)
        return {"question": self.question, "test": self.test, "value": _sent(self.value)}


@dataclass(frozen=True)
class Several:
    """`word` is all or any."""

    word: str
    parts: tuple["Condition", ...]

    def holds(self, readings: Mapping[str, Any]) -> bool:
        found = (part.holds(readings) for part in self.parts)
        return all(found) if self.word == "all" else any(found)

    def tests(self) -> Iterator[Test]:
        for part in self.parts:
            yield from part.tests()

    def sentence(self, asked: Mapping[str, Any]) -> str:
        texts = [self._within(part, asked) for part in self.parts]
        return (" and " if self.word == "all" else " or ").join(texts)

    def _within(self, part: "Condition", asked: Mapping[str, Any]) -> str:
        """Brackets say what belongs together where “and” and “or” meet."""
        words = part.sentence(asked)
        mixed = isinstance(part, Several) and len(part.parts) > 1 and part.word != self.word
        return f"({words})" if mixed else words

    def tree(self, here: set[str], readings: Mapping[str, Any]) -> Any:
        return {self.word: [part.tree(here, readings) for part in self.parts]}


Condition = Test | Several


def parse(data: Any) -> Condition:
    """Raises `BadCondition` with a sentence for what is none."""
    found = _parse(data, 0)
    if sum(1 for _ in found.tests()) > MOST_TESTS:
        raise BadCondition(f"A condition has no more than {MOST_TESTS} tests.")
    return found


def _parse(data: Any, depth: int) -> Condition:
    if depth > DEEPEST:
        raise BadCondition(
            f"Its condition is nested too deeply. Groups go {DEEPEST} deep, one within another."
        )
    if not isinstance(data, Mapping):
        raise BadCondition("A condition must name a question and a test.")
    for word in ("all", "any"):
        if word in data:
            return _several(word, data, depth)
    return _test(data)


def _several(word: str, data: Mapping[str, Any], depth: int) -> Several:
    parts = data[word]
    if parts == []:
        raise BadCondition("A group of its condition is empty. Fill it or take it out.")
    if set(data) != {word} or not isinstance(parts, list):
        raise BadCondition(f"“{word}” needs a list of conditions and nothing else.")
    if len(parts) > MOST_TESTS:
        raise BadCondition(f"A condition has no more than {MOST_TESTS} tests.")
    return Several(word, tuple(_parse(part, depth + 1) for part in parts))


def _test(data: Mapping[str, Any]) -> Test:
    question, test = data.get("question"), data.get("test", "is")
    if not isinstance(question, str) or not question:
        raise BadCondition("A condition must name a question.")
    if not isinstance(test, str) or test not in TESTS:
        raise BadCondition(f"“{str(test)[:60]}” is not a test. Use one of {', '.join(TESTS)}.")
    if not TESTS[test].wants_value:
        return Test(question, test)
    if "value" not in data:
        raise BadCondition(f"The test “{test}” needs a value.")
    value = data["value"]
    if not isinstance(value, str | int | bool) or len(str(value)) > MOST_IN_VALUE:
        raise BadCondition("The value of a condition is text, a number, or yes or no.")
    return Test(question, test, value)


def misfit(test: Test, question: Any) -> str:
    """Why `test` makes no sense for `question`, as a sentence; empty when it does."""
    kind, options = question.type, question.options
    if kind.reading not in TESTS[test.test].suits:
        return f"“{test.test}” cannot be asked of “{question.label}”: {kind.title.lower()}."
    if not TESTS[test.test].wants_value:
        return ""
    if not READS[kind.reading](test.value):
        return f"“{question.label}” is {SPOKEN[kind.reading]}, never “{test.value}”."
    labels = {item.get("value") for item in options.get("choices", [])}
    if labels and test.value not in labels:
        return f"“{question.label}” has no choice “{test.value}”."
    return ""


SPOKEN = {
    "truth": "answered yes or no",
    "number": "a number",
    "date": "a date such as 2027-03-27",
    "text": "a text",
    "list": "a list of texts",
}
READS: dict[str, Callable[[Any], bool]] = {
    "truth": lambda value: isinstance(value, bool),
    "number": lambda value: number(value) is not None,
    "date": lambda value: day(value) is not None,
    "text": lambda value: isinstance(value, str),
    "list": lambda value: isinstance(value, str),
}


def _as_answered(answer: Any, value: Any) -> Any:
    """The value of a condition in the shape in which the rules see the answer."""
    if isinstance(answer, bool) or isinstance(value, bool):
        return value
    if hasattr(answer, "as_tuple"):
        return number(value)
    if hasattr(answer, "isoformat"):
        return day(value)
    return value


def _sent(value: Any) -> str:
    """As a browser sends it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
