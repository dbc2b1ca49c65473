"""Benefits: promised in the bid, measured by the authority, verified by the department."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.money import LARGEST, ZERO
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.files.actions import store
from grants.bids.queries import form_of, submitted_answers
from grants.delivery.models import Project

from .models import BenefitForecast, BenefitObservation, BenefitProfile, Verification
from .valuing import improvement, worth


def take_over_plan(*, project: Project, by: Actor) -> list[BenefitProfile]:
    """Make the benefit profiles and forecasts that the bid of a project promised."""
    bid = project.offer.bid
    plan = form_of(bid).first("benefits")
    rows: list[dict[str, Any]] = (submitted_answers(bid).get(plan.key) or []) if plan else []
    with transaction.atomic():
        made = [_take_over(project, number, row, by) for number, row in enumerate(rows, 1)]
        for benefit in made:
            record("benefit.take_over", benefit, by=by)
    return made


def _take_over(project: Project, number: int, row: dict[str, Any], by: Actor) -> BenefitProfile:
    benefit = BenefitProfile.objects.create(
        project=project,
        number=number,
        title=row["title"],
        benefit_class=row["class"],
        measure=row["measure"],
        unit=row["unit"],
        baseline=Decimal(row["baseline"]),
        baseline_on=date.fromisoformat(row["baseline_on"]),
        target=Decimal(row["target"]),
        owner=row["owner"],
        unit_value=Decimal(row["unit_value"]) if row.get("unit_value") else None,
        unit_value_source=row.get("unit_value_source", ""),
        attribution=int(row.get("attribution") or 100),
        source=row.get("source", ""),
        is_sample=bool(row.get("sample", project.is_sample)),
    )
    for year, amount in sorted(row.get("forecast", {}).items()):
        BenefitForecast.objects.create(
            benefit=benefit,
            financial_year=int(year),
            amount=Decimal(amount),
            recorded_at=clock.now(),
            recorded_by=person(by),
        )
    return benefit


def revise_forecast(
    *, benefit: BenefitProfile, financial_year: int, amount: Decimal, reason: str, by: Actor
) -> BenefitForecast:
    """Promise another sum for a year; the earlier promise stays on the record."""
    require(by, "benefits.record", benefit)
    if not reason.strip():
        raise Refused("Say why the forecast changes.")
    with transaction.atomic():
        BenefitProfile.objects.select_for_update().get(pk=benefit.pk)
        rows = benefit.forecasts.filter(financial_year=financial_year)
        before = rows.filter(superseded_by__isnull=True).first()
        forecast = BenefitForecast.objects.create(
            benefit=benefit,
            financial_year=financial_year,
            amount=amount,
            recorded_at=clock.now(),
            recorded_by=person(by),
            supersedes=before,
        )
        change = (before.amount if before else None, amount)
        record(
            "benefit.revise_forecast",
            benefit,
            by=by,
            changes={str(financial_year): change},
            reason=reason,
        )
    return forecast


class TooLarge(Refused):
    """A slip of the pen: nothing that is measured is so large, or worth so much."""

    message = "Check the measured value and its unit. It is too large to be right."


def observe(
    *,
    benefit: BenefitProfile,
    period_starts_on: date,
    period_ends_on: date,
    measured: Decimal,
    method: str,
    by: Actor,
    evidence: Any = None,
    source: str = "",
) -> BenefitObservation:
    """Record what was measured for a period, at the yearly scale of the baseline.

    A second record for the same period supersedes the first, which stays on the record.
    """
    require(by, "benefits.record", benefit)
    if period_ends_on > clock.today() or period_ends_on <= period_starts_on:
        raise Refused("Record a period that has ended.")
    if not method.strip():
        raise Refused("Say how it was measured.")
    amount = worth(benefit, measured, period_starts_on, period_ends_on)
    if max(abs(measured), abs(amount or ZERO)) > LARGEST:
        raise TooLarge
    with transaction.atomic():
        BenefitProfile.objects.select_for_update().get(pk=benefit.pk)
        before = benefit.observations.filter(
            period_starts_on=period_starts_on, superseded_by__isnull=True
        ).first()
        observation = BenefitObservation.objects.create(
            benefit=benefit,
            period_starts_on=period_starts_on,
            period_ends_on=period_ends_on,
            measured=measured,
            improvement=improvement(benefit, measured),
            amount=amount,
            method=method.strip(),
            recorded_at=clock.now(),
            recorded_by=person(by),
            supersedes=before,
            source=source,
            is_sample=benefit.is_sample,
        )
        if evidence:
            store(upload=evidence, subject=observation, role="evidence", by=by)
        record(
            "benefit.observe",
            benefit,
            by=by,
            changes={"measured": (before.measured if before else None, measured)},
        )
    return observation


def verify(
    *, observation: BenefitObservation, accepted: bool, note: str, by: Actor
) -> Verification:
    """Find that an observation holds, or say why not. Never by the person who recorded it."""
    require(
        by,
        "benefits.verify",
        observation,
        "A benefit is verified by someone who did not record it.",
    )
    if not accepted and not note.strip():
        raise Refused("Say why the observation is not accepted.")
    with transaction.atomic():
        locked = BenefitObservation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
        if BenefitObservation.objects.filter(supersedes=locked).exists():
            raise Refused("A later observation has replaced this one. Verify that one.")
        if Verification.objects.filter(observation=locked).exists():
            raise Refused("This observation has been decided on already.")
        found = Verification.objects.create(
            observation=locked,
            accepted=accepted,
            note=note.strip(),
            recorded_by=locked.recorded_by,
            verified_by=person(by),
            verified_at=clock.now(),
        )
        record(
            "benefit.verify",
            locked.benefit,
            by=by,
            changes={"accepted": (None, accepted)},
            reason=note,
        )
    return found
