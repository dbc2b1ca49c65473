"""Who checks, assigns, scores and reads scores."""

from typing import Any

import rules
from django.db.models import QuerySet
from django.http import Http404

from carefund.accounts.models import User
from carefund.accounts.roles import StaffRole
from carefund.core.permissions import require
from grants.bids.models import Bid
from grants.bids.rules import cases_visible_to, has_declared_a_conflict
from programmes.calls.models import Call
from programmes.calls.queries import read_by_assessors
from programmes.funds.queries import holds, programmes_for
from programmes.funds.rules import CASE_READERS, holds_for_programme, is_officer, reads_cases

from . import queries
from .models import Assignment, Likeness


@rules.predicate
def is_the_assessor(user: Any, assignment: Any = None) -> bool:
    return assignment is None or assignment.assessor_id == user.pk


@rules.predicate
def has_no_conflict(_user: Any, assignment: Any = None) -> bool:
    return assignment is None or assignment.state != "conflicted"


@rules.predicate
def still_assesses(user: Any, assignment: Any = None) -> bool:
    """Holds the role today; the assignment alone is history."""
    if assignment is None:
        return True
    return holds(user, StaffRole.ASSESSOR, programme_id=assignment.bid.call.programme_id)


@rules.predicate
def has_opened_it(_user: Any, assignment: Any = None) -> bool:
    return assignment is None or assignment.state in {"in_progress", "submitted"}


@rules.predicate
def still_scores(user: Any, bid: Any = None) -> bool:
    """Is asked to score the bid and has not handed in: until then others' scores stay hidden."""
    return (
        bid is not None
        and bid.assignments.filter(assessor=user, state__in=["assigned", "in_progress"]).exists()
    )


@rules.predicate
def call_lets_read_all(_user: Any, assignment: Any = None) -> bool:
    return assignment is None or read_by_assessors(assignment.bid.call) is None


rules.add_perm("assessment.work", holds_for_programme(StaffRole.ASSESSOR))
rules.add_perm("assessment.check_eligibility", is_officer & ~has_declared_a_conflict)
rules.add_perm("assessment.assign", is_officer & ~has_declared_a_conflict)
rules.add_perm("assessment.declare", is_the_assessor & still_assesses)
rules.add_perm("assessment.score", is_the_assessor & has_no_conflict & still_assesses)
rules.add_perm(
    "assessment.read_whole", is_the_assessor & has_opened_it & still_assesses & call_lets_read_all
)
rules.add_perm("assessment.reopen", is_officer)
rules.add_perm("assessment.view_progress", reads_cases)
rules.add_perm("assessment.view_scores", reads_cases & ~has_declared_a_conflict & ~still_scores)
rules.add_perm("assessment.moderate", is_officer & ~has_declared_a_conflict & ~still_scores)
# Of a whole call or programme: what concerns one bid is asked of that bid besides.
rules.add_perm("assessment.assign_call", is_officer)


def visible_to(user: Any) -> QuerySet[Assignment]:
    """An assessor's own work, and all of the programmes whose cases the person reads."""
    programmes = programmes_for(user, *CASE_READERS)
    scored = programmes_for(user, StaffRole.ASSESSOR)
    own = Assignment.objects.filter(assessor=user, bid__call__programme__in=scored)
    return own | Assignment.objects.filter(bid__call__programme__in=programmes)


def access_call(user: Any, code: str, permission: str) -> Call:
    """The one door to the assessment of a call: for who reads the cases of its programme."""
    programmes = programmes_for(user, *CASE_READERS)
    rows = Call.objects.filter(programme__in=programmes).select_related("programme")
    call = rows.filter(code=code).first()
    if call is None:
        raise Http404
    require(user, permission, call)
    return call


def access_assessor(call: Call, number: int) -> User:
    """An assessor of the programme of a call that came through its door."""
    found = queries.assessors_of(call.programme_id).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def access_likeness(user: Any, bid: Bid, number: int) -> Likeness:
    """A pair of two bids of which the person may see both."""
    found = queries.likenesses_of(bid, cases_visible_to(user)).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def access_assignment(user: Any, number: int, permission: str) -> Assignment:
    """The one door to an assessor's work: unseen is 404, seen but not allowed `NotAllowed`."""
    rows = visible_to(user).select_related(
        "assessor", "bid__call__programme", "bid__form", "bid__organisation__region", "bid__theme"
    )
    assignment = rows.filter(pk=number).first()
    if assignment is None:
        raise Http404
    require(user, permission, assignment)
    return assignment
