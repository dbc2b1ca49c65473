"""The functions of rules. Each says how it is used, what it takes and what it gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .errors import ExpressionError
from .kinds import BUDGET, DATE, DATES, MANY, NOTHING, NUMBER, NUMBERS, TEXT, TRUTH, spoken
from .parsing import Node

Check = Callable[[str, Sequence[Node], list[str]], str]
ZERO = Decimal(0)
MANY_ARGUMENTS = 40
MOST_PLACES = 6
MONTHS = 12


@dataclass(frozen=True)
class Function:
    usage: str
    number: tuple[int, int]
    check: Check
    run: Callable[..., Any]
    # The second argument names a category of the first, and is no expression.
    second_is_member: bool = False
    # It is asked even when some of its arguments are nothing.
    takes_nothing: bool = False


def _wrong(name: str, node: Node, wanted: str, found: str) -> ExpressionError:
    return ExpressionError(f"“{name}” needs {wanted}, and “{node.text}” is {spoken(found)}.")


def takes(result: str, *kinds: str) -> Check:
    """Arguments of exactly these kinds, those at the end left out at will."""

    def check(name: str, nodes: Sequence[Node], found: list[str]) -> str:
        for node, kind, is_ in zip(nodes, kinds, found, strict=False):
            if is_ not in (kind, NOTHING):
                raise _wrong(name, node, spoken(kind), is_)
        return result

    return check


def _takes_many(name: str, nodes: Sequence[Node], found: list[str]) -> str:
    if found[0] not in (*MANY, NOTHING):
        raise _wrong(name, nodes[0], "a list", found[0])
    return NUMBER


def _takes_numbers(name: str, nodes: Sequence[Node], found: list[str]) -> str:
    for node, kind in zip(nodes, found, strict=True):
        if kind not in (NUMBER, NUMBERS, NOTHING):
            raise _wrong(name, node, "numbers", kind)
    return NUMBER


def _takes_alike(name: str, _nodes: Sequence[Node], found: list[str]) -> str:
    """Numbers, or dates, one by one or as columns."""
    single = {DATES: DATE, NUMBERS: NUMBER}
    kinds = {single.get(kind, kind) for kind in found} - {NOTHING}
    if len(kinds) > 1 or not kinds <= {NUMBER, DATE}:
        raise ExpressionError(f"“{name}” needs numbers only, or dates only.")
    return next(iter(kinds), NOTHING)


def _takes_any(_name: str, _nodes: Sequence[Node], _found: list[str]) -> str:
    return TRUTH


def _takes_otherwise(name: str, _nodes: Sequence[Node], found: list[str]) -> str:
    kinds = set(found) - {NOTHING}
    if len(kinds) > 1:
        raise ExpressionError(f"“{name}” needs two values of one kind.")
    return next(iter(kinds), NOTHING)


def _takes_choice(name: str, nodes: Sequence[Node], found: list[str]) -> str:
    if found[0] not in (TRUTH, NOTHING):
        raise _wrong(name, nodes[0], spoken(TRUTH), found[0])
    return _takes_otherwise(name, nodes[1:], found[1:])


def _total(budget: Any, category: Any = None, year: Any = None) -> Decimal:
    return sum(
        (
            amount
            for (name, when, _), amount in (budget or {"amounts": {}})["amounts"].items()
            if category in (None, name) and year in (None, when)
        ),
        ZERO,
    )


def _of_kind(kind: str) -> Callable[..., Decimal]:
    def run(budget: Any, year: Any = None) -> Decimal:
        amounts = (budget or {"amounts": {}})["amounts"]
        found = (a for (_, when, k), a in amounts.items() if k == kind and year in (None, when))
        return sum(found, ZERO)

    return run


def _in_year(budget: Any, year: Any) -> Decimal:
    return _total(budget, None, year)


def _flat(values: Sequence[Any]) -> list[Any]:
    """All that is there: single values and columns alike."""
    found: list[Any] = []
    for value in values:
        found += value if isinstance(value, tuple) else [value]
    return [value for value in found if value is not None]


def _best(choose: Callable[[list[Any]], Any]) -> Callable[..., Any]:
    return lambda *values: choose(found) if (found := _flat(values)) else None


def _months(start: date, end: date) -> Decimal:
    """Whole months from one day to the other, with a minus when they stand the other way round."""
    if end < start:
        return -_months(end, start)
    whole = (end.year - start.year) * MONTHS + end.month - start.month
    return Decimal(whole - (end.day < start.day))


def _years(start: date, end: date) -> Decimal:
    return Decimal(int(_months(start, end) / MONTHS))


def _round(number: Decimal, places: Decimal = ZERO) -> Decimal:
    if places != int(places) or not 0 <= places <= MOST_PLACES:
        raise ExpressionError(f"“round” takes 0 to {MOST_PLACES} decimals.")
    return number.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)


FUNCTIONS: dict[str, Function] = {
    "total": Function(
        "total(budget), total(budget, category) or total(budget, category, 2027)",
        (1, 3),
        takes(NUMBER, BUDGET, NUMBER),
        _total,
        second_is_member=True,
        takes_nothing=True,
    ),
    "in_year": Function(
        "in_year(budget, 2027)", (2, 2), takes(NUMBER, BUDGET, NUMBER), _in_year, takes_nothing=True
    ),
    "capital": Function(
        "capital(budget) or capital(budget, 2027)",
        (1, 2),
        takes(NUMBER, BUDGET, NUMBER),
        _of_kind("capital"),
        takes_nothing=True,
    ),
    "revenue": Function(
        "revenue(budget) or revenue(budget, 2027)",
        (1, 2),
        takes(NUMBER, BUDGET, NUMBER),
        _of_kind("revenue"),
        takes_nothing=True,
    ),
    "match": Function(
        "match(budget)",
        (1, 1),
        takes(NUMBER, BUDGET),
        lambda budget: budget["match"] if budget else ZERO,
        takes_nothing=True,
    ),
    "sum": Function(
        "sum(column) or sum(first, second)",
        (1, MANY_ARGUMENTS),
        _takes_numbers,
        lambda *values: sum(_flat(values), ZERO),
        takes_nothing=True,
    ),
    "count": Function(
        "count(list)",
        (1, 1),
        _takes_many,
        lambda values: Decimal(len(_flat([values]))),
        takes_nothing=True,
    ),
    "min": Function(
        "min(first, second) or min(column)",
        (1, MANY_ARGUMENTS),
        _takes_alike,
        _best(min),
        takes_nothing=True,
    ),
    "max": Function(
        "max(first, second) or max(column)",
        (1, MANY_ARGUMENTS),
        _takes_alike,
        _best(max),
        takes_nothing=True,
    ),
    "words": Function(
        "words(text)", (1, 1), takes(NUMBER, TEXT), lambda t: Decimal(len(t.split()))
    ),
    "characters": Function(
        "characters(text)", (1, 1), takes(NUMBER, TEXT), lambda t: Decimal(len(t))
    ),
    "years": Function("years(first day, last day)", (2, 2), takes(NUMBER, DATE, DATE), _years),
    "months": Function("months(first day, last day)", (2, 2), takes(NUMBER, DATE, DATE), _months),
    "days": Function(
        "days(first day, last day)",
        (2, 2),
        takes(NUMBER, DATE, DATE),
        lambda start, end: Decimal((end - start).days),
    ),
    "round": Function(
        "round(number) or round(number, 2)", (1, 2), takes(NUMBER, NUMBER, NUMBER), _round
    ),
    "answered": Function(
        "answered(question)", (1, 1), _takes_any, lambda v: v is not None, takes_nothing=True
    ),
    "otherwise": Function(
        "otherwise(value, what counts if there is none)",
        (2, 2),
        _takes_otherwise,
        lambda value, other: other if value is None else value,
        takes_nothing=True,
    ),
    "if": Function(
        "if(condition, value, other value)",
        (3, 3),
        _takes_choice,
        lambda test, yes, no: None if test is None else yes if test else no,
        takes_nothing=True,
    ),
}
