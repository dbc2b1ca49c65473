"""What waits in the department, by what the person may do."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from carefund.accounts.roles import StaffRole
from carefund.core import clock
from carefund.core.formats import money
from carefund.core.paths import path_to
from grants.assessment.models import Assignment
from grants.awards.models import Offer
from grants.benefits.queries import to_verify, undecided
from grants.benefits.rules import visible_to as benefits_visible_to
from grants.bids.models import Bid
from grants.delivery.models import ChangeRequest, Milestone, MonitoringReturn
from grants.payments.models import Claim
from grants.payments.queries import for_lists
from programmes.calls.models import CutOff
from programmes.funds.queries import held_at, holds

from .governing import approvals, conditions, questions
from .lines import Line, Pile, day, pile

# Within how many days the department answers, unless a date was given.
WITHIN = timedelta(days=10)
SOON = timedelta(days=7)
OFFICER = StaffRole.PROGRAMME_OFFICER


def work_of_staff(user: Any) -> list[Pile]:
    """Every kind of work the person may do, whether or not there is any now."""
    found: list[Pile] = []
    if holds(user, StaffRole.ASSESSOR):
        found.append(_scores(user))
    if holds(user, OFFICER):
        found += [_eligibility(user), _assignments(user), questions(user)]
    found += approvals(user)
    if holds(user, OFFICER):
        found += conditions(user)
        found += [_milestones(user), _claims_to_approve(user), _returns(user), _changes(user)]
    if holds(user, StaffRole.FINANCE_OFFICER):
        found.append(_claims_to_release(user))
    if holds(user, OFFICER, StaffRole.ANALYST):
        found.append(_benefits(user))
    if holds(user, OFFICER, StaffRole.SENIOR_OFFICER):
        found += [_offers(user), _late_milestones(user), _late_returns(user)]
    return found


def _scores(user: Any) -> Pile:
    rows = Assignment.objects.filter(assessor=user, state__in=["assigned", "in_progress"])
    return pile(
        "Bids to score",
        rows.select_related("bid__call").order_by("assigned_at", "pk"),
        lambda a: Line(
            "Score",
            f"bid {a.bid.reference}",
            a.status.label,
            day(a.assigned_at + WITHIN),
            f"/manage/assessments/{a.pk}/",
        ),
        href="/manage/assessments/",
    )


def _eligibility(user: Any) -> Pile:
    # Of a call that is always open, the bids of a cut-off whose assessment has started.
    turn = CutOff.objects.filter(
        call=OuterRef("call"), at__gt=OuterRef("submitted_at"), state="in_assessment"
    )
    rows = Bid.objects.filter(
        held_at(user, OFFICER, path="call__programme"),
        Q(call__closes_at__lte=clock.now()) | Exists(turn),
        state="submitted",
    )
    return pile(
        "Eligibility to check",
        rows.select_related("call", "organisation").order_by("call__closes_at", "pk"),
        lambda b: Line(
            "Check the eligibility of",
            f"bid {b.reference}",
            f"{b.organisation}, {b.call}",
            day(b.call.closes_at + WITHIN),
            path_to("bids:case", b.reference),
        ),
        href="/manage/bids/?state=submitted",
    )


def _assignments(user: Any) -> Pile:
    working = Count("assignments", filter=~Q(assignments__state="conflicted"))
    rows = Bid.objects.filter(
        held_at(user, OFFICER, path="call__programme"), state__in=["eligible", "in_assessment"]
    ).annotate(assessors=working)
    return pile(
        "Bids without enough assessors",
        rows.filter(assessors__lt=F("call__assessors_per_bid"))
        .select_related("call", "organisation")
        .order_by("call__closes_at", "pk"),
        lambda b: Line(
            "Assign an assessor to",
            f"bid {b.reference}",
            f"{b.assessors} of {b.call.assessors_per_bid} assessors",
            day(b.call.closes_at + WITHIN),
            path_to("bids:case", b.reference),
        ),
        href="/manage/bids/?state=eligible",
    )


def _milestones(user: Any) -> Pile:
    rows = Milestone.objects.filter(
        held_at(user, OFFICER, path="project__programme"), state="reported"
    )
    return pile(
        "Milestones to confirm",
        rows.select_related("project__organisation").order_by("achieved_on", "pk"),
        lambda m: Line(
            "Confirm",
            f"“{m.title}”",
            f"{m.project.organisation} has reported it",
            (m.achieved_on or m.baseline_on) + WITHIN,
            m.get_absolute_url(),
        ),
        href="/manage/milestones/?show=confirm",
    )


def _claims_to_approve(user: Any) -> Pile:
    rows = Claim.objects.filter(
        held_at(user, OFFICER, path="project__programme"), state="submitted"
    ).exclude(project__state="paused")
    return pile(
        "Claims to approve",
        for_lists(rows.exclude(prepared_by=user)).order_by("submitted_at", "pk"),
        lambda c: Line(
            "Check",
            f"claim {c.reference}",
            f"{money(c.total)} for {c.project.organisation}",
            day((c.submitted_at or c.prepared_at) + WITHIN),
            c.get_absolute_url(),
        ),
        href="/manage/claims/?state=submitted",
    )


def _claims_to_release(user: Any) -> Pile:
    rows = Claim.objects.filter(
        held_at(user, StaffRole.FINANCE_OFFICER, path="project__programme"), state="approved"
    ).exclude(project__state="paused")
    return pile(
        "Payments to release",
        for_lists(rows.exclude(approved_by=user)).order_by("approved_at", "pk"),
        lambda c: Line(
            "Release the payment of",
            f"claim {c.reference}",
            f"{money(c.total)} to {c.project.organisation}",
            day((c.approved_at or c.prepared_at) + WITHIN),
            c.get_absolute_url(),
        ),
        href="/manage/claims/?state=approved",
    )


def _benefits(user: Any) -> Pile:
    rows = undecided(to_verify(benefits_visible_to(user))).filter(
        held_at(user, OFFICER, StaffRole.ANALYST, path="benefit__project__programme"),
    )
    return pile(
        "Benefits to verify",
        rows.exclude(recorded_by=user).order_by("recorded_at", "pk"),
        lambda o: Line(
            "Verify",
            f"“{o.benefit.title}”",
            f"{o.benefit.project.organisation} measured {o.measured.normalize():,f} "
            f"{o.benefit.unit}",
            day(o.recorded_at + WITHIN),
            f"/manage/benefits/{o.pk}/",
        ),
        href="/manage/benefits/?show=waiting",
        long=True,
    )


def _returns(user: Any) -> Pile:
    rows = MonitoringReturn.objects.filter(
        held_at(user, OFFICER, path="project__programme"), state="submitted"
    )
    return pile(
        "Returns to accept",
        rows.select_related("project__organisation").order_by("submitted_at", "pk"),
        lambda r: Line(
            "Read",
            f"the return of {r.project.organisation}",
            f"{r.project.title}: {r.get_confidence_display().lower()}",
            day(r.submitted_at + WITHIN),
            r.get_absolute_url(),
        ),
        href="/manage/returns/?state=submitted",
    )


def _changes(user: Any) -> Pile:
    rows = ChangeRequest.objects.filter(
        held_at(user, OFFICER, path="project__programme"), state="requested"
    ).exclude(requested_by=user)
    return pile(
        "Changes to decide",
        rows.select_related("project__organisation").order_by("requested_at", "pk"),
        lambda c: Line(
            "Decide on a change of",
            c.project.title,
            f"{c.get_kind_display()}, asked for by {c.project.organisation}",
            day(c.requested_at + WITHIN),
            f"{c.project.get_absolute_url()}#changes",
        ),
        href="/manage/projects/",
    )


def _offers(user: Any) -> Pile:
    rows = Offer.objects.filter(
        held_at(user, OFFICER, StaffRole.SENIOR_OFFICER, path="bid__call__programme"),
        state="offered",
        expires_at__lte=clock.now() + SOON,
    )
    return pile(
        "Offers about to expire",
        rows.select_related("organisation").order_by("expires_at", "pk"),
        lambda o: Line(
            "Wait for the answer to",
            f"offer {o.reference}",
            f"{money(o.amount)} to {o.organisation}",
            day(o.expires_at),
            o.get_absolute_url(),
        ),
        href="/manage/offers/?state=offered",
        waiting=True,
    )


def _late_milestones(user: Any) -> Pile:
    rows = Milestone.objects.filter(
        held_at(user, OFFICER, StaffRole.SENIOR_OFFICER, path="project__programme"),
        state="planned",
        baseline_on__lt=clock.today(),
        project__state="active",
    )
    return pile(
        "Milestones overdue",
        rows.select_related("project__organisation").order_by("baseline_on", "pk"),
        lambda m: Line(
            "Wait for",
            f"“{m.title}”",
            f"{m.project.organisation} has not reported it",
            m.baseline_on,
            m.get_absolute_url(),
        ),
        href="/manage/milestones/?show=overdue",
        waiting=True,
    )


def _late_returns(user: Any) -> Pile:
    rows = MonitoringReturn.objects.filter(
        held_at(user, OFFICER, StaffRole.SENIOR_OFFICER, path="project__programme"),
        state="due",
        due_on__lt=clock.today(),
        project__state="active",
    )
    return pile(
        "Returns overdue",
        rows.select_related("project__organisation").order_by("due_on", "pk"),
        lambda r: Line(
            "Wait for",
            f"the return of {r.project.organisation}",
            r.project.title,
            r.due_on,
            r.get_absolute_url(),
        ),
        href="/manage/returns/?state=overdue",
        waiting=True,
    )
