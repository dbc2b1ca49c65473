"""Sentences with marks as the small XML that paragraphs of the PDF library read."""

from xml.sax.saxutils import escape, quoteattr

from carefund.core.typeface import REGULAR, clean, runs
from reports.charts.palette import DARK_BLUE

from ..markup import Span, parse


def rich(text: str, notes: frozenset[int] = frozenset()) -> str:
    """Notes become links where the document has them, and stay raised numbers elsewhere."""
    return "".join(_span(span, notes) for span in parse(clean(text).replace("\n", " ")))


def raw(text: str, font: str = REGULAR) -> str:
    """Text without marks, escaped, with stretches in a second font where the first lacks them."""
    return "".join(
        escape(piece) if name == font else f'<font name="{name}">{escape(piece)}</font>'
        for name, piece in runs(clean(text).replace("\n", " "), font)
    )


def _span(span: Span, notes: frozenset[int]) -> str:
    if span.note:
        number = str(span.note)
        linked = f'<a href="#note-{number}" color="{DARK_BLUE}">{number}</a>'
        shown = linked if span.note in notes else number
        return f'<super size="7" rise="4">{shown}</super>'
    if span.bold:
        return f"<b>{raw(span.text)}</b>"
    if span.address.startswith(("http", "mailto:")):
        href = quoteattr(span.address)
        return f'<a href={href} color="{DARK_BLUE}"><u>{raw(span.text)}</u></a>'
    return raw(span.text)
