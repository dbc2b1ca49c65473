from datetime import date
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.references import next_reference
from grants.awards.models import Offer
from grants.bids.queries import form_of, submitted_answers

from ..models import Milestone, MilestoneFact, Project
from ..signals import project_started
from .conditions import carry_conditions


def start_project(*, offer: Offer, by: Actor) -> Project:
    """Begin the project of an accepted offer, with the milestones that its bid promised."""
    bid, call = offer.bid, offer.bid.call
    answers, form = submitted_answers(bid), form_of(bid)
    with transaction.atomic():
        project = Project.objects.create(
            offer=offer,
            reference=next_reference(f"{call.programme.prefix}P", clock.today().year),
            programme=call.programme,
            organisation=offer.organisation,
            theme=bid.theme,
            title=bid.title,
            summary=answers.get("summary") or bid.title,
            starts_on=call.project_starts_on,
            ends_on=call.project_ends_on,
            started_at=clock.now(),
            source=bid.source,
            is_sample=bid.is_sample,
        )
        plan = form.first("milestones")
        rows: list[dict[str, Any]] = (answers.get(plan.key) or []) if plan else []
        for position, row in enumerate(sorted(rows, key=lambda r: r["date"]), 1):
            _add_milestone(project, position, row, by)
        record("project.start", project, by=by)
        carry_conditions(project=project, by=by)
        project_started.send(sender=Project, project=project, by=by)
    return project


def _add_milestone(project: Project, position: int, row: dict[str, Any], by: Actor) -> None:
    day = date.fromisoformat(row["date"])
    milestone = Milestone.objects.create(
        project=project,
        position=position,
        title=row["title"],
        evidence_required=row.get("evidence", ""),
        baseline_on=day,
        is_sample=bool(row.get("sample", project.is_sample)),
    )
    MilestoneFact.objects.create(
        milestone=milestone,
        kind=MilestoneFact.Kind.FORECAST,
        on=day,
        note="As agreed in the bid.",
        recorded_at=clock.now(),
        recorded_by=person(by),
    )


def tell_story(*, project: Project, story: str, by: Actor) -> Project:
    """Write what the project did, in plain words, for the public and for ministers."""
    require(by, "delivery.confirm", project)
    with transaction.atomic():
        locked = Project.objects.locked(project.pk)
        before, locked.story = locked.story, story.strip()
        locked.save(update_fields=["story"])
        record("project.tell_story", locked, by=by, changes={"story": (before, locked.story)})
    project.story = locked.story
    return locked
