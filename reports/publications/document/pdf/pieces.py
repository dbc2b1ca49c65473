"""The parts of a page that the library does not have: figure cards, facts, headings, insets."""

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from carefund.core.typeface import BOLD, ELLIPSIS, REGULAR, clean, drawable, text_width, wrap
from reports.charts import palette
from reports.charts.flowable import draw_text

from .. import words
from ..model import Figure
from .rich import raw
from .styles import ACCENT, PANEL, WIDTH

COLUMNS = 3
MOST_LINES = 4
SPACE = 12.0
INSIDE = 10.0
SMALLEST = 6.0


def cut(text: str, style: ParagraphStyle) -> str:
    """At most four lines, because headings are not split over pages."""
    lines = wrap(text.replace("\n", " "), WIDTH, style.fontSize, style.fontName)
    if len(lines) <= MOST_LINES:
        return text
    shown = " ".join(lines[:MOST_LINES])
    return f"{shown[:-2]}{ELLIPSIS}"


class Title(Paragraph):
    """A heading that enters the bookmarks and the contents where it is drawn."""

    def __init__(self, text: str, style: ParagraphStyle, key: str, level: int) -> None:
        text = cut(text, style)
        super().__init__(raw(text, style.fontName), style)
        self.words, self.key, self.level = text, key, level

    def draw(self) -> None:
        canvas = self.canv
        canvas.bookmarkHorizontal(self.key, 0, self.height + 10)
        title = drawable(clean(self.words).replace("\n", " "))
        canvas.addOutlineEntry(title, self.key, self.level, closed=self.level > 0)
        entry = (self.level, raw(self.words, BOLD if not self.level else REGULAR))
        template = canvas._doctemplate  # noqa: SLF001 - the documented way to the contents list
        template.notify("TOCEntry", (*entry, canvas.getPageNumber(), self.key))
        super().draw()

    def split(self, *_: float) -> list[Flowable]:
        return []


class Anchored(Paragraph):
    """A paragraph that links can lead to."""

    key = ""

    def draw(self) -> None:
        if self.key:
            self.canv.bookmarkHorizontal(self.key, 0, self.height + 10)
        super().draw()

    def split(self, width: float, height: float) -> list[Flowable]:
        pieces = super().split(width, height)
        for place, piece in enumerate(pieces):
            piece.key = "" if place else self.key
        return pieces


class Inset(Paragraph):
    """With a bar at its left, like the inset text of the page."""

    def draw(self) -> None:
        self.canv.setFillColor(ACCENT)
        self.canv.rect(0, -2, 4, self.height + 4, stroke=0, fill=1)
        super().draw()


class Cards(Flowable):
    """One row of figures."""

    def __init__(self, cards: tuple[Figure, ...]) -> None:
        super().__init__()
        self.width = (WIDTH - SPACE * (COLUMNS - 1)) / COLUMNS
        self.inside = self.width - 2 * INSIDE
        self.cards = [_Card(card, self.inside) for card in cards]
        self.height = max(card.height for card in self.cards)
        self.spaceAfter = SPACE

    def wrap(self, *_: float) -> tuple[float, float]:
        return WIDTH, self.height

    def draw(self) -> None:
        canvas = self.canv
        for place, card in enumerate(self.cards):
            x = place * (self.width + SPACE)
            canvas.setFillColor(PANEL)
            canvas.rect(x, 0, self.width, self.height, stroke=0, fill=1)
            canvas.setFillColor(ACCENT)
            canvas.rect(x, self.height - 2.5, self.width, 2.5, stroke=0, fill=1)
            card.draw(canvas, x + INSIDE, self.height)


class _Card:
    def __init__(self, card: Figure, width: float) -> None:
        self.card = card
        self.label = wrap(card.label, width - 6, 8.5, most=3)
        self.value = words.figure(card)
        self.size = _largest(self.value, width)
        self.small = wrap(card.unit, width, 8, most=2) if card.unit else []
        change = words.change(card)
        self.change = wrap(change, width, 8, most=3) if change else []
        self.sample = ["Sample data"] if card.sample else []
        lines = len(self.small) + len(self.change) + len(self.sample)
        self.height = 16 + len(self.label) * 11.5 + 32 + lines * 11 + 8

    def draw(self, canvas, x: float, top: float) -> None:
        y = top - 18
        for at, line in enumerate(self.label):
            draw_text(canvas, x, y, line, 8.5)
            if self.card.note and at == len(self.label) - 1:
                end = x + text_width(line, 8.5) + 1
                draw_text(canvas, end, y + 3, str(self.card.note), 6, colour=palette.DARK_BLUE)
            y -= 11.5
        y -= 15
        draw_text(canvas, x, y, self.value, self.size, font=BOLD, colour=palette.DARK_BLUE)
        y -= 17
        for colour, lines in (
            (palette.INK, self.small),
            (palette.QUIET_INK, self.change),
            (palette.DARK_PINK, self.sample),
        ):
            for line in lines:
                draw_text(canvas, x, y, line, 8, colour=colour)
                y -= 11


def _largest(value: str, width: float) -> float:
    size = 22.0
    while size > SMALLEST and text_width(value, size, BOLD) > width:
        size -= 0.5
    return size


class Facts(Flowable):
    """Label and value pairs side by side, at most four in a row."""

    def __init__(self, facts: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.column = WIDTH / max(min(len(facts), 4), 1)
        inside = self.column - 22
        self.facts = [
            (wrap(label, inside, 8, most=2), wrap(value, inside, 10.5, BOLD, most=3))
            for label, value in facts[:4]
        ]
        self.height = (
            max((len(label) * 11 + len(value) * 14 for label, value in self.facts), default=0) + 4
        )
        self.spaceAfter = 10

    def wrap(self, *_: float) -> tuple[float, float]:
        return WIDTH, self.height

    def draw(self) -> None:
        for place, (label, value) in enumerate(self.facts):
            x, y = place * self.column, self.height - 9
            self.canv.setFillColor(HexColor(palette.DARK_BLUE))
            self.canv.rect(x, 0, 2.5, self.height, stroke=0, fill=1)
            for line in label:
                draw_text(self.canv, x + 10, y, line, 8, colour=palette.QUIET_INK)
                y -= 11
            y -= 2
            for line in value:
                draw_text(self.canv, x + 10, y, line, 10.5, font=BOLD)
                y -= 14
