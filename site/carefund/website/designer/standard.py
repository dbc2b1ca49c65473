"""What a new form begins with."""

from decimal import Decimal
from typing import Any

from programmes.calls.standard_form import definition

from .writing import stream

# The call gives its own to the budget.
OF_THE_CALL = ("years", "smallest", "largest")


def standard_stream() -> list[dict[str, Any]]:
    """The questions that most calls ask."""
    form = definition(years=[], smallest=Decimal(0), largest=Decimal(0))
    for section in form["sections"]:
        for question in section["questions"]:
            for name in OF_THE_CALL:
                question.get("options", {}).pop(name, None)
    return stream(form)
