"""The report as a web page: GOV.UK Design System classes, drawings inline, data beside them.

`render_html` gives the whole article; a page may instead include the template
`publications/document/document.html` with the context of `html_context`. Either way the page
links the style sheet `publications/document.css`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, singledispatchmethod
from pathlib import Path

from django.template import Context, Engine
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from carefund.core.typeface import clean
from reports.charts import svg
from reports.charts.base import Chart
from reports.charts.paper import PHONE, SCREEN

from . import model, words
from .markup import Span, parse

# On a phone: the columns beside each other; the cards that are not folded away.
FITS_A_PHONE, MOST_CARDS = 3, 8
TEMPLATES = Path(__file__).parents[1] / "templates"


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(dirs=[str(TEMPLATES)], string_if_invalid="")


def render_html(document: model.Document) -> SafeString:
    template = _engine().get_template("publications/document/document.html")
    return template.render(Context(html_context(document)))


def html_context(document: model.Document) -> dict[str, object]:
    """`report` holds everything the template shows, already put into words."""
    builder = _Builder(document)
    parts = [builder.part(part) for part in document.parts]
    return {
        "report": {
            "title": clean(document.title),
            "subtitle": clean(document.subtitle),
            "details": words.details(document),
            "sample_notice": marked(document.sample_notice or ""),
            "parts": parts,
        }
    }


def chart_block(chart: Chart) -> dict[str, object]:
    """What `publications/document/blocks/chart.html` shows, for a chart on another page."""
    document = model.Document(
        title="", programme="", as_at=chart.as_at, reference="", fingerprint="", status=""
    )
    return _Builder(document).block(model.ChartBlock(chart))


def marked(text: str) -> SafeString:
    """A sentence with its marks as HTML; everything else escaped."""
    return format_html_join("", "{}", ((_span(span),) for span in parse(clean(text))))


def _span(span: Span) -> SafeString:
    if span.note:
        return format_html(
            '<sup><a class="govuk-link" href="#note-{}">'
            '<span class="govuk-visually-hidden">Note </span>{}</a></sup>',
            span.note,
            span.note,
        )
    if span.address:
        return format_html('<a class="govuk-link" href="{}">{}</a>', span.address, span.text)
    if span.bold:
        return format_html("<strong>{}</strong>", span.text)
    return format_html("{}", span.text)


@dataclass
class _Builder:
    document: model.Document

    def __post_init__(self) -> None:
        self.taken: set[str] = set()

    def part(self, part: model.Part) -> dict[str, object]:
        return {
            "slug": words.slug(part.title, self.taken),
            "title": clean(part.title),
            "summary": marked(part.summary),
            "blocks": [self._named(block) for block in part.blocks],
        }

    def _named(self, block: model.Block) -> dict[str, object]:
        name = type(block).__name__.lower().removesuffix("block")
        return {"template": f"publications/document/blocks/{name}.html", **self.block(block)}

    @singledispatchmethod
    def block(self, block: object) -> dict[str, object]:
        raise TypeError(f"no words for {type(block).__name__}")

    @block.register
    def _heading(self, block: model.Heading) -> dict[str, object]:
        return {"text": clean(block.text), "slug": words.slug(block.text, self.taken)}

    @block.register
    def _paragraph(self, block: model.Paragraph) -> dict[str, object]:
        return {"text": marked(block.text), "lead": block.lead}

    @block.register
    def _bullets(self, block: model.Bullets) -> dict[str, object]:
        return {"items": [marked(item) for item in block.items], "numbered": block.numbered}

    @block.register
    def _callout(self, block: model.Callout) -> dict[str, object]:
        return {"text": marked(block.text), "title": clean(block.title)}

    @block.register
    def _figures(self, block: model.Figures) -> dict[str, object]:
        return {"title": clean(block.title), "cards": [_card(card) for card in block.cards]}

    @block.register
    def _chart(self, block: model.ChartBlock) -> dict[str, object]:
        chart = block.chart
        name = words.slug(f"chart {chart.title}", self.taken)
        return {
            "title": clean(chart.title),
            "slug": name,
            "wide": svg.render(chart, SCREEN, name=name, css="chart__drawing--wide"),
            "narrow": svg.render(chart, PHONE, name=f"{name}-narrow", css="chart__drawing--narrow"),
            "caption": clean(chart.caption),
            "table": self.block(words.chart_table(chart)),
        }

    @block.register
    def _table(self, block: model.Table) -> dict[str, object]:
        places = words.places(block)
        columns = [
            {"heading": clean(column.full_heading), "numeric": column.kind.numeric}
            for column in block.columns
        ]
        return {
            "title": clean(block.title),
            "slug": words.slug(f"table {block.title}", self.taken),
            "columns": columns,
            "cards": len(columns) > FITS_A_PHONE,
            "folds": len(columns) > FITS_A_PHONE and len(block.rows) > MOST_CARDS,
            "count": str(len(block.rows)),
            "rows": [_row(row, block.columns, places) for row in block.rows],
            "totals": _cells(block.totals, block.columns, places, words.total),
            "source": marked(block.source),
            "note": marked(block.note),
            "empty": clean(block.empty),
            "span": str(len(columns)),
        }

    @block.register
    def _story(self, block: model.Story) -> dict[str, object]:
        return {
            "title": clean(block.title),
            "slug": words.slug(block.title, self.taken),
            "authority": clean(block.authority),
            "paragraphs": [marked(text) for text in block.text.split("\n\n") if text.strip()],
            "facts": [(clean(label), clean(value)) for label, value in block.facts],
            "sample": block.sample,
        }

    @block.register
    def _notes(self, block: model.Notes) -> dict[str, object]:
        return {"notes": [{"number": str(n.number), "text": marked(n.text)} for n in block.items]}


def _card(card: model.Figure) -> dict[str, object]:
    return {
        "label": clean(card.label),
        "value": words.figure(card),
        "unit": clean(card.unit),
        "change": words.change(card),
        "note": str(card.note or ""),
        "sample": card.sample,
    }


def _row(
    row: model.Row, columns: tuple[model.Column, ...], places: tuple[int, ...]
) -> dict[str, object]:
    return {"cells": _cells(row.cells, columns, places, words.cell), "sample": row.sample}


def _cells(
    cells: tuple[model.Cell, ...] | None,
    columns: tuple[model.Column, ...],
    places: tuple[int, ...],
    show: Callable[[model.Cell, model.Kind, int], str],
) -> list[dict[str, object]]:
    return [
        {
            "text": show(cell, column.kind, decimals),
            "numeric": column.kind.numeric,
            "label": clean(column.full_heading),
        }
        for cell, column, decimals in zip(cells or (), columns, places, strict=False)
    ]
