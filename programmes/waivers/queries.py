from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from carefund.core import clock
from carefund.core.formats import uk_date
from carefund.core.prepared import Prepared
from programmes.funds.models import Programme
from programmes.organisations.models import Organisation

from .models import Waiver
from .registry import around

RELATED = ("programme", "organisation", "asked_by", "agreed_by", "ended_by", "subject_type")


def waived(rule: str, organisation: Organisation, programme_id: int, *things: Any) -> Waiver | None:
    """The waiver by which `rule` does not hold now for the organisation and these things.

    A waiver for one call, bid or project opens that one alone; one without opens all that the
    organisation has in the programme. One for a bid or project goes wherever that goes, also to
    the successor of whoever it was given to.
    """
    rows = Waiver.objects.in_force(clock.now()).filter(
        _about(things, organisation.pk), rule=rule, programme=programme_id
    )
    return rows.order_by("pk").first()


def _about(things: Iterable[Any], organisation_id: int) -> Q:
    own = Q(organisation=organisation_id)
    found = own & Q(subject_type__isnull=True)
    for thing in things:
        kind = ContentType.objects.get_for_model(thing)
        it = Q(subject_type=kind, subject_id=str(thing.pk))
        # What belongs to one organisation takes its waivers along; a call belongs to none.
        found |= it if hasattr(thing, "organisation_id") else it & own
    return found


def holder_now(waiver: Waiver) -> Organisation | None:
    """Who holds the bid or project by now, if not the organisation to which it was given."""
    holder: Organisation | None = getattr(waiver.subject, "organisation", None)
    return holder if holder and holder.pk != waiver.organisation_id else None


def left_behind(organisation: Organisation) -> list[str]:
    """Waivers that no successor inherits: for everything, or for a call; in words."""
    rows = Waiver.objects.in_force(clock.now()).filter(organisation=organisation)
    found = rows.select_related(*RELATED).order_by("ends_on", "pk")
    return [
        f"{row.title}, for {row.scope}, until {uk_date(row.ends_on)}"
        for row in found
        if row.subject is None or not hasattr(row.subject, "organisation_id")
    ]


def touching(thing: Any) -> QuerySet[Waiver]:
    """Waivers in force now that open something about a bid, project or claim."""
    if not _some(programme=thing.programme_id, now=clock.now(), today=clock.today()):
        return Waiver.objects.none()
    rows = Waiver.objects.in_force(clock.now()).filter(
        _about(around(thing), thing.organisation_id), programme=thing.programme_id
    )
    return rows.select_related(*RELATED).order_by("ends_on", "pk")


# Most programmes waive nothing most of the time.
_some = Prepared(
    lambda programme, now, today: (
        Waiver.objects.in_force_on(now, today)
        .filter(programme=programme)
        .values_list("pk", flat=True)
        .order_by()[:1]
    )
)


def as_at(programme: Programme, moment: datetime) -> list[Waiver]:
    """What was in force at a moment; what is recorded later changes nothing of it."""
    rows = Waiver.objects.in_force(moment).filter(programme=programme)
    return list(rows.select_related(*RELATED).order_by("organisation__name", "ends_on", "pk"))


def filtered(
    rows: QuerySet[Waiver], *, rule: str = "", state: str = "", programme: str = ""
) -> QuerySet[Waiver]:
    wanted = {"rule": rule, "state": state, "programme__code": programme}
    return rows.filter(**{name: value for name, value in wanted.items() if value})
