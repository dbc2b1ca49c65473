"""Rows added and changed by statements that are written once: without signals or `save`.

On PostgreSQL rows that belong together go in by one statement, whose plan the database keeps.
"""

from .rows import Outdated, Rows, change, together
from .statements import Insertion, Removal, Standing, Wanted

__all__ = [
    "Insertion",
    "Outdated",
    "Removal",
    "Rows",
    "Standing",
    "Wanted",
    "change",
    "together",
]
