"""What is searched of a bid: its title and its answers as one text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.html import strip_tags

# PostgreSQL refuses to index more than a megabyte of words of one row.
LONGEST = 300_000
_ADDRESS = re.compile(r"\S+@\S+")


def text_of(content: Mapping[str, Any]) -> str:
    """The answers of a submission as one text, without addresses at which people are reached."""
    found = " … ".join(filter(None, _texts(content.get("answers", {}))))
    return _ADDRESS.sub("", found).replace("\x00", "")[:LONGEST]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield strip_tags(value) if "<" in value else value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "id":
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def head_of(content: Mapping[str, Any]) -> str:
    return f"{content.get('reference', '')} {content.get('title', '')}"
