"""The little that may be written inside a sentence: **bold**, [text](address), [^1].

Everything else is text. Addresses other than web, mail and in-page ones stay plain text.
"""

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*"
    r"|\[\^(?P<note>\d{1,3})\]"
    r"|\[(?P<words>[^\[\]\n]+)\]\((?P<address>[^()\s]+)\)"
)
ADDRESS = re.compile(r"(https?://|mailto:|#|/(?!/))[^\s\"'<>\\]*", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    text: str
    bold: bool = False
    address: str = ""
    note: int | None = None


def parse(text: str) -> list[Span]:
    spans, end = [], 0
    for found in TOKEN.finditer(text):
        if found.start() > end:
            spans.append(Span(text[end : found.start()]))
        spans.append(_span(found))
        end = found.end()
    return [*spans, Span(text[end:])] if end < len(text) else spans


def _span(found: re.Match[str]) -> Span:
    if found["bold"]:
        return Span(found["bold"], bold=True)
    if found["note"]:
        return Span(found["note"], note=int(found["note"]))
    if ADDRESS.fullmatch(found["address"]):
        return Span(found["words"], address=found["address"])
    return Span(found[0])


def plain(text: str) -> str:
    """Without marks, for spreadsheets, bookmarks and the data file."""
    return "".join(
        f" (note {span.note})" if span.note else _with_address(span) for span in parse(text)
    )


def _with_address(span: Span) -> str:
    shown = span.address.startswith("http") and span.address != span.text
    return f"{span.text} ({span.address})" if shown else span.text
