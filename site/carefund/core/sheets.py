"""Columns of the spreadsheets that people download."""

from datetime import datetime
from typing import Any

from import_export import fields, resources

from . import clock


class Cell(fields.Field):
    """A column that keeps numbers and dates as such; instants are in London's time."""

    def __init__(self, attribute: str, heading: str) -> None:
        super().__init__(attribute, heading)

    def export(self, instance: Any, **kwargs: Any) -> Any:
        value = self.get_value(instance)
        if value is None:
            return ""
        if isinstance(value, datetime):
            return value.astimezone(clock.LONDON).replace(tzinfo=None)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return value if isinstance(value, int | float) or _is_plain(value) else str(value)


def _is_plain(value: Any) -> bool:
    return hasattr(value, "as_tuple") or hasattr(value, "isoformat")  # Decimal, date


class Sheet(resources.Resource):
    """Declare `Cell`s in the order of the columns."""
