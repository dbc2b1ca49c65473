"""The record as a file, however long it is: written as it is read."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from carefund.core import clock

from . import queries
from .models import Entry
from .telling import telling

AT_ONCE = 1000
HEAD = [
    "Entry",
    "When (London)",
    "Person number",
    "Person",
    "Roles",
    "What was done",
    "Verb",
    "Kind",
    "Object number",
    "Object",
    "Changes",
    "Reason",
    "Internet address",
    "Browser",
    "Request",
    "Digest",
]


def lines(rows: QuerySet[Entry]) -> Iterator[list[Any]]:
    """One line for each entry, newest first; pages by number keep the memory small."""
    below = None
    while True:
        page = list((rows.filter(pk__lt=below) if below else rows).order_by("-pk")[:AT_ONCE])
        names = queries.names_in(page)
        for row in page:
            yield _line(row, names)
        if len(page) < AT_ONCE:
            return
        below = page[-1].pk


def _line(row: Entry, names: dict[int, str]) -> list[Any]:
    changed = queries.changes(row, names)
    told = [f"{c['label']}: {c['before']} → {c['after']}" for c in changed]
    state = row.changes.get("state")
    told = [f"State: {state[0]} → {state[1]}", *told] if state else told
    return [
        row.pk,
        row.at.astimezone(clock.LONDON).strftime("%Y-%m-%d %H:%M:%S"),
        row.actor_id or "",
        row.actor_name,
        ", ".join(row.roles),
        telling(row.verb).words,
        row.verb,
        row.object_type.name,
        row.object_id,
        row.object_name,
        "; ".join(told),
        row.reason,
        row.address or "",
        row.particulars.agent,
        row.request_id,
        row.digest,
    ]


def table(rows: QuerySet[Entry]) -> Iterator[list[Any]]:
    """The headings, then one line for each entry, newest first."""
    yield HEAD
    yield from lines(rows)
