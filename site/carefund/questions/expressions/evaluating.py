"""The value of an expression for a set of answers."""

from collections.abc import Mapping
from decimal import Context, Decimal, DecimalException, localcontext
from typing import Any

from .errors import ExpressionError
from .functions import FUNCTIONS
from .parsing import Node

LARGEST = Decimal(10) ** 18
PRECISION = 40
# Nothing of a number may depend on what another library set.
CONTEXT = Context(prec=PRECISION)
COMPARE: dict[str, Any] = {
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "includes": lambda a, b: b in a,
}


def value_of(node: Node, readings: Mapping[str, Any]) -> Any:
    """Its value, or None for nothing. Raises `ExpressionError`, and nothing else."""
    try:
        with localcontext(CONTEXT):
            return _value(node, readings)
    except (DecimalException, ArithmeticError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, ExpressionError):
            raise
        raise ExpressionError("This cannot be worked out from these answers.") from error


def _value(node: Node, readings: Mapping[str, Any]) -> Any:
    found = RULES[node.kind](node, readings)
    if isinstance(found, Decimal) and abs(found) > LARGEST:
        raise ExpressionError("The number becomes too large.")
    return found


def _name(node: Node, readings: Mapping[str, Any]) -> Any:
    name = str(node.value)
    if name in readings:
        return readings[name]
    first, _, member = name.partition(".")
    rows = readings.get(first)
    if rows is None:
        return None
    if not isinstance(rows, tuple):
        raise ExpressionError(f"“{first}” has no columns.")
    return tuple(row.get(member) for row in rows)


def _sum(node: Node, readings: Mapping[str, Any]) -> Any:
    """What is nothing is left out; nothing but nothing is nothing."""
    values = [_value(part, readings) for part in node.parts]
    if all(value is None for value in values):
        return None
    result = values[0] or Decimal(0)
    for sign, value in zip(node.value, values[1:], strict=True):
        if value is not None:
            result = result + value if sign == "+" else result - value
    return result


def _product(node: Node, readings: Mapping[str, Any]) -> Any:
    values = [_value(part, readings) for part in node.parts]
    if any(value is None for value in values):
        return None
    result = values[0]
    for sign, value in zip(node.value, values[1:], strict=True):
        if sign == "/" and not value:
            return None
        result = result * value if sign == "*" else result / value
        if abs(result) > LARGEST:
            raise ExpressionError("The number becomes too large.")
    return result


def _minus(node: Node, readings: Mapping[str, Any]) -> Any:
    value = _value(node.parts[0], readings)
    return None if value is None else -value


def _and(node: Node, readings: Mapping[str, Any]) -> Any:
    values = [_value(part, readings) for part in node.parts]
    if any(value is False for value in values):
        return False
    return None if None in values else True


def _or(node: Node, readings: Mapping[str, Any]) -> Any:
    values = [_value(part, readings) for part in node.parts]
    if any(value is True for value in values):
        return True
    return None if None in values else False


def _not(node: Node, readings: Mapping[str, Any]) -> Any:
    value = _value(node.parts[0], readings)
    return None if value is None else not value


def _compare(node: Node, readings: Mapping[str, Any]) -> Any:
    left, right = (_value(part, readings) for part in node.parts)
    if left is None or right is None:
        return None
    return COMPARE[node.value](left, right)


def _call(node: Node, readings: Mapping[str, Any]) -> Any:
    function = FUNCTIONS[str(node.value)]
    member = function.second_is_member
    values = [
        part.value if member and place == 1 else _value(part, readings)
        for place, part in enumerate(node.parts)
    ]
    if not function.takes_nothing and any(value is None for value in values):
        return None
    return function.run(*values)


RULES: dict[str, Any] = {
    "number": lambda node, readings: node.value,
    "text": lambda node, readings: node.value,
    "truth": lambda node, readings: node.value,
    "name": _name,
    "sum": _sum,
    "product": _product,
    "minus": _minus,
    "and": _and,
    "or": _or,
    "not": _not,
    "compare": _compare,
    "call": _call,
}
