"""Text that can always be drawn: cleaned, measured with the real fonts, wrapped, cut short.

Drawing goes through `runs`, which gives each stretch of text a font that has its characters.
The web page and the spreadsheet keep every character; only the PDF and measurements replace
what no embedded font can show.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby

import font_lato
import font_roboto
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase.pdfmetrics import getFont, registerFont
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD, ITALIC = "Lato", "Lato-Bold", "Lato-Italic"
FALLBACKS = {REGULAR: "Roboto", BOLD: "Roboto-Bold", ITALIC: "Roboto-Italic"}
ELLIPSIS = "…"
SPACES = "\t\n\r\v\f\x85\u2028\u2029"


def register_fonts() -> None:
    """Makes the embedded families known to the PDF library; later calls change nothing."""
    _register()


@lru_cache(maxsize=1)
def _register() -> None:
    for folder, names in ((font_lato, FALLBACKS), (font_roboto, FALLBACKS.values())):
        for name in names:
            file = name if "-" in name else f"{name}-Regular"
            registerFont(TTFont(name, f"{folder.font_directory}/{file}.ttf"))
    for regular, bold, italic in ((REGULAR, BOLD, ITALIC), tuple(FALLBACKS.values())):
        for is_bold, is_italic, name in ((0, 0, regular), (1, 0, bold), (0, 1, italic)):
            addMapping(regular, is_bold, is_italic, name)
        addMapping(regular, 1, 1, bold)


@lru_cache(maxsize=8)
def _glyphs(font: str) -> frozenset[int]:
    _register()
    return frozenset(getFont(font).face.charToGlyph)


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """Without control characters, lone surrogates and direction overrides; spaces stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(filter(None, map(_clean_character, unicodedata.normalize("NFC", text))))


def _clean_character(character: str) -> str:
    if character in SPACES:
        return "\n" if character == "\n" else " "
    category = unicodedata.category(character)
    if category in {"Cc", "Cs", "Cn"} or character in "\ufeff\ufffe\uffff":
        return ""
    return (
        "" if category == "Cf" and unicodedata.bidirectional(character)[-1:] in "EOI" else character
    )


def runs(text: str, font: str = REGULAR) -> list[tuple[str, str]]:
    """(font, text) pairs that can be drawn one after the other without a missing glyph."""
    if text.isascii() and text.isprintable():
        return [(font, text)]
    pieces = (piece for character in clean(text) for piece in _drawable(character, font))
    return [
        (name, "".join(piece for _, piece in group))
        for name, group in groupby(pieces, key=lambda piece: piece[0])
    ]


@lru_cache(maxsize=8192)
def _drawable(character: str, font: str) -> tuple[tuple[str, str], ...]:
    if character in "\u2011\u2010":
        return ((font, "-"),)
    if character == "\n" or unicodedata.category(character) in {"Zs", "Zl"}:
        return ((font, "\u00a0" if character in "\u00a0\u202f" else " "),)
    for name in (font, FALLBACKS.get(font, font)):
        if ord(character) in _glyphs(name):
            return ((name, character),)
    simpler = unicodedata.normalize("NFKD", character)
    if simpler != character:
        return tuple(piece for part in simpler for piece in _drawable(part, font))
    return _described(character, font)


def _described(character: str, font: str) -> tuple[tuple[str, str], ...]:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:
        return ()
    if category in {"So", "Sk"}:
        return ((font, f"[{unicodedata.name(character, 'symbol').lower()}]"),)
    return ((font, "?"),)


def drawable(text: str, font: str = REGULAR) -> str:
    """What the PDF shows for a text, as one string."""
    return "".join(piece for _, piece in runs(text, font))


@lru_cache(maxsize=65536)
def text_width(text: str, size: float, font: str = REGULAR) -> float:
    """As ReportLab's `stringWidth`, which looks at every letter of a long report in Python."""
    if text.isascii() and text.isprintable():
        return 0.001 * size * sum(map(_advances(font).__getitem__, text))
    return sum(
        0.001 * size * sum(map(_advances(name).__getitem__, piece))
        for name, piece in runs(text, font)
    )


class _Advances(dict[str, float]):
    """How far each letter of a font moves on, in thousandths of its size; found out once."""

    def __init__(self, font: str) -> None:
        super().__init__()
        self.face = getFont(font).face

    def __missing__(self, letter: str) -> float:
        face = self.face
        found: float = face.charWidths.get(ord(letter), face.defaultWidth)
        self[letter] = found
        return found


@cache
def _advances(font: str) -> _Advances:
    _register()
    return _Advances(font)


def shorten(text: str, width: float, size: float, font: str = REGULAR) -> str:
    """The text, or as much of it as fits the width with an ellipsis."""
    if text_width(text, size, font) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = text_width(text[:middle].rstrip() + ELLIPSIS, size, font) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + ELLIPSIS


def wrap(
    text: str, width: float, size: float, font: str = REGULAR, most: int | None = None
) -> list[str]:
    """Lines no wider than `width`; words longer than a line are broken, lines after `most` cut."""
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        lines += _wrap_paragraph(paragraph, width, size, font)
    if most is not None and len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines = [*lines[: most - 1], shorten(f"{rest} ", width, size, font)]
    return lines or [""]


def _wrap_paragraph(text: str, width: float, size: float, font: str) -> list[str]:
    if text_width(text, size, font) <= width:
        return [text.strip(" ")]
    lines, line = [], ""
    for word in (part for long in text.split(" ") for part in _parts(long, width, size, font)):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, font) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def _parts(word: str, width: float, size: float, font: str) -> Iterator[str]:
    while text_width(word, size, font) > width and len(word) > 1:
        low, high = 1, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            fits = text_width(word[:middle], size, font) <= width
            low, high = (middle, high) if fits else (low, middle - 1)
        yield word[:low]
        word = word[low:]
    if word:
        yield word
