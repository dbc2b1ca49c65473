"""A waiver is asked for by one officer, agreed by a senior officer, and ends by itself."""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send
from programmes.funds.models import Programme
from programmes.organisations.models import Organisation

from . import registry
from .messages import WaiverAgreed
from .models import Waiver


def ask(
    *,
    rule: str,
    programme: Programme,
    organisation: Organisation,
    reason: str,
    starts_on: date,
    ends_on: date,
    by: Actor,
    subject: Any = None,
) -> Waiver:
    """Ask that a rule should not hold for an organisation, from one day to another."""
    require(by, "waivers.ask", programme)
    if rule not in {known.key for known in registry.rules()}:
        raise Refused("Choose one of the rules that are listed.")
    if not reason.strip():
        raise Refused("Give the reason.")
    if ends_on < starts_on or ends_on < clock.today():
        raise Refused("Choose a last day that is not over, and not before the first.")
    _check_subject(subject, programme, organisation)
    if subject and (why_not := registry.rule_of(rule).why_not(subject)):
        raise Refused(why_not)
    with transaction.atomic():
        waiver = Waiver.objects.create(
            rule=rule,
            programme=programme,
            organisation=organisation,
            subject_type=ContentType.objects.get_for_model(subject) if subject else None,
            subject_id=str(subject.pk) if subject else "",
            subject_name=str(subject)[:200] if subject else "",
            reason=reason.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            asked_at=clock.now(),
            asked_by=person(by),
        )
        record("waiver.ask", waiver, by=by, reason=reason)
    return waiver


def _check_subject(subject: Any, programme: Programme, organisation: Organisation) -> None:
    if subject is None:
        return
    if subject.programme_id != programme.pk:
        raise Refused("The call, bid or project belongs to another programme.")
    if getattr(subject, "organisation_id", organisation.pk) != organisation.pk:
        raise Refused("The bid or project belongs to another organisation.")


def agree(*, waiver: Waiver, reason: str, by: Actor) -> Waiver:
    """A senior officer, who did not ask for it, agrees: from now on the rule lets it pass."""
    require(
        by,
        "waivers.agree",
        waiver,
        "A senior officer who did not ask for it agrees to a waiver.",
    )

    def still_needed(locked: Waiver) -> None:
        if locked.ends_on < clock.today():
            raise Refused("Its last day has passed. Ask for another waiver.")

    with transaction.atomic():
        moved = states.move(
            waiver,
            "agree",
            by=by,
            reason=reason,
            guard=still_needed,
            agreed_by=person(by),
            agreed_at=clock.now(),
            decision_reason=reason.strip(),
        )
        send(WaiverAgreed(waiver=moved), key=str(moved.pk))
    return moved


def decline(*, waiver: Waiver, reason: str, by: Actor) -> Waiver:
    require(by, "waivers.agree", waiver, "Somebody else decides about what you asked for.")
    if not reason.strip():
        raise Refused("Say why you decline.")
    return states.move(waiver, "decline", by=by, reason=reason, decision_reason=reason.strip())


def end(*, waiver: Waiver, reason: str, by: Actor) -> Waiver:
    """The rule holds again, from now on."""
    require(by, "waivers.end", waiver)
    if not reason.strip():
        raise Refused("Say why the waiver ends.")
    return states.move(
        waiver,
        "end",
        by=by,
        reason=reason,
        ended_by=person(by),
        ended_at=clock.now(),
        end_reason=reason.strip(),
    )
