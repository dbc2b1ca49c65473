"""Picking the organisations of a merger: searched for, then chosen, all in the address.

It works without JavaScript, can be sent to a colleague, and nothing has to be typed by code.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from programmes.organisations import queries as known
from programmes.organisations.models import Organisation

MOST_FOUND, MOST_GONE, MOST_DIGITS = 20, 20, 18


@dataclass(frozen=True)
class Picked:
    """Who ends, who goes on, and what was searched for."""

    gone: tuple[Organisation, ...] = ()
    successor: Organisation | None = None
    q: str = ""
    found: tuple[Organisation, ...] = field(default=(), compare=False)

    @classmethod
    def read(cls, given: QueryDict, rows: Any) -> "Picked":
        numbers = [n for n in given.getlist("predecessors") if _is_number(n)][:MOST_GONE]
        by_number = {str(row.pk): row for row in rows.filter(pk__in=numbers)}
        gone = tuple(by_number[n] for n in dict.fromkeys(numbers) if n in by_number)
        wanted = given.get("successor", "")
        successor = rows.filter(pk=wanted).first() if _is_number(wanted) else None
        q = " ".join(given.get("q", "").split())[:100]
        taken = {row.pk for row in (*gone, successor) if row}
        hits = known.filtered(rows, q, "").exclude(pk__in=taken).order_by("name") if q else ()
        return cls(gone, successor, q, tuple(hits[:MOST_FOUND]))

    @property
    def choices(self) -> list[tuple[Organisation, str, str]]:
        """Each organisation found, with the addresses that choose it: to end, to go on."""
        return [
            (
                row,
                replace(self, gone=(*self.gone, row)).address,
                replace(self, successor=row).address,
            )
            for row in self.found
        ]

    @property
    def ending(self) -> list[tuple[Organisation, str]]:
        """Who ends, with the address that leaves them out again."""
        return [
            (row, replace(self, gone=tuple(g for g in self.gone if g != row)).address)
            for row in self.gone
        ]

    @property
    def without_successor(self) -> str:
        return replace(self, successor=None).address

    @property
    def address(self) -> str:
        wanted = [("predecessors", row.pk) for row in self.gone]
        wanted += [("successor", self.successor.pk)] if self.successor else []
        return f"?{urlencode([*wanted, ('q', self.q)])}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
