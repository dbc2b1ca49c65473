"""What is searched of a bid: its title and its answers as one text, and how they are indexed."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Func
from django.utils.html import strip_tags

# PostgreSQL refuses to index more than a megabyte of words of one row.
LONGEST = 300_000
_ADDRESS = re.compile(r"\S+@\S+")
# Words as the index has them: runs of letters and digits, in small letters, without any grammar.
_WORDS = "to_tsvector('simple', regexp_replace(lower(%s), '[^[:alnum:]]+', ' ', 'g'))"


class Indexed(Func):
    """The words of a title, which weigh more, and of a text. Only PostgreSQL has such an index."""

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        head, body = (compiler.compile(one)[0] for one in self.get_source_expressions())
        return f"setweight({_WORDS % head}, 'A') || setweight({_WORDS % body}, 'D')", []

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        return "''", ()


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
