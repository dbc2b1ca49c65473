"""What became known between two moments."""

from decimal import Decimal
from typing import Any

from reports.figures import registry
from reports.figures.facts import Facts
from reports.figures.model import Change, Row

KINDS = (
    ("awards", "Grant awarded"),
    ("paid", "Payment"),
    ("milestones_achieved", "Milestone achieved"),
    ("verified", "Benefit verified"),
    ("target", "National target"),
)


# So many of a kind are told one by one, the rest together.
MOST = 1000


def between(before: Facts, after: Facts) -> list[dict[str, Any]]:
    """New facts of the main figures in the order of the report; taken back ones are told too."""
    lines = []
    for code, words in KINDS:
        lines += _lines(code, words, registry.new(before, after, code, MOST))
        gone = registry.gone(before, after, code, MOST)
        lines += _lines(code, f"{words}: no longer counted", gone)
    return lines


def _lines(code: str, words: str, change: Change) -> list[dict[str, Any]]:
    lines = [_line(code, words, row) for row in change.rows]
    left = change.count - len(change.rows)
    if left:
        rest = change.amount - sum((row.amount for row in change.rows), Decimal(0))
        last = change.rows[-1]
        about = f"{left:,} more, which the page of the figure lists"
        lines.append({**_line(code, words, last), "what": about, "who": "", "amount": rest})
    return lines


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
