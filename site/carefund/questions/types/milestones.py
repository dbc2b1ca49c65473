from typing import Any

from ..values import day
from .base import Column, Options
from .registry import question_type, register
from .rows import Row, RowsType


@register
class MilestonePlan(RowsType):
    """[{"title", "date", "evidence"}] with dates as ISO text."""

    name = "milestones"
    title = "Milestone plan"
    icon = "calendar-check"
    help = "Milestones with a date and the evidence that will show each. They go to the project."
    word = "milestone"

    def columns(self, options: Options) -> list[Column]:
        text, date = question_type("short_text"), question_type("date")
        return [
            Column("title", "short_text", "What will be done", text, options={"longest": 200}),
            Column("date", "date", "Date", date),
            Column(
                "evidence",
                "short_text",
                "How you will show that it is done",
                text,
                required=False,
                options={"longest": 500},
            ),
        ]

    def head(self, options: Options) -> list[str]:
        return ["Milestone", "Date", "Evidence"]

    def fits(self, value: Any, options: Options) -> bool:
        return value == "" or (
            isinstance(value, list)
            and all(isinstance(row, dict) for row in value)
            and all(isinstance(row.get(k, ""), str) for row in value for k in ("title", "evidence"))
        )

    def row_problem(self, number: int, row: Row, options: Options) -> str:
        if not row.get("title"):
            return f"Give milestone {number} a title."
        if day(row.get("date")) is None:
            return f"Give milestone {number} a real date, such as 27 3 2027."
        return super().row_problem(number, row, options)
