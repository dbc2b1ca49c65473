"""What a programme is for, who answers for it, and how it is reviewed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record

from ..models import AnnualReview, FundingSource, Programme, RequirementAnswer, Theme
from ..requirements import requirement


def create_programme(*, by: Actor, **values: Any) -> Programme:
    """Begin a programme. `values` are the fields of `Programme`."""
    require(by, "funds.create_programme")
    with transaction.atomic():
        programme = Programme(**values)
        programme.full_clean()
        programme.save()
        record("programme.create", programme, by=by)
    return programme


def update_programme(*, programme: Programme, by: Actor, **values: Any) -> Programme:
    require(by, "funds.manage_programme", programme)
    with transaction.atomic():
        locked = Programme.objects.select_for_update().get(pk=programme.pk)
        moved = {k: (getattr(locked, k), v) for k, v in values.items() if getattr(locked, k) != v}
        for name, (_, after) in moved.items():
            setattr(locked, name, after)
        locked.full_clean()
        if moved:
            locked.save(update_fields=list(moved))
            record("programme.update", locked, by=by, changes=moved)
    return locked


def save_themes(*, programme: Programme, names: Sequence[tuple[str, str]], by: Actor) -> None:
    """Make the list of themes this one: (code, name). A theme that is left out ends; it stays."""
    require(by, "funds.manage_programme", programme)
    codes = [code for code, _ in names]
    if len(set(codes)) != len(codes):
        raise Refused("Two themes have the same code.")
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        before = {t.code: t for t in programme.themes.all()}
        told = sorted(t.name for t in before.values() if not t.ended_on)
        for code, name in names:
            theme = before.pop(code, None) or Theme(programme=programme, code=code)
            theme.name, theme.ended_on = name, None
            theme.full_clean()
            theme.save()
        for left_out in before.values():
            left_out.ended_on = left_out.ended_on or clock.today()
            left_out.save(update_fields=["ended_on"])
        after = sorted(name for _, name in names)
        if told != after:
            record("programme.save_themes", programme, by=by, changes={"themes": (told, after)})


def add_source(
    *, programme: Programme, name: str, amount: Decimal | None, reference: str, by: Actor
) -> FundingSource:
    """Say where money of the programme comes from."""
    require(by, "funds.manage_programme", programme)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        if programme.funding_sources.filter(name__iexact=name.strip()).exists():
            raise Refused("This source is listed already.")
        row = FundingSource.objects.create(
            programme=programme, name=name.strip(), amount=amount, reference=reference.strip()
        )
        record("programme.add_source", programme, by=by, changes={"source": (None, row.name)})
    return row


def remove_source(*, source: FundingSource, by: Actor) -> None:
    require(by, "funds.manage_programme", source.programme)
    with transaction.atomic():
        record(
            "programme.remove_source",
            source.programme,
            by=by,
            changes={"source": (source.name, None)},
        )
        source.delete()


def answer_requirement(
    *, programme: Programme, number: int, stance: str, evidence: str, by: Actor
) -> RequirementAnswer:
    """Say that a minimum requirement is met and what shows it, or explain why it is not."""
    require(by, "funds.manage_programme", programme)
    if requirement(number) is None:
        raise Refused("There are ten minimum requirements.")
    if not evidence.strip():
        raise Refused("Say what shows it, or explain why it is not met.")
    with transaction.atomic():
        row = RequirementAnswer(
            programme=programme,
            number=number,
            stance=stance,
            evidence=evidence.strip(),
            recorded_at=clock.now(),
            recorded_by=person(by),
        )
        row.full_clean()
        row.save()
        record(
            "programme.answer_requirement",
            programme,
            by=by,
            changes={f"requirement {number}": (None, row.get_stance_display())},
        )
    return row


def review_programme(
    *, programme: Programme, reviewed_on: date, decision: str, findings: str, by: Actor
) -> AnnualReview:
    """Write down a senior officer's annual review. It is never changed; the next one is another."""
    require(by, "funds.review_programme", programme)
    if reviewed_on > clock.today():
        raise Refused("A review is written down when it has been held.")
    if not findings.strip():
        raise Refused("Say what the review found.")
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        if programme.annual_reviews.filter(reviewed_on=reviewed_on).exists():
            raise Refused("A review of that day is written down already.")
        row = AnnualReview(
            programme=programme,
            reviewed_on=reviewed_on,
            decision=decision,
            findings=findings.strip(),
            recorded_at=clock.now(),
            recorded_by=person(by),
        )
        row.full_clean()
        row.save()
        record(
            "programme.review",
            programme,
            by=by,
            changes={"decision": (None, row.get_decision_display())},
        )
    return row
