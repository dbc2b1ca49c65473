"""A table to type in: many cells, so each is drawn by itself and not as a component."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .base import Entry
from .rows import is_filled, typed_rows

BLANK_ROWS = 3


@dataclass
class Cell:
    """Looks enough like a bound field for the summary of errors to lead to it."""

    column: Any
    field: Any
    name: str
    label: str
    value: Any = ""
    errors: list[str] = field(default_factory=list)
    is_hidden = False

    @property
    def id_for_label(self) -> str:
        return f"id_{self.name}"

    auto_id = id_for_label

    @property
    def html(self) -> SafeString:
        error = (
            format_html('<span class="govuk-error-message">{}</span>', *self.errors[:1])
            if (self.errors)
            else ""
        )
        return format_html("{}{}", error, self._control())

    def _control(self) -> SafeString:
        wrong = " govuk-{}--error" if self.errors else ""
        if isinstance(self.field, forms.ChoiceField):
            options = format_html_join(
                "",
                '<option value="{}"{}>{}</option>',
                (
                    (value, SafeString(" selected") if value == self.value else "", label)
                    for value, label in list(self.field.choices)  # type: ignore[arg-type]
                ),
            )
            return format_html(
                '<select class="govuk-select{}" id="{}" name="{}" aria-label="{}">{}</select>',
                wrong.format("select"),
                self.id_for_label,
                self.name,
                self.label,
                options,
            )
        return format_html(
            '<input class="govuk-input{}" id="{}" name="{}" aria-label="{}" value="{}"{}>',
            wrong.format("input"),
            self.id_for_label,
            self.name,
            self.label,
            self.field.prepare_value(self.value) if self.value is not None else "",
            SafeString(' inputmode="decimal"') if self.column.type.reading == "number" else "",
        )


@dataclass
class Row:
    number: int
    label: str
    cells: list[Cell]
    cleaned: dict[str, Any] = field(default_factory=dict)


class Grid:
    """The cells as one form."""

    def __init__(self, rows: list[Row], *, bound: bool) -> None:
        self.rows, self.is_bound = rows, bound

    def is_valid(self) -> bool:
        return not any(cell.errors for cell in self)

    def non_field_errors(self) -> list[str]:
        return []

    def __iter__(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row.cells)


class GridEntry(Entry):
    template = "questions/table.html"
    wide = True

    def make_forms(self) -> list[Any]:
        question, page = self.question, self.page
        self.columns = question.type.columns(question.options)
        self.fixed = question.type.fixed_rows(question.options)
        self.made = {
            c.key: c.type.cell_field(c, {"label": c.label, "required": False}) for c in self.columns
        }
        if self.data is not None:
            removed = page.removed[1] if page.removed and page.removed[0] == question.key else None
            numbers = range(len(self.fixed)) if self.fixed else typed_rows(self.data, question.key)
            self.rows = [self._typed(n) for n in numbers if n != removed]
        else:
            self.rows = [self._saved(n, row) for n, row in enumerate(self._shown())]
        return [Grid(self.rows, bound=self.data is not None)]

    def _shown(self) -> list[Mapping[str, Any]]:
        rows = list(self.value or [])
        if self.fixed:
            by_line = {row.get("line"): row for row in rows}
            return [by_line.get(line, {}) for line in self.fixed]
        blank = max(BLANK_ROWS - len(rows), BLANK_ROWS * (self.page.extra == self.question.key))
        most = self.question.type.most_rows(self.question.options)
        return [*rows, *[{}] * min(blank, max(most - len(rows), 0))]

    def _cells(self, number: int) -> list[Cell]:
        row = self.fixed[number] if self.fixed else f"Row {number + 1}"
        return [
            Cell(c, self.made[c.key], f"{self.question.key}-{number}-{c.key}", f"{c.label}, {row}")
            for c in self.columns
        ]

    def _saved(self, number: int, row: Mapping[str, Any]) -> Row:
        cells = self._cells(number)
        for cell in cells:
            cell.value = cell.column.type.show(row.get(cell.column.key, ""))
        return Row(number, self._line(number), cells)

    def _typed(self, number: int) -> Row:
        made = Row(number, self._line(number), self._cells(number))
        for cell in made.cells:
            cell.value = self.data.get(cell.name, "")
            try:
                made.cleaned[cell.column.key] = cell.field.clean(cell.value)
            except ValidationError as error:
                cell.errors = [f"{cell.label}: {message}" for message in error.messages]
        return made

    def _line(self, number: int) -> str:
        return self.fixed[number] if self.fixed else ""

    @property
    def refused(self) -> str:
        most = self.question.type.most_rows(self.question.options)
        if self.fixed or len(self.rows) <= most:
            return ""
        return f"Enter no more than {most} rows. There are {len(self.rows)}."

    @property
    def may_add(self) -> bool:
        most = self.question.type.most_rows(self.question.options)
        return not self.fixed and len(self.rows) < most

    def stored(self) -> Any:
        rows = [row for row in self.rows if is_filled(row.cleaned)]
        return [self._store(row) for row in rows]

    def _store(self, row: Row) -> dict[str, Any]:
        cells = {c.key: c.type.store(row.cleaned[c.key]) for c in self.columns}
        return {"line": row.label, **cells} if row.label else cells
