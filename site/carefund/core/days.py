"""A day in one piece, as people and computers write it."""

import re
from datetime import date

# As a computer writes it, and as Excel does in this country: the day first, always.
WRITTEN = (
    re.compile(r"(?P<y>[1-9][0-9]{3})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"),
    re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[1-9][0-9]{3})"),
)


def day_in(text: str) -> date | None:
    """The day that is written as 2026-03-31 or 31/3/2026; None where there is no such day."""
    found = next(filter(None, (one.fullmatch(text.strip()) for one in WRITTEN)), None)
    try:
        return date(*(int(found[part]) for part in "ymd")) if found else None
    except ValueError:
        return None
