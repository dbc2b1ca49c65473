from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record

from ..models import Project, Risk, RiskAssessment

SCALE = range(1, 6)


def raise_risk(
    *, project: Project, title: str, mitigation: str, likelihood: int, impact: int, by: Actor
) -> Risk:
    require(by, "delivery.contribute", project)
    if not title.strip():
        raise Refused("Name the risk.")
    with transaction.atomic():
        risk = Risk.objects.create(
            project=project,
            title=title.strip(),
            mitigation=mitigation.strip(),
            raised_at=clock.now(),
            is_sample=project.is_sample,
        )
        assess_risk(risk=risk, likelihood=likelihood, impact=impact, by=by)
        record("risk.raise", risk, by=by)
    return risk


def assess_risk(*, risk: Risk, likelihood: int, impact: int, by: Actor) -> RiskAssessment:
    """How likely and how bad the risk is now, each from 1 to 5."""
    require(by, "delivery.contribute", risk.project)
    if likelihood not in SCALE or impact not in SCALE:
        raise Refused("Rate likelihood and impact from 1 to 5.")
    with transaction.atomic():
        row = RiskAssessment.objects.create(
            risk=risk,
            likelihood=likelihood,
            impact=impact,
            recorded_at=clock.now(),
            recorded_by=person(by),
        )
        change = {"likelihood": (None, likelihood), "impact": (None, impact)}
        record("risk.assess", risk, by=by, changes=change)
    return row


def close_risk(*, risk: Risk, by: Actor) -> Risk:
    require(by, "delivery.contribute", risk.project)
    with transaction.atomic():
        locked = Risk.objects.select_for_update().get(pk=risk.pk)
        locked.closed_at = locked.closed_at or clock.now()
        locked.save(update_fields=["closed_at"])
        record("risk.close", locked, by=by)
    return locked
