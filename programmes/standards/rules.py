"""Who assesses an organisation against the standards, and who reads what it found."""

from typing import Any
from uuid import UUID

import rules
from django.db.models import Q, QuerySet
from django.http import Http404

from carefund.accounts.roles import AuthorityRole
from carefund.core.doors import fetch
from carefund.core.permissions import require
from carefund.files.models import StoredFile
from carefund.files.queries import files_of
from carefund.files.rules import admit
from programmes.calls.models import Call
from programmes.calls.rules import access_call
from programmes.funds.rules import reads_cases
from programmes.organisations.models import Organisation
from programmes.organisations.queries import memberships_of, seen_organisations
from programmes.organisations.rules import (
    belongs_to_its_successor,
    holds_in_organisation,
    is_member,
)

from .models import Answer, CallDemand, Measure, SelfAssessment

is_assessor_of_their_own = holds_in_organisation(
    AuthorityRole.ADMINISTRATOR, AuthorityRole.PROJECT_LEAD, AuthorityRole.BID_AUTHOR
)


@rules.predicate
def reads_what_was_submitted(user: Any, obj: Any = None) -> bool:
    """Works on cases of any programme; drafts are their organisation's alone."""
    assessment = obj.assessment if isinstance(obj, Answer) else obj
    submitted = getattr(assessment, "state", "submitted") == "submitted"
    return submitted and bool(reads_cases(user, None))


reads_as_organisation = is_member | belongs_to_its_successor
rules.add_perm("standards.view", reads_as_organisation | reads_what_was_submitted)
rules.add_perm("standards.view_own", reads_as_organisation)
rules.add_perm("standards.assess", is_assessor_of_their_own)
rules.add_perm("standards.read_register", reads_cases)
admit("standards.Answer", "standards.view")


def visible_to(user: Any) -> QuerySet[SelfAssessment]:
    """All of the person's own organisations; what others submitted, for who works on cases."""
    own = Q(organisation__in=seen_organisations(user)) if memberships_of(user) else Q(pk__in=[])
    inside = Q(state="submitted") if reads_cases(user, None) else Q(pk__in=[])
    return SelfAssessment.objects.filter(own | inside)


def organisations_visible_to(user: Any) -> QuerySet[Organisation]:
    """Whose profiles the person may read."""
    if reads_cases(user, None):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=seen_organisations(user))


def access_own(user: Any, pk: int, permission: str = "standards.view_own") -> Organisation:
    """One of the person's organisations, or one that these have taken over."""
    rows = Organisation.objects.filter(pk__in=seen_organisations(user))
    return fetch(rows, user, permission, pk=pk)


def access_organisation(user: Any, pk: int) -> Organisation:
    """An organisation whose profile the person may read."""
    return fetch(organisations_visible_to(user), user, "standards.view", pk=pk)


def access_assessment(user: Any, pk: int, permission: str = "standards.view") -> SelfAssessment:
    rows = visible_to(user).select_related("organisation", "standard", "submitted_by")
    return fetch(rows, user, permission, pk=pk)


def access_measure(user: Any, pk: int, number: int) -> tuple[SelfAssessment, Measure]:
    """A measure of a self-assessment that the person works on."""
    assessment = access_assessment(user, pk, "standards.assess")
    found = assessment.standard.measures.filter(number=number).first()
    if found is None:
        raise Http404
    return assessment, found


def access_evidence(
    user: Any, pk: int, number: int, file: UUID
) -> tuple[SelfAssessment, Measure, StoredFile]:
    """A file attached to a measure of a self-assessment that the person works on."""
    assessment, measure = access_measure(user, pk, number)
    answer = assessment.answers.filter(measure=measure).first()
    rows = files_of(answer, "evidence") if answer else StoredFile.objects.none()
    stored = rows.exclude(scan=StoredFile.Scan.REMOVED).filter(pk=file).first()
    if stored is None:
        raise Http404
    return assessment, measure, stored


def access_demands(user: Any, code: str, permission: str = "calls.manage") -> Call:
    return access_call(user, code, permission)


def access_demand(user: Any, code: str, pk: int) -> CallDemand:
    call = access_demands(user, code)
    rows = CallDemand.objects.filter(call=call).select_related("call", "standard", "measure")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, "calls.manage", found)
    return found
