"""Markup filled in with text: as Django's `format_html`, at a fraction of its time.

A page with hundreds of answers spends most of it in there.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString

# What `escape` changes; most texts have none of it, and to look once is less work than to try.
_SPEAKING = re.compile("[&<>\"']").search


def text(value: Any) -> str:
    """Escaped, unless it is markup already."""
    kind = type(value)
    if kind is SafeString:
        return str(value)
    if kind is not str:
        if hasattr(value, "__html__"):
            return str(value.__html__())
        value = str(value)
    return escape(value) if _SPEAKING(value) else value


def filled(markup: str, *values: Any) -> SafeString:
    return SafeString(markup.format(*map(text, values)))


def filled_each(between: str, markup: str, rows: Iterable[Sequence[Any]]) -> SafeString:
    """`markup` filled in with each of `rows`."""
    return SafeString(between.join([markup.format(*map(text, row)) for row in rows]))
