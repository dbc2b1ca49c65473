"""What all types have in common whose answers are rows."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from ..comparing import Difference
from ..entries import Entry, RowsEntry
from .base import Options, QuestionType, Table
from .settings import Setting

FEWEST = Setting("fewest", "Fewest rows", "integer", 1, lowest=0, highest=60)
MOST = Setting("most", "Most rows", "integer", 60, lowest=1, highest=60)
Row = Mapping[str, Any]


def count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s'[: number != 1]}"


class RowsType(QuestionType):
    """A list of objects, one for each row; what each holds is in `columns`."""

    entry_class: ClassVar[type[Entry]] = RowsEntry
    group = "Plans and money"
    is_table = True
    joins = "list"
    reading = "rows"
    word = "row"
    settings: ClassVar[tuple[Setting, ...]] = (FEWEST, MOST)

    def noun(self, options: Options) -> str:
        return self.word

    def most_rows(self, options: Options) -> int:
        return int(self.setting(options, "most"))

    def definition_problems(self, label: str, options: Options) -> list[str]:
        found = super().definition_problems(label, options)
        if not found and self.setting(options, "fewest") > self.setting(options, "most"):
            found.append(f"Question “{label}” wants more rows than it allows.")
        return found

    def fits(self, value: Any, options: Options) -> bool:
        if value == "":
            return True
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            return False
        columns = self.columns(options)
        return all(
            c.type.fits(row[c.key], c.options) for row in value for c in columns if c.key in row
        )

    def store(self, cleaned: Any) -> Any:
        return list(cleaned or [])

    # -- validation

    def wrong(self, value: Any, options: Options) -> str:
        noun = self.noun(options)
        for number, row in enumerate(value, 1):
            if message := self.row_problem(number, row, options):
                return message
        fewest, most = self.setting(options, "fewest"), self.most_rows(options)
        if len(value) < fewest:
            return f"Add at least {count(fewest, noun)}."
        return f"Remove rows: no more than {count(most, noun)}." if len(value) > most else ""

    def row_problem(self, number: int, row: Row, options: Options) -> str:
        """The first thing that is wrong with a row, in the order of its columns."""
        name = f"{self.noun(options).capitalize()} {number}"
        for column in self.columns(options):
            value = row.get(column.key)
            if column.type.is_empty(value):
                if column.required:
                    return f"{name}: {column.type.missing(column.label)}"
                continue
            if message := column.type.problem(value, column.options):
                return f"{name}, {column.label}: {message}"
        return ""

    # -- display

    def words(self, value: Any, options: Options) -> str:
        return count(len(value), self.noun(options))

    def line(self, row: Row, options: Options) -> list[str]:
        """A row as the cells of the table."""
        return [c.type.display(row.get(c.key, ""), c.options) for c in self.columns(options)]

    def head(self, options: Options) -> list[str]:
        return [column.label for column in self.columns(options)]

    def asks(self, options: Options) -> list[str]:
        """What is asked for each row, as words; nothing where rows are filled in as a grid."""
        return [c.label if c.required else f"{c.label} (optional)" for c in self.columns(options)]

    def numeric(self, options: Options) -> frozenset[int]:
        columns = enumerate(self.columns(options))
        return frozenset(place for place, c in columns if place and c.type.reading == "number")

    def table(self, value: Any, options: Options) -> Table:
        fits = bool(value) and self.fits(value, options)
        rows = [self.line(row, options) for row in value] if fits else []
        return Table(self.head(options), rows, numeric=self.numeric(options))

    # -- comparison

    def differences(self, old: Any, new: Any, options: Options) -> list[Difference]:
        if not self.fits(old, options) or not self.fits(new, options):
            return super().differences(old, new, options)
        noun, head = self.noun(options).capitalize(), self.head(options)
        found = []
        for number, before, after in _pairs(
            [self.line(row, options) for row in old or []],
            [self.line(row, options) for row in new or []],
        ):
            part = f"{noun} {number}"
            if before is None or after is None:
                texts = [", ".join(text for text in row or [] if text) for row in (before, after)]
                found.append(Difference(part, *texts))
                continue
            found += [
                Difference(f"{part}, {label}", was, now)
                for label, was, now in zip(head, before, after, strict=True)
                if was != now
            ]
        return found

    # -- export

    def headings(self, label: str, options: Options) -> list[str]:
        sums = [c.label for c in self.columns(options) if c.type.reading == "number"]
        return [label, f"{label}: number", *(f"{label}: {name} in all" for name in sums)]

    def cells(self, value: Any, options: Options) -> list[Any]:
        rows = value if value and self.fits(value, options) else []
        numbers = [c for c in self.columns(options) if c.type.reading == "number"]
        lines = ["; ".join(text for text in self.line(row, options) if text) for row in rows]
        text = "\n".join(lines) if rows or self.is_empty(value) else self.display(value, options)
        return [text, len(rows), *(self._sum(rows, column) for column in numbers)]

    def _sum(self, rows: list[Row], column: Any) -> Any:
        found = [column.type.read(row.get(column.key), column.options) for row in rows]
        return sum(number for number in found if number is not None)

    # -- rules

    def read(self, value: Any, options: Options) -> Any:
        if not value or not self.fits(value, options):
            return None
        columns = self.columns(options)
        return tuple(
            {c.key: c.type.read(row.get(c.key), c.options) for c in columns} for row in value
        )


def _pairs(
    old: list[list[str]], new: list[list[str]]
) -> Iterator[tuple[int, list[str] | None, list[str] | None]]:
    """Rows that begin alike belong together; what is left over was taken out or put in."""
    left = list(enumerate(old))
    for number, row in enumerate(new, 1):
        place = next((p for p, (_, before) in enumerate(left) if before[:1] == row[:1]), None)
        if place is None and number <= len(old):
            same = (p for p, (index, _) in enumerate(left) if index == number - 1)
            heads = {one[0] for one in new if one}
            place = next((p for p in same if left[p][1][0] not in heads), None)
        before = left.pop(place)[1] if place is not None else None
        yield number, before, row
    for index, row in left:
        yield index + 1, row, None
