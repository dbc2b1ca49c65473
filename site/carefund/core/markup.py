"""Markup filled in with text: as Django's `format_html`, at a fraction of its time.

A page with hundreds of answers spends most of it in there.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString


def text(value: Any) -> str:
    """Escaped, unless it is markup already."""
    kind = type(value)
    if kind is SafeString:
        return str(value)
    if kind is str:
        return escape(value)
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


def filled(markup: str, *values: Any) -> SafeString:
    return SafeString(markup.format(*map(text, values)))


def filled_each(between: str, markup: str, rows: Iterable[Sequence[Any]]) -> SafeString:
    """`markup` filled in with each of `rows`."""
    return SafeString(between.join([markup.format(*map(text, row)) for row in rows]))
