"""Whether an expression makes sense: what every name is, and whether the kinds fit."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import ExpressionError
from .functions import FUNCTIONS
from .kinds import COLUMNS, DATE, LIST, NOTHING, NUMBER, ORDERED, TEXT, TRUTH, spoken
from .parsing import Node


@dataclass(frozen=True)
class Known:
    """What a name stands for: its kind, and what can be named inside it with the kind of each."""

    kind: str
    members: Mapping[str, str] = field(default_factory=dict)
    label: str = ""


Scope = Mapping[str, Known]


def names_in(node: Node) -> Iterator[str]:
    """The names that an expression reads, without what is named inside them."""
    if node.kind == "name":
        yield str(node.value)
    parts = node.parts
    if node.kind == "call" and node.value in FUNCTIONS and FUNCTIONS[node.value].second_is_member:
        parts = (*parts[:1], *parts[2:])
    for part in parts:
        yield from names_in(part)


def kind_of(node: Node, scope: Scope) -> str:
    """The kind of its value. Raises `ExpressionError` with a sentence on what does not fit."""
    return CHECKS[node.kind](node, scope)


def lookup(name: str, scope: Scope) -> str:
    if name in scope:
        return scope[name].kind
    first, _, member = name.partition(".")
    if member and first in scope:
        inner = scope[first].members.get(member)
        if inner is None:
            raise ExpressionError(
                f"“{first}” has no column “{member}”.{_near(member, scope[first])}"
            )
        if inner not in COLUMNS:
            raise ExpressionError(f"“{name}” cannot be used in a rule.")
        return COLUMNS[inner]
    close = difflib.get_close_matches(name, scope, 1)
    hint = f" Did you mean “{close[0]}”?" if close else ""
    raise ExpressionError(f"There is no question “{name}” here.{hint}")


def _near(member: str, known: Known) -> str:
    close = difflib.get_close_matches(member, known.members, 1)
    return f" Did you mean “{close[0]}”?" if close else ""


def _want(node: Node, scope: Scope, kind: str, where: str) -> None:
    found = kind_of(node, scope)
    if found not in (kind, NOTHING):
        raise ExpressionError(
            f"{where} needs {spoken(kind)}, and “{node.text}” is {spoken(found)}."
        )


def _all(kind: str, where: str) -> Any:
    def check(node: Node, scope: Scope) -> str:
        for part in node.parts:
            _want(part, scope, kind, where)
        return kind

    return check


def _compare(node: Node, scope: Scope) -> str:
    left, right = (kind_of(part, scope) for part in node.parts)
    first, second = (part.text for part in node.parts)
    if node.value == "includes":
        if left not in {LIST, NOTHING} or right not in {TEXT, NOTHING}:
            raise ExpressionError(f"“includes” needs a list and a text: “{node.text}”.")
        return TRUTH
    if NOTHING not in (left, right) and left != right:
        raise ExpressionError(
            f"“{first}” is {spoken(left)} and “{second}” is {spoken(right)}: "
            "they cannot be compared."
        )
    plain = (NUMBER, DATE, NOTHING) if node.value not in {"=", "!="} else ORDERED
    for part, found in zip(node.parts, (left, right), strict=True):
        if found not in plain:
            raise ExpressionError(f"“{part.text}” is {spoken(found)}: “{node.value}” needs more.")
    return TRUTH


def _call(node: Node, scope: Scope) -> str:
    function = FUNCTIONS.get(str(node.value))
    if function is None:
        close = difflib.get_close_matches(str(node.value), FUNCTIONS, 1)
        hint = f" Did you mean “{close[0]}”?" if close else ""
        raise ExpressionError(f"There is no function “{node.value}”.{hint}")
    fewest, most = function.number
    if not fewest <= len(node.parts) <= most:
        raise ExpressionError(f"“{node.value}” is used as {function.usage}.")
    parts = node.parts
    if function.second_is_member and len(parts) > 1:
        _check_member(node, scope)
        parts = (parts[0], *parts[2:])
    return function.check(str(node.value), parts, [kind_of(part, scope) for part in parts])


def _check_member(node: Node, scope: Scope) -> None:
    whole, part = node.parts[:2]
    if part.kind not in {"name", "text"} or whole.kind != "name" or whole.value not in scope:
        raise ExpressionError(f"“{part.text}” must be the name of a category.")
    known = scope[whole.value]
    if part.value not in known.members:
        hint = _near(str(part.value), known)
        raise ExpressionError(f"“{whole.text}” has no category “{part.value}”.{hint}")


CHECKS: dict[str, Any] = {
    "number": lambda node, scope: NUMBER,
    "text": lambda node, scope: TEXT,
    "truth": lambda node, scope: TRUTH,
    "name": lambda node, scope: lookup(str(node.value), scope),
    "sum": _all(NUMBER, "“+” and “-” each"),
    "product": _all(NUMBER, "Multiplying and dividing"),
    "minus": _all(NUMBER, "A minus"),
    "and": _all(TRUTH, "“and”"),
    "or": _all(TRUTH, "“or”"),
    "not": _all(TRUTH, "“not”"),
    "compare": _compare,
    "call": _call,
}
