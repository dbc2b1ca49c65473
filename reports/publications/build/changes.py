"""What became known between two moments."""

from typing import Any

from reports.figures import registry
from reports.figures.facts import Facts
from reports.figures.model import Row

KINDS = (
    ("awards", "Grant awarded"),
    ("paid", "Payment"),
    ("milestones_achieved", "Milestone achieved"),
    ("verified", "Benefit verified"),
    ("target", "National target"),
)


def between(before: Facts, after: Facts) -> list[dict[str, Any]]:
    """New rows of the main figures in the order of the report; taken back ones are told too."""
    lines = []
    for code, words in KINDS:
        old = {_key(row): row for row in registry.of(before, code).rows}
        new = {_key(row): row for row in registry.of(after, code).rows}
        lines += [_line(code, words, row) for key, row in new.items() if key not in old]
        gone = [row for key, row in old.items() if key not in new]
        lines += [_line(code, f"{words}: no longer counted", row) for row in gone]
    return lines


def _key(row: Row) -> tuple[str, int]:
    return row.record, row.pk


def _line(code: str, words: str, row: Row) -> dict[str, Any]:
    money = code in {"awards", "paid", "verified"}
    return {
        "kind": words,
        "what": row.what,
        "who": row.who,
        "on": row.on,
        "amount": row.amount if money else None,
        "sample": row.sample,
    }
