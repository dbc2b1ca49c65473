from decimal import Decimal
from typing import Any

from .base import Column, Options, Table
from .registry import question_type, register
from .rows import FEWEST, MOST, RowsType


@register
class Partners(RowsType):
    """[{"name", "role", "commitment" (pounds), "contact" (email address)}]."""

    name = "partners"
    title = "Partners"
    icon = "group"
    help = "The organisations that take part: what each does, brings in pounds, and a contact."
    word = "partner"
    holds_contact = True
    settings = (FEWEST, MOST)

    def columns(self, options: Options) -> list[Column]:
        return [
            Column("name", "short_text", "Organisation", question_type("short_text")),
            Column("role", "short_text", "What it will do", question_type("short_text")),
            Column(
                "commitment",
                "money",
                "What it brings in",
                question_type("money"),
                hint="In pounds. Enter 0 if it brings no money.",
            ),
            Column(
                "contact",
                "email",
                "Contact",
                question_type("email"),
                hint="An email address. We do not publish it.",
                required=False,
            ),
        ]

    def table(self, value: Any, options: Options) -> Table:
        made = super().table(value, options)
        sums = [row["commitment"] or Decimal(0) for row in self.read(value, options) or ()]
        total = ["Total", "", f"£{sum(sums):,.2f}".removesuffix(".00"), ""] if made.rows else None
        return Table(made.head, made.rows, total, made.numeric)
