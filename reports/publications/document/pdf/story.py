"""The blocks of a document as what flows onto the pages."""

from collections.abc import Iterator
from dataclasses import replace
from functools import singledispatchmethod

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer

from carefund.core.typeface import BOLD
from reports.charts.flowable import Drawing

from .. import model, words
from .pieces import COLUMNS, Anchored, Cards, Facts, Inset, Title, cut
from .rich import raw, rich
from .styles import (
    AUTHORITY,
    BODY,
    BULLET,
    CALLOUT,
    CAPTION,
    CHART_TITLE,
    DEPTH,
    HEADING,
    LEAD,
    NOTE,
    PART,
    WIDTH,
)
from .table import DataTable

BESIDE = 8
ANNEX = "Data behind the charts"


class Builder:
    """Turns a document into flowables; knows its notes and what goes to the annex."""

    def __init__(self, document: model.Document) -> None:
        self.document = document
        self.taken: set[str] = set()
        self.annex_key = words.slug(ANNEX, self.taken)
        self.annex: list[Flowable] = []
        self.notes = frozenset(
            note.number
            for _, block in document.blocks()
            if isinstance(block, model.Notes)
            for note in block.items
        )
        self.anchored: set[int] = set()

    def story(self) -> list[Flowable]:
        flow = [item for part in self.document.parts for item in self.part(part)]
        if self.annex:
            annex = Title(ANNEX, PART, self.annex_key, 0)
            flow += [CondPageBreak(DEPTH / 2), annex, *self.annex]
        return flow

    def title(self, text: str, style, level: int) -> Title:
        return Title(text, style, words.slug(text, self.taken), level)

    def part(self, part: model.Part) -> Iterator[Flowable]:
        head: list[Flowable] = [self.title(part.title, PART, 0)]
        if part.summary:
            head.append(Paragraph(self.rich(part.summary), LEAD))
        blocks = [list(self.block(block)) for block in part.blocks]
        yield CondPageBreak(max(DEPTH * 0.38, need(head) + need(blocks[0] if blocks else [])))
        yield from head
        for place, flow in enumerate(blocks):
            if isinstance(part.blocks[place], model.Heading):
                following = blocks[place + 1] if place + 1 < len(blocks) else []
                yield CondPageBreak(need(flow) + need(following))
            yield from flow
        yield Spacer(1, 14)

    def rich(self, text: str) -> str:
        return rich(text, self.notes)

    @singledispatchmethod
    def block(self, block: object) -> Iterator[Flowable]:
        raise TypeError(f"no pages for {type(block).__name__}")

    @block.register
    def _heading(self, block: model.Heading) -> Iterator[Flowable]:
        yield self.title(block.text, HEADING, 1)

    @block.register
    def _paragraph(self, block: model.Paragraph) -> Iterator[Flowable]:
        yield Paragraph(self.rich(block.text), LEAD if block.lead else BODY)

    @block.register
    def _bullets(self, block: model.Bullets) -> Iterator[Flowable]:
        for number, item in enumerate(block.items, start=1):
            mark = f"{number}." if block.numbered else "•"
            yield Paragraph(self.rich(item), BULLET, bulletText=mark)
        yield Spacer(1, 6)

    @block.register
    def _callout(self, block: model.Callout) -> Iterator[Flowable]:
        title = f"<b>{raw(block.title)}</b><br/>" if block.title else ""
        yield Inset(title + self.rich(block.text), CALLOUT)

    @block.register
    def _figures(self, block: model.Figures) -> Iterator[Flowable]:
        for start in range(0, len(block.cards), COLUMNS):
            yield Cards(block.cards[start : start + COLUMNS])
        yield Spacer(1, 8)

    @block.register
    def _chart(self, block: model.ChartBlock) -> Iterator[Flowable]:
        chart = block.chart
        table = words.chart_table(chart)
        small = len(table.rows) <= BESIDE
        caption = raw(chart.caption)
        if block.with_data and not small:
            caption += f' The data is in the annex, <a href="#{self.annex_key}"><u>{ANNEX}</u></a>.'
        yield KeepTogether(
            [
                Paragraph(raw(cut(chart.title, CHART_TITLE), BOLD), CHART_TITLE),
                Drawing(chart),
                Paragraph(caption, CAPTION),
            ]
        )
        if not (block.with_data and table.rows):
            return
        title = f"Data: {chart.title}"
        data = DataTable(replace(table, title=title, source=""), size=7.5)
        if small:
            yield data
        else:
            self.annex.append(data)

    @block.register
    def _table(self, block: model.Table) -> Iterator[Flowable]:
        yield DataTable(block)

    @block.register
    def _story(self, block: model.Story) -> Iterator[Flowable]:
        sample = " (sample data)" if block.sample else ""
        head: list[Flowable] = [
            self.title(block.title, HEADING, 1),
            Paragraph(raw(block.authority + sample), AUTHORITY),
        ]
        head += [Facts(block.facts[at : at + 4]) for at in range(0, len(block.facts), 4)]
        texts = [text for text in block.text.split("\n\n") if text.strip()]
        yield CondPageBreak(need(head) + 60)
        yield from head
        yield from (Paragraph(self.rich(text), BODY) for text in texts)

    @block.register
    def _notes(self, block: model.Notes) -> Iterator[Flowable]:
        for note in block.items:
            key = "" if note.number in self.anchored else f"note-{note.number}"
            self.anchored.add(note.number)
            anchored = Anchored(self.rich(note.text), NOTE, bulletText=f"{note.number}.")
            anchored.key = key
            yield anchored
        yield Spacer(1, 6)


def need(flow: list[Flowable]) -> float:
    """The height that must be free so that what follows a heading stays with it."""
    height = 0.0
    for item in flow:
        if isinstance(item, CondPageBreak):
            continue
        if isinstance(item, DataTable):
            return height + item.least
        _, tall = _measure(item)
        height += tall + item.getSpaceBefore() + item.getSpaceAfter()
        if isinstance(item, Paragraph) and not isinstance(item, Title):
            return height - tall + min(tall, 48)
        if isinstance(item, KeepTogether):
            return min(height, DEPTH)
    return min(height, DEPTH)


def _measure(item: Flowable) -> tuple[float, float]:
    if isinstance(item, KeepTogether):
        sizes = [each.wrap(WIDTH, DEPTH) for each in item._content]  # noqa: SLF001 - what it keeps together
        return WIDTH, sum(height for _, height in sizes) + 30
    return item.wrap(WIDTH, DEPTH)
