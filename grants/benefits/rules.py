"""Who records what a benefit measured, and who verifies it."""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from carefund.accounts.roles import StaffRole
from carefund.core.doors import fetch
from carefund.files.rules import admit
from grants.delivery.queries import guest_roles
from grants.delivery.rules import (
    contributes_as_guest,
    held_by,
    is_guest,
    is_project_lead,
    reads_as_holder,
)
from programmes.funds.queries import held_at
from programmes.funds.rules import CASE_READERS, holds_for_programme, reads_cases

from .models import BenefitObservation, BenefitProfile

is_verifier = holds_for_programme(StaffRole.PROGRAMME_OFFICER, StaffRole.ANALYST)


@rules.predicate
def did_not_record(user: Any, observation: Any = None) -> bool:
    return observation is None or observation.recorded_by_id != user.pk


rules.add_perm("benefits.view", reads_as_holder | is_guest | reads_cases)
rules.add_perm("benefits.record", is_project_lead | contributes_as_guest)
rules.add_perm("benefits.verify", is_verifier & did_not_record)
admit("benefits.BenefitObservation", "benefits.view")


def visible_to(user: Any) -> QuerySet[BenefitProfile]:
    own = Q(project__in=held_by(user)) | Q(project__in=list(guest_roles(user)))
    cases = held_at(user, *CASE_READERS, path="project__programme")
    return BenefitProfile.objects.filter(own | cases)


def access_benefit(user: Any, pk: int, permission: str = "benefits.view") -> BenefitProfile:
    rows = visible_to(user).select_related("project__organisation", "project__programme")
    return fetch(rows, user, permission, pk=pk)


def access_observation(
    user: Any, pk: int, permission: str = "benefits.verify"
) -> BenefitObservation:
    rows = BenefitObservation.objects.filter(benefit__in=visible_to(user)).select_related(
        "benefit__project__organisation", "benefit__project__programme", "recorded_by"
    )
    return fetch(rows, user, permission, pk=pk)
