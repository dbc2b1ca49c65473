from datetime import date, datetime

from django.db.models import QuerySet

from carefund.core import clock
from programmes.organisations.models import Organisation

from .models import Target, TargetObservation

MEASURED = ("actual", "lower_bound", "derived")


def known(target: Target, moment: datetime | None = None) -> QuerySet[TargetObservation]:
    """What was said about England and not superseded, as known at `moment` (now by default)."""
    moment = moment or clock.now()
    rows = target.observations.filter(area__isnull=True, recorded_at__lte=moment)
    later = TargetObservation.objects.filter(supersedes__isnull=False, recorded_at__lte=moment)
    return rows.exclude(pk__in=later.values("supersedes")).order_by("on", "pk")


def latest(target: Target, moment: datetime | None = None) -> TargetObservation | None:
    """The newest measured value for England, as known at `moment`."""
    return known(target, moment).filter(kind__in=MEASURED).order_by("on", "pk").last()


def national_targets() -> list[tuple[Target, TargetObservation | None]]:
    """Every target with its newest measured value for England, newest target first."""
    return [(row, latest(row)) for row in Target.objects.order_by("-goal_on", "code")]


def standing(
    target: Target, on: date, kind: str, area: Organisation | None
) -> TargetObservation | None:
    """The statement of this day, kind and area that nothing supersedes."""
    rows = target.observations.filter(on=on, kind=kind, area=area, superseded_by__isnull=True)
    return rows.order_by("pk").last()
