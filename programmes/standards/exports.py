from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from carefund.core.clock import LONDON
from carefund.core.sheets import Sheet

HEADINGS = (
    "Organisation", "Identifier", "Region", "Standard", "Version", "Measure", "Title", "Level",
    "Called", "Evidence", "Submitted", "Sample data",
)  # fmt: skip


class ProfileSheet(Sheet):
    """What each organisation submitted last, a line for each measure."""

    def table(self, rows: Iterable[Any]) -> Iterator[Sequence[Any]]:
        yield HEADINGS
        for row in rows:
            place = row.organisation
            about = (
                place.name, place.org_id, str(place.region or ""), row.standard.name,
                row.standard.version,
            )  # fmt: skip
            for answer in row.levels:
                measure, level = answer.measure, answer.level
                said = (measure.number, measure.title, level.level, level.name, answer.evidence)
                day = row.submitted_at.astimezone(LONDON).date()
                yield (*about, *said, day, "Yes" if row.is_sample else "No")
