from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache, reduce
from operator import or_
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from carefund.core.prepared import Prepared

from . import content, wording
from .models import Entry, Link, Seal, Unsealed, by_kind
from .telling import STATE, Telling, colleagues_of, told_verbs
from .telling import telling as telling_of

OUTSIDE = "the department"
# What a timeline tells of an entry.
TOLD = (
    *("at", "actor", "roles", "verb", "object_type", "changes", "reason"),
    *("particulars__actor_name", "particulars__personal_changes"),
)


def entries_about(*objects: models.Model, to: Any) -> QuerySet[Entry]:
    """The record of a case, newest first, as far as `to` may read it."""
    rows = Entry.objects.about(*objects)
    if objects and reads_all(to, objects[0]):
        return rows
    return rows.filter(verb__in=told_verbs())


def reads_all(reader: Any, obj: models.Model) -> bool:
    """Whether the reader works on the case in the department, or reads everything."""
    return reader.has_perm("audit.read") or reader.has_perm("audit.read_inside", obj)


def last_move(obj: models.Model) -> tuple[datetime, str] | None:
    """When it came into the state that it is in, and the reason given, as the record has it."""
    kind = ContentType.objects.get_for_model(obj)
    return _came_into.first(kind=kind.pk, number=str(obj.pk), state=getattr(obj, STATE))


_came_into = Prepared(
    lambda kind, number, state: (
        Entry.objects.filter(object_type=kind, object_id=number)
        .annotate(to=Cast(KT("changes__state__1"), TextField()))
        .filter(to=state)
        .order_by("-pk")
        .values_list("at", "reason")[:1]
    )
)


def timeline(*objects: models.Model, to: Any, most: int = 50) -> list[dict[str, Any]]:
    """The newest entries about `objects` that `to` may read, for components/timeline.html."""
    if not objects:
        return []
    whole = reads_all(to, objects[0])
    return items(_newest_about(objects, most, whole=whole), to=to, whole=whole)


def _newest_about(objects: Sequence[models.Model], most: int, *, whole: bool) -> list[Entry]:
    asked: dict[str, Any] = {}
    for place, (kind, numbers) in enumerate(by_kind(objects).items()):
        asked |= {f"kind_{place}": kind.pk, f"of_{place}": _padded(numbers)}
    rows = _newest(most, whole=whole)(**asked)
    nameless = {row.actor_id for row in rows if row.actor_id and not row.particulars.actor_name}
    people = get_user_model()._default_manager.in_bulk(nameless) if nameless else {}
    for row in rows:
        row.object_type = ContentType.objects.get_for_id(row.object_type_id)
        if row.actor_id in people:
            row.actor = people[row.actor_id]
    return rows


def _padded(numbers: list[str]) -> list[str]:
    """The same numbers, some of them again: so that there are statements for few lengths only."""
    length = 1 << (len(numbers) - 1).bit_length()
    return numbers + numbers[-1:] * (length - len(numbers))


@cache
def _newest(most: int, *, whole: bool) -> Prepared[Entry]:
    """The newest entries about objects of `kind_N` with the numbers `of_N`, for timelines."""

    def build(**asked: Any) -> QuerySet[Entry]:
        rows = Entry.objects.select_related("particulars").only(*TOLD).order_by("-pk")
        wanted = [
            Q(object_type=asked[name], object_id__in=asked[name.replace("kind", "of")])
            for name in asked
            if name.startswith("kind")
        ]
        rows = rows.filter(reduce(or_, wanted))
        return (rows if whole else rows.filter(verb__in=told_verbs()))[:most]

    return Prepared(build)


def items(rows: Sequence[Entry], *, to: Any, whole: bool) -> list[dict[str, Any]]:
    """Entries as the timeline takes them; not `whole`: as organisations may read them."""
    names = names_in(rows)
    own = set() if whole else colleagues_of(to)
    return [_item(row, names, whole=whole, ours=row.actor_id in own) for row in rows]


def names_in(rows: Iterable[Entry]) -> dict[int, str]:
    """The names of the people that the changes speak of."""
    wanted = {pk for row in rows for pk in wording.people_in(row.changes)}
    people = get_user_model()._default_manager.in_bulk(wanted)
    return {pk: str(person) for pk, person in people.items()}


def _item(row: Entry, names: dict[int, str], *, whole: bool, ours: bool) -> dict[str, Any]:
    said = telling_of(row.verb)
    open_ = whole or ours
    system = row.actor_id is None
    return {
        "what": said.words,
        "who": row.actor_name if open_ or system else OUTSIDE,
        "roles": [] if system or not open_ else row.roles,
        "at": row.at,
        "reason": row.reason if open_ or said.reason else "",
        "tag": _tag(row),
        "changes": changes(row, names, None if open_ else said),
    }


def _tag(row: Entry) -> Any:
    moved = row.changes.get(STATE)
    model = row.object_type.model_class()
    table = getattr(model._meta.get_field(STATE), "table", None) if model and moved else None
    return table.states.get(moved[1]) if table else None


def changes(row: Entry, names: dict[int, str], said: Telling | None = None) -> list[dict[str, str]]:
    """Each field that changed: its name, before and after; only what `said` tells, if given."""
    model = row.object_type.model_class()
    pairs = {**row.changes, **row.particulars.personal_changes}
    return [
        {
            "label": wording.label(model, name),
            "before": wording.value(model, name, pair[0], names),
            "after": wording.value(model, name, pair[1], names),
        }
        for name, pair in sorted(pairs.items())
        if name != STATE and (said is None or said.tells(name))
    ]


def all_changes(row: Entry, names: dict[int, str]) -> list[dict[str, str]]:
    """As `changes`, the state among them."""
    moved, model = row.changes.get(STATE), row.object_type.model_class()
    if not moved:
        return changes(row, names)
    before, after = (wording.value(model, STATE, side, names) for side in moved)
    first = {"label": wording.label(model, STATE), "before": before, "after": after}
    return [first, *changes(row, names)]


def address_of(row: Entry) -> str:
    """Where what the entry is about has a page; empty when it has none or is gone."""
    model = row.object_type.model_class()
    if model is None or not hasattr(model, "get_absolute_url"):
        return ""
    try:
        found = model._base_manager.filter(pk=row.object_id).first()
    except (ValueError, ValidationError):
        return ""
    return str(found.get_absolute_url()) if found else ""


def is_sound(row: Entry) -> bool:
    """Whether the entry is what was written, as far as it can tell by itself."""
    return content.digest_of(row) == row.digest


def chain_status() -> dict[str, Any]:
    """How far the chain goes, and what waits for the sealer."""
    return {
        "last": Link.objects.order_by("-position").first(),
        "sealed": Seal.objects.order_by("-pk").first(),
        "waiting": Unsealed.objects.count(),
    }
