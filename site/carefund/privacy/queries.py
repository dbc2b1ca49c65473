"""What is held about a person, and what is due under the retention rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from carefund.audit.models import Entry
from carefund.core import clock, privacy
from carefund.files.models import StoredFile

from .models import RetentionRun

THEIRS = "Emptied or deleted"
STAYS = "Kept"


@dataclass(frozen=True)
class Held:
    """One kind of thing held about a person: how much, and what anonymising does to it."""

    title: str
    rows: int
    effect: str
    why: str


def held_about(person: Any) -> list[Held]:
    """Everything by kind, what is emptied first; kinds without rows are left out."""
    found = [_held(tie, tie.rows(person).count()) for tie in privacy.ties()]
    record = entries_of(person).count()
    found.append(
        Held(
            "Entries of the record",
            record,
            "Names and addresses are taken out",
            "What was done stays; the chain stays whole.",
        )
    )
    return sorted((one for one in found if one.rows), key=lambda one: (one.effect, one.title))


def _held(tie: privacy.Tie, rows: int) -> Held:
    if tie.erase:
        return Held(tie.title, rows, THEIRS, tie.says)
    return Held(tie.title, rows, STAYS, tie.keep)


def entries_of(person: Any) -> Any:
    """What the record says of a person: what they did, and what was done about them."""
    about = Q(
        object_type=ContentType.objects.get_for_model(get_user_model()), object_id=str(person.pk)
    )
    for tie in privacy.ties():
        if tie.names_person:
            kind = ContentType.objects.get_for_model(tie.model)
            numbers = [str(pk) for pk in tie.rows(person).values_list("pk", flat=True)]
            about |= Q(object_type=kind, object_id__in=numbers)
    return Entry.objects.filter(Q(actor=person.pk) | about)


def files_of_person(person: Any) -> Any:
    held = StoredFile.objects.filter(uploaded_by=person)
    return held.exclude(scan__in=[StoredFile.Scan.INFECTED, StoredFile.Scan.REMOVED])


def unclassified() -> list[str]:
    """Ties of tables to people that nobody declared; the tests want this to be empty."""
    known = {tie.label for tie in privacy.ties()}
    return sorted(_labels_to_people() - known)


def _labels_to_people() -> set[str]:
    user = get_user_model()
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.remote_field and field.remote_field.model is user
    }


@dataclass(frozen=True)
class Line:
    """A retention rule as the page shows it."""

    rule: privacy.Rule
    due: int
    last: RetentionRun | None


def schedule() -> list[Line]:
    """Every rule with what is due now and what it did last."""
    last: dict[str, RetentionRun] = {}
    for run in RetentionRun.objects.filter(night__gte=clock.today() - timedelta(days=40)).order_by(
        "night"
    ):
        last[run.rule] = run
    return [
        Line(rule, rule.due(before(rule)).count(), last.get(rule.key)) for rule in privacy.rules()
    ]


def before(rule: privacy.Rule) -> datetime:
    """What is older than this is due."""
    return clock.now() - timedelta(days=rule.days)


def total(held: Iterable[Held]) -> int:
    return sum(one.rows for one in held)
