from typing import Any

from .models import ImportRun

TITLES = {
    "changed": "Rows that change what stands",
    "new": "New rows",
    "unchanged": "Rows that say what stands already",
}


def preview_of(run: ImportRun) -> list[dict[str, Any]]:
    """The first rows of each kind, with how many there are of it; what is wrong is told apart."""
    found = []
    for change, title in TITLES.items():
        rows = [row for row in run.preview if row["change"] == change]
        if rows:
            count = run.counts.get(change, len(rows))
            told = title if count == len(rows) else f"{title}: the first {len(rows)} of {count:,}"
            found.append({"title": told, "rows": rows, "before": change == "changed"})
    return found
