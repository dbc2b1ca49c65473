"""The ten minimum requirements of the Government Functional Standard GovS 015: Grants."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from carefund.core.tables import rows

TABLE = Path(__file__).parent / "data" / "govs015.csv"


@dataclass(frozen=True)
class Requirement:
    number: int
    title: str
    words: str
    source: str


@cache
def requirements() -> tuple[Requirement, ...]:
    """All ten, in order, in the words that were published."""
    return tuple(
        Requirement(
            int(row["number"]),
            row["title"],
            row["requirement_wording_seen"],
            row["wording_source"],
        )
        for row in rows(TABLE)
    )


def requirement(number: int) -> Requirement | None:
    return next((one for one in requirements() if one.number == number), None)
