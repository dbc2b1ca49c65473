"""Eligibility, assessors, scores."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from carefund.accounts.models import User
from carefund.core import clock, states
from carefund.core.actors import SYSTEM, Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.workdays import working_days_after
from carefund.notify.actions import send
from grants.bids import actions as bids
from grants.bids.models import Bid
from programmes.calls.models import Criterion
from programmes.calls.queries import why_not_assessed_yet
from programmes.organisations.queries import has_role

from .. import messages, queries
from ..models import Assignment, EligibilityCheck, PoolMember, Score, ScoreDraft
from .reminding import plan_reminders

DAYS_TO_SCORE = 15  # working days


@dataclass(frozen=True)
class Typed:
    """What stands in the form of one criterion, as far as it can be read."""

    criterion: Criterion
    score: int | None
    justification: str
    private_note: str
    flag: str


class NotScored(Refused):
    """Scores are missing; `criteria` lists for which."""

    def __init__(self, criteria: list[Criterion]) -> None:
        self.criteria = criteria
        super().__init__("Score every criterion first: " + ", ".join(c.title for c in criteria))


def check_eligibility(*, bid: Bid, passed: bool, reason: str, by: Actor) -> EligibilityCheck:
    """Decide whether a bid may be assessed. A refusal needs a reason.

    A person lets a bid through only when each check that failed was accepted with a reason.
    """
    require(by, "assessment.check_eligibility", bid)
    # As it stands in the database: the caller may have got it before its answers were saved.
    standing = Bid.objects.select_related("call", "form", "organisation").get(pk=bid.pk)
    found = queries.automatic_checks(standing)
    failed = [row.check for row in queries.checkpoints(standing, found) if not row.stands]
    if passed and failed and by is not SYSTEM:
        raise Refused("Accept with a reason, or refuse the bid: " + "; ".join(failed))
    if not passed and not reason.strip():
        raise Refused("Give the reason why the bid is not eligible.")
    if waits := why_not_assessed_yet(bid.call, bid.submitted_at):
        raise Refused(waits)
    with transaction.atomic():
        decision = EligibilityCheck.objects.create(
            bid=bid,
            passed=passed,
            reason=reason.strip(),
            automatic=found,
            checked_at=clock.now(),
            checked_by=person(by),
        )
        if passed:
            bids.pass_eligibility(bid=bid, by=by, reason=reason)
        else:
            bids.fail_eligibility(bid=bid, by=by, reason=reason)
    return decision


def assign(*, bid: Bid, assessor: User, by: Actor, due_on: date | None = None) -> Assignment:
    """Ask an assessor to score a bid. The same person twice is one assignment.

    Whoever declined is asked again. Without a day, scores are due in three weeks of work.
    """
    require(by, "assessment.assign", bid)
    if has_role(assessor, bid.organisation_id):
        raise Refused(f"{assessor} belongs to the organisation that bids.")
    known = PoolMember.objects.filter(programme=bid.call.programme_id, person=assessor).first()
    if queries.works_for(known, bid):
        raise Refused(f"{assessor} works for the organisation that bids.")
    last = due_on or working_days_after(clock.today(), DAYS_TO_SCORE)
    with transaction.atomic():
        locked = Bid.objects.select_for_update(of=("self",)).get(pk=bid.pk)
        if locked.state not in {"eligible", "in_assessment"}:
            raise Refused("Only an eligible bid can be given to assessors.")
        assignment, new = Assignment.objects.get_or_create(
            bid=bid,
            assessor=assessor,
            defaults={"assigned_at": clock.now(), "due_on": last, "is_sample": bid.is_sample},
        )
        if locked.state == "eligible":
            bids.start_assessment(bid=bid, by=by)
        if assignment.state == "declined":
            new = True
            states.move(assignment, "ask_again", by=by, declined_because="", due_on=last)
        elif new:
            record("assessment.assign", assignment, by=by)
        if new:
            plan_reminders(assignment=assignment)
            send(
                messages.AssessmentWanted(assignment=assignment),
                key=f"{assignment.pk}:{last}",
            )
    return assignment


def declare(*, assignment: Assignment, has_conflict: bool, note: str, by: Actor) -> Assignment:
    """Before the bid can be opened its assessor says whether there is a conflict of interest."""
    require(by, "assessment.declare", assignment)
    if not has_conflict:
        return states.move(assignment, "declare_no_conflict", by=by)
    if not note.strip():
        raise Refused("Say what the conflict is.")
    return states.move(
        assignment, "declare_conflict", by=by, reason=note, conflict_note=note.strip()
    )


def decline(*, assignment: Assignment, reason: str, by: Actor) -> Assignment:
    """An assessor gives a bid back, with the reason; an officer asks somebody else."""
    require(by, "assessment.declare", assignment)
    if not reason.strip():
        raise Refused("Say why you cannot assess the bid.")
    with transaction.atomic():
        moved = states.move(
            assignment, "decline", by=by, reason=reason, declined_because=reason.strip()
        )
        send(messages.AssessmentDeclined(assignment=moved), key=f"{moved.pk}:{clock.now()}")
        _finish_if_last(Bid.objects.select_for_update(of=("self",)).get(pk=moved.bid_id))
    return moved


def save_score(
    *, assignment: Assignment, criterion: Criterion, score: int, justification: str, by: Actor
) -> Score:
    """Record a score and why. A later score for the same criterion supersedes it."""
    require(by, "assessment.score", assignment)
    if not 0 <= score <= criterion.highest_score:
        raise Refused(f"Score “{criterion.title}” from 0 to {criterion.highest_score}.")
    if not justification.strip():
        raise Refused(f"Give the reason for your score for “{criterion.title}”.")
    with transaction.atomic():
        locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
        if locked.state != "in_progress" or criterion.call_id != locked.bid.call_id:
            raise Refused("These scores can no longer be changed.")
        before = queries.current_scores(locked).get(criterion.pk)
        if before and (before.score, before.justification) == (score, justification.strip()):
            return before
        row = Score.objects.create(
            assignment=locked,
            criterion=criterion,
            score=score,
            justification=justification.strip(),
            recorded_at=clock.now(),
            supersedes=before,
        )
        change = {criterion.title: (before.score if before else None, score)}
        record("assessment.save_score", locked, by=by, changes=change)
    return row


def save_scores(
    *, assignment: Assignment, given: list[tuple[Criterion, int, str]], by: Actor
) -> list[Score]:
    """Record several scores with their reasons, all or none."""
    with transaction.atomic():
        return [
            save_score(
                assignment=assignment,
                criterion=criterion,
                score=score,
                justification=reason,
                by=by,
            )
            for criterion, score, reason in given
        ]


def keep_draft(*, assignment: Assignment, typed: list[Typed], by: Actor) -> None:
    """Keep what an assessor has typed, complete or not. It is theirs alone until handed in."""
    require(by, "assessment.score", assignment)
    with transaction.atomic():
        locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
        if locked.state != "in_progress":
            raise Refused("These scores can no longer be changed.")
        for one in typed:
            if one.criterion.call_id != locked.bid.call_id:
                raise Refused("This criterion belongs to another call.")
            ScoreDraft.objects.update_or_create(
                assignment=locked,
                criterion=one.criterion,
                defaults={
                    "score": one.score,
                    "justification": one.justification,
                    "private_note": one.private_note,
                    "flag": one.flag,
                    "saved_at": clock.now(),
                },
            )


def submit_scores(*, assignment: Assignment, by: Actor) -> Assignment:
    """Hand the scores in; with its last assessor the bid is assessed. Raises `NotScored`."""
    require(by, "assessment.score", assignment)
    criteria = list(assignment.bid.call.criteria.all())

    def all_scored(locked: Assignment) -> None:
        scored = queries.current_scores(locked)
        if missing := [c for c in criteria if c.pk not in scored]:
            raise NotScored(missing)

    with transaction.atomic():
        # The bid is locked first, so that the last two assessors cannot both miss being last.
        bid = Bid.objects.select_for_update(of=("self",)).get(pk=assignment.bid_id)
        moved = states.move(
            assignment, "submit_scores", by=by, guard=all_scored, submitted_at=clock.now()
        )
        _finish_if_last(bid)
    return moved


def _finish_if_last(bid: Bid) -> None:
    handed_in = bid.assignments.filter(state="submitted").count()
    waiting = bid.assignments.filter(state__in=["assigned", "in_progress"]).exists()
    if bid.state == "in_assessment" and not waiting and handed_in >= bid.call.assessors_per_bid:
        score: Any = queries.score_of(bid)
        bids.finish_assessment(bid=bid, score=score, by=SYSTEM)


def reopen_scores(*, assignment: Assignment, reason: str, by: Actor) -> Assignment:
    """Let an assessor change scores that were handed in, for a stated reason."""
    require(by, "assessment.reopen", assignment)
    if not reason.strip():
        raise Refused("Give the reason for reopening the scores.")
    if assignment.bid.state != "in_assessment":
        raise Refused("The bid has been assessed; its scores are final.")
    return states.move(assignment, "reopen", by=by, reason=reason, submitted_at=None)
