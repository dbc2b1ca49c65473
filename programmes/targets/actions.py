"""Statements about a target are recorded, and superseded by later ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor
from carefund.core.copying import copy_in
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record, record_all
from programmes.organisations.models import Organisation

from . import queries
from .models import Target, TargetObservation

Kind = TargetObservation.Kind
KINDS, HUNDRED = frozenset(Kind.values), Decimal(100)


@dataclass(frozen=True)
class Statement:
    """What is said about a target: for a day, of a kind, about an area (None: England)."""

    on: date
    value: Decimal
    kind: str
    statement: str
    source: str
    area: Organisation | None = None


def check(said: Statement) -> None:
    """Raise `Refused` for a statement that cannot be true or cannot be traced."""
    if said.kind not in KINDS:
        raise Refused("Choose one of the kinds of statement.")
    if not 0 <= said.value <= HUNDRED:
        raise Refused("The value is a percentage between 0 and 100.")
    if said.kind in queries.MEASURED and said.on > clock.today():
        raise Refused("Something measured cannot lie in the future.")
    if not said.source.strip():
        raise Refused("Say where the value was published.")


def record_observation(
    *, target: Target, said: Statement, by: Actor, is_sample: bool = False
) -> TargetObservation:
    """Record a statement. One for the same day, kind and area supersedes the earlier one."""
    require(by, "targets.record", target)
    check(said)
    with transaction.atomic():
        Target.objects.select_for_update().get(pk=target.pk)
        before = queries.standing(target, said.on, said.kind, said.area)
        values = _values(target, said, by, before.pk if before else None)
        observation = TargetObservation.objects.create(
            **{**values, "recorded_at": clock.now(), "is_sample": is_sample}
        )
        change = (before.value if before else None, said.value)
        record("target.record", target, by=by, changes={_what(said): change})
    return observation


def hold_targets() -> None:
    """Until the end of the transaction nobody else records a statement about any target."""
    list(Target.objects.select_for_update().order_by("pk").values_list("pk"))


def record_observations(
    *, rows: Sequence[tuple[Target, Statement, queries.Standing | None]], by: Actor
) -> None:
    """The same as `record_observation` for many, each with what it supersedes (or None).

    The caller holds the targets since before it looked at what stands.
    """
    for target in {target for target, _, _ in rows}:
        require(by, "targets.record", target)
    made, deeds, now = [], [], {"recorded_at": clock.now()}
    for target, said, before in rows:
        check(said)
        made.append({**_values(target, said, by, before.pk if before else None), **now})
        change = (before.value if before else None, said.value)
        deeds.append((target, {_what(said): change}))
    with transaction.atomic():
        copy_in(TargetObservation, made)
        record_all("target.record", deeds, by=by)


def _values(target: Target, said: Statement, by: Actor, before: int | None) -> dict[str, Any]:
    return {
        "target_id": target.pk,
        "area_id": said.area.pk if said.area else None,
        "on": said.on,
        "value": said.value,
        "kind": said.kind,
        "statement": said.statement.strip(),
        "source": said.source.strip(),
        "recorded_by_id": by.pk,
        "supersedes_id": before,
        "is_sample": False,
    }


def _what(said: Statement) -> str:
    """The words of the record. What is about one area only names it."""
    area = f" {said.area.org_id}" if said.area else ""
    return f"{said.kind} {said.on}{area}"
