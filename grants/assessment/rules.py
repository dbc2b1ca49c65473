"""Who checks, assigns, scores and reads scores."""

from typing import Any

import rules
from django.db.models import QuerySet

from grants.bids.rules import has_declared_a_conflict
from programmes.funds.queries import programmes_for
from programmes.funds.rules import CASE_READERS, is_officer, reads_cases

from .models import Assignment


@rules.predicate
def is_the_assessor(user: Any, assignment: Any = None) -> bool:
    return assignment is None or assignment.assessor_id == user.pk


@rules.predicate
def has_no_conflict(user: Any, assignment: Any = None) -> bool:
    return assignment is None or assignment.state != "conflicted"


rules.add_perm("assessment.check_eligibility", is_officer & ~has_declared_a_conflict)
rules.add_perm("assessment.assign", is_officer & ~has_declared_a_conflict)
rules.add_perm("assessment.declare", is_the_assessor)
rules.add_perm("assessment.score", is_the_assessor & has_no_conflict)
rules.add_perm("assessment.reopen", is_officer)
rules.add_perm("assessment.view_scores", reads_cases & ~has_declared_a_conflict)


def visible_to(user: Any) -> QuerySet[Assignment]:
    """An assessor's own work, and all of the programmes whose cases the person reads."""
    programmes = programmes_for(user, *CASE_READERS)
    own = Assignment.objects.filter(assessor=user)
    return own | Assignment.objects.filter(bid__call__programme__in=programmes)
