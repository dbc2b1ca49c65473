"""From text to a tree, within limits: a recursive descent that counts its steps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .errors import ExpressionError

LONGEST = 2000
MOST_TOKENS = 400
DEEPEST = 20
LONGEST_TEXT = 200
TOKEN = re.compile(
    r"""
    (?P<space>\s+)
    |(?P<number>£?[0-9]+(?:\.[0-9]+)?%?)
    |(?P<name>[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)?)
    |(?P<text>"[^"\n]*"|'[^'\n]*'|“[^”\n]*”)
    |(?P<sign><=|>=|!=|<|>|=|\+|-|−|\*|×|/|÷|\(|\)|,)
    """,
    re.VERBOSE,
)
LONGEST_NUMBER = 15
MOST_DECIMALS = 6
SAME = {"−": "-", "×": "*", "÷": "/"}
POWERS = ("^", "**")
WORDS = frozenset(
    {"and", "or", "not", "of", "is", "at", "least", "most", "includes"}
    | {"true", "false", "yes", "no"}
)


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    start: int


@dataclass(frozen=True)
class Node:
    """A part of an expression: `kind` says which, `text` is how it was written."""

    kind: str
    text: str
    value: Any = None
    parts: tuple["Node", ...] = ()


def parse(text: str) -> Node:
    """Raises `ExpressionError`, and nothing else, for any text."""
    if not isinstance(text, str) or not text.strip():
        raise ExpressionError("The expression is empty.")
    if len(text) > LONGEST:
        raise ExpressionError(f"The expression is longer than {LONGEST:,} characters.")
    return Parser(text).whole()


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        found = TOKEN.match(text, place)
        if found is None or text.startswith("**", place):
            raise ExpressionError(_unreadable(text, place))
        kind = str(found.lastgroup)
        if kind != "space":
            yield Token(kind, SAME.get(found[0], found[0]), place)
        place = found.end()
    yield Token("end", "", len(text))


def _unreadable(text: str, place: int) -> str:
    if text.startswith(POWERS, place):
        return "Powers cannot be used here: multiply instead."
    sign = text[place]
    if sign == ".":
        return "A dot stands only between the name of a question and one of its columns."
    shown = sign if sign.isprintable() else f"character {ord(sign)}"
    return f"“{shown}” cannot be used here."


class Parser:
    def __init__(self, text: str) -> None:
        self.text, self.depth, self.place = text, 0, 0
        self.tokens: list[Token] = []
        for token in _tokens(text):
            self.tokens.append(token)
            if len(self.tokens) > MOST_TOKENS:
                raise ExpressionError(f"The expression has more than {MOST_TOKENS} parts.")

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def whole(self) -> Node:
        node = self.either()
        if self.now.kind != "end":
            raise ExpressionError(f"“{self.now.text}” was not expected after “{node.text}”.")
        return node

    def take(self, *texts: str, kind: str = "") -> Token | None:
        token = self.now
        fits = token.kind == kind if kind else token.kind != "text" and token.text in texts
        if not fits:
            return None
        self.place += 1
        return token

    def want(self, text: str, after: str) -> None:
        if not self.take(text):
            raise ExpressionError(f"“{text}” is missing after “{after}”.")

    def node(self, kind: str, start: int, value: Any = None, *parts: Node) -> Node:
        last = self.tokens[self.place - 1]
        return Node(kind, self.text[start : last.start + len(last.text)], value, parts)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError("The expression is nested too deeply.")

    # -- from what binds loosely to what binds tightly

    def either(self) -> Node:
        return self._chain("or", self.both)

    def both(self) -> Node:
        return self._chain("and", self.denied)

    def _chain(self, word: str, inner: Any) -> Node:
        start, parts = self.now.start, [inner()]
        while self.take(word):
            parts.append(inner())
        return parts[0] if len(parts) == 1 else self.node(word, start, None, *parts)

    def denied(self) -> Node:
        start = self.now.start
        if not self.take("not"):
            return self.compared()
        self.deeper()
        inner = self.denied()
        self.depth -= 1
        return self.node("not", start, None, inner)

    def compared(self) -> Node:
        start, left = self.now.start, self.summed()
        sign = self._comparison()
        if not sign:
            return left
        return self.node("compare", start, sign, left, self.summed())

    def _comparison(self) -> str:
        if token := self.take("<=", ">=", "!=", "<", ">", "=", "includes"):
            return token.text
        if self.take("is"):
            if self.take("at"):
                return self._at()
            return "!=" if self.take("not") else "="
        return self._at() if self.take("at") else ""

    def _at(self) -> str:
        if self.take("least"):
            return ">="
        if self.take("most"):
            return "<="
        raise ExpressionError("After “at” comes “least” or “most”.")

    def summed(self) -> Node:
        return self._signed("sum", ("+", "-"), self.multiplied)

    def multiplied(self) -> Node:
        return self._signed("product", ("*", "/", "of"), self.single)

    def _signed(self, kind: str, signs: tuple[str, ...], inner: Any) -> Node:
        start, parts, found = self.now.start, [inner()], []
        while token := self.take(*signs):
            found.append("*" if token.text == "of" else token.text)
            parts.append(inner())
        return parts[0] if not found else self.node(kind, start, tuple(found), *parts)

    def single(self) -> Node:
        start = self.now.start
        if self.take("-"):
            self.deeper()
            inner = self.single()
            self.depth -= 1
            return self.node("minus", start, None, inner)
        if self.take("("):
            self.deeper()
            inner = self.either()
            self.depth -= 1
            self.want(")", inner.text)
            return inner
        return self.plain()

    def plain(self) -> Node:
        start, token = self.now.start, self.now
        if self.take(kind="number"):
            return self.node("number", start, _number(token.text))
        if self.take(kind="text"):
            if len(token.text) > LONGEST_TEXT:
                raise ExpressionError(f"A text is longer than {LONGEST_TEXT} characters.")
            return self.node("text", start, token.text[1:-1])
        if self.take("true", "false", "yes", "no"):
            return self.node("truth", start, token.text in {"true", "yes"})
        if token.kind == "name" and token.text not in WORDS:
            self.place += 1
            return self._call(start, token) if self.take("(") else self._name(start, token)
        if token.kind == "end":
            raise ExpressionError("The expression ends too early.")
        raise ExpressionError(f"“{token.text}” was not expected here.")

    def _name(self, start: int, token: Token) -> Node:
        if len(token.text) > LONGEST_TEXT:
            raise ExpressionError("A name is too long.")
        return self.node("name", start, token.text)

    def _call(self, start: int, token: Token) -> Node:
        self.deeper()
        parts: list[Node] = []
        if not self.take(")"):
            parts.append(self.either())
            while self.take(","):
                parts.append(self.either())
            self.want(")", parts[-1].text)
        self.depth -= 1
        return self.node("call", start, token.text, *parts)


def _number(text: str) -> Decimal:
    digits = text.strip("£%")
    whole, _, fraction = digits.partition(".")
    if len(whole) > LONGEST_NUMBER or len(fraction) > MOST_DECIMALS:
        raise ExpressionError(
            f"A number has more than {LONGEST_NUMBER} digits or {MOST_DECIMALS} decimals."
        )
    return Decimal(digits) / 100 if text.endswith("%") else Decimal(digits)
