"""The report in the order in which ministers' teams read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..document.model import Document
from . import delivery, exceptions, glance, method, money, national, places, worth
from .reading import Reading

SAMPLE = (
    "This report includes sample data, made up to show how the service works and marked where it "
    "stands. It says nothing about a real organisation or outcome."
)


@dataclass(frozen=True)
class Identity:
    """What tells one report from another."""

    reference: str
    status: str
    fingerprint: str
    produced_at: datetime | None = None


def document(
    snapshot: Mapping[str, Any], identity: Identity, *, with_rows: bool = False
) -> Document:
    """The same snapshot and identity always make the same document."""
    reading = Reading(snapshot)
    parts = [
        glance.part(reading),
        money.part(reading),
        delivery.milestones(reading),
        worth.part(reading),
        national.part(reading),
        delivery.stories(reading),
        places.part(reading),
        *exceptions.waivers(reading),
        method.what_changed(reading),
        method.method(reading),
    ]
    if with_rows:
        parts.append(method.rows(reading))
    return Document(
        title="Benefits report",
        subtitle=reading.programme["summary"],
        programme=reading.programme["name"],
        as_at=reading.as_at,
        reference=identity.reference,
        fingerprint=identity.fingerprint,
        status=identity.status,
        author=reading.programme["funder"],
        produced_at=identity.produced_at,
        sample_notice=SAMPLE if has_samples(snapshot) else None,
        parts=tuple(parts),
    )


def has_samples(snapshot: Mapping[str, Any]) -> bool:
    lists = ("money", "milestones", "projects", "benefits", "stories", "changes")
    target = snapshot["target"] or {"statements": []}
    rows = [*(x for name in lists for x in snapshot[name]), *target["statements"]]
    rows += snapshot.get("waivers", [])
    figures = snapshot["figures"].values()
    return snapshot["programme"]["sample"] or any(x["sample"] for x in (*rows, *figures))
