"""Reading a snapshot back: amounts, days, and notes that number themselves as they are used."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from reports.charts.display import pounds_in_words

from ..document.model import Figure, Kind, Note

KINDS = {"money": Kind.MONEY, "percent": Kind.PERCENT, "number": Kind.NUMBER, "ratio": Kind.NUMBER}
BOARD_RULE = (
    "An authority that lies in more than one integrated care board is counted whole in the board "
    "in which most of its small areas lie."
)
REGION_RULE = (
    "Organisations that work in more than one region are shown together as such; they are not "
    "divided between regions."
)


def number(text: Any) -> Decimal | int | None:
    return Decimal(text) if isinstance(text, str) else text


def amount(text: Any) -> Decimal:
    return Decimal(number(text) or 0)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def short_year(label: str) -> str:
    """2018-19 from 2018 to 2019."""
    return f"{label[:4]}-{label[-2:]}"


def total(lines: Iterable[Mapping[str, Any]], key: str) -> Decimal:
    return sum((amount(line[key]) for line in lines), Decimal(0))


def any_sample(lines: Iterable[Mapping[str, Any]]) -> bool:
    return any(line["sample"] for line in lines)


def plural(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


class Reading:
    """A snapshot with its notes."""

    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        self.data = snapshot
        self.programme = snapshot["programme"]
        self.as_at: date = date.fromisoformat(snapshot["as_at"])
        self.since: date = date.fromisoformat(snapshot["since"])
        self._notes: dict[str, int] = {}

    def value(self, code: str) -> Decimal | int | None:
        return number(self.data["figures"][code]["value"])

    def knows(self, code: str) -> bool:
        """Whether the figure was there when the snapshot was taken."""
        return code in self.data["figures"]

    def amount(self, code: str) -> Decimal:
        return amount(self.data["figures"][code]["value"])

    def count(self, code: str) -> int:
        return int(self.amount(code))

    def sample(self, *codes: str) -> bool:
        return any(self.data["figures"][code]["sample"] for code in codes)

    def words(self, code: str) -> str:
        """An amount as running text: £4.5 million."""
        return pounds_in_words(self.amount(code))

    def note(self, text: str) -> int:
        return self._notes.setdefault(text, len(self._notes) + 1)

    def note_on(self, code: str) -> int:
        """The note that defines a figure."""
        each = self.data["figures"][code]
        return self.note(f"**{each['title']}.** {each['words']} {each['formula']}.")

    def notes(self) -> tuple[Note, ...]:
        return tuple(Note(number, text) for text, number in self._notes.items())

    def card(self, code: str, *, unit: str = "", label: str = "") -> Figure:
        each = self.data["figures"][code]
        value, before = number(each["value"]), number(each["previous"])
        change = None if value is None or before is None else value - before
        return Figure(
            label=label or each["title"],
            value=value,
            kind=KINDS[each["unit"]],
            unit=unit,
            change=change,
            since=None if change is None else self.since,
            note=self.note_on(code),
            code=code,
            definition=f"{each['words']} {each['formula']}.",
            sample=each["sample"],
        )
