"""An expression as a form uses it: read once, checked, then asked for its value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .checking import Scope, kind_of, names_in
from .errors import ExpressionError
from .evaluating import value_of
from .kinds import NOTHING, spoken
from .parsing import Node, parse


@dataclass(frozen=True)
class Expression:
    text: str
    node: Node
    names: tuple[str, ...]

    def value(self, readings: Mapping[str, Any]) -> Any:
        """Its value for these answers, or None for nothing. Raises `ExpressionError`."""
        return value_of(self.node, readings)


def read_expression(text: str, scope: Scope, *, kind: str) -> Expression:
    """Raises `ExpressionError` when it cannot be read or does not give a value of `kind`."""
    node = parse(text)
    found = kind_of(node, scope)
    if found not in (kind, NOTHING):
        raise ExpressionError(f"It must give {spoken(kind)}, and gives {spoken(found)}.")
    names = [name if name in scope else name.partition(".")[0] for name in names_in(node)]
    return Expression(text, node, tuple(dict.fromkeys(names)))
