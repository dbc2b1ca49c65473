"""Reading the tables that the product ships."""

import csv
from collections.abc import Iterator
from pathlib import Path


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file with a heading, as text."""
    with path.open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)
