from typing import Any

from ..entries import GridEntry
from .base import Column, Options
from .columns import columns_of, problems_with
from .registry import register
from .rows import RowsType
from .settings import MOST_COLUMNS, Setting

MOST_ROWS = 500
# What a page can hold and a browser will send.
MOST_CELLS = 4000


@register
class TableOfCells(RowsType):
    """Typed columns, and rows that are added or (`lines`) given: [{key of the column: answer}].

    Where the rows are given each also holds its name under "line".
    """

    name = "table"
    title = "Table"
    icon = "table"
    group = "Tables"
    help = "A table with a type for each column. Rows are added, or given by you."
    entry_class = GridEntry
    settings = (
        Setting("columns", "Columns", "columns", required=True, highest=MOST_COLUMNS),
        Setting("lines", "Rows that are given", "lines", highest=MOST_ROWS),
        Setting("fewest", "Fewest rows", "integer", 1, lowest=0, highest=MOST_ROWS),
        Setting("most", "Most rows", "integer", 30, lowest=1, highest=MOST_ROWS),
    )

    def columns(self, options: Options) -> list[Column]:
        return columns_of(options.get("columns"))

    def asks(self, options: Options) -> list[str]:
        return []

    def fixed_rows(self, options: Options) -> list[str]:
        return list(self.setting(options, "lines") or [])

    def most_rows(self, options: Options) -> int:
        return len(self.fixed_rows(options)) or super().most_rows(options)

    def definition_problems(self, label: str, options: Options) -> list[str]:
        found = super().definition_problems(label, options)
        if found:
            return found
        found = problems_with(label, options["columns"], place="tables")
        if any(column["key"] == "line" for column in options["columns"]):
            found.append(f"Question “{label}”: a column cannot have the key “line”.")
        cells = len(options["columns"]) * self.most_rows(options)
        if cells > MOST_CELLS:
            found.append(
                f"The table “{label}” would have {cells:,} cells. A table holds {MOST_CELLS:,}: "
                "take fewer columns or rows."
            )
        return found

    def fits(self, value: Any, options: Options) -> bool:
        return super().fits(value, options) and (
            value == "" or all(isinstance(row.get("line", ""), str) for row in value)
        )

    def wrong(self, value: Any, options: Options) -> str:
        lines = self.fixed_rows(options)
        if lines:
            missing = set(lines) - {row.get("line") for row in value}
            if missing and any(column.required for column in self.columns(options)):
                return f"Fill in the row “{next(x for x in lines if x in missing)}”."
        return super().wrong(value, options)

    def head(self, options: Options) -> list[str]:
        head = super().head(options)
        return ["", *head] if self.fixed_rows(options) else head

    def line(self, row: Any, options: Options) -> list[str]:
        cells = super().line(row, options)
        return [row.get("line", ""), *cells] if self.fixed_rows(options) else cells

    def numeric(self, options: Options) -> frozenset[int]:
        first = 1 if self.fixed_rows(options) else 0
        columns = enumerate(self.columns(options), first)
        return frozenset(place for place, c in columns if place and c.type.reading == "number")
