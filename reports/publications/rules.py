"""Who reads, makes, clears and withdraws reports."""

from typing import Any

import rules
from django.db.models import QuerySet
from django.http import Http404

from carefund.accounts.roles import StaffRole
from carefund.core.permissions import require
from programmes.funds.models import Programme
from programmes.funds.queries import programmes_for
from programmes.funds.rules import READERS, holds_for_programme, is_senior_officer

from .models import ReportRun

is_reader = holds_for_programme(*READERS)
is_maker = holds_for_programme(
    StaffRole.PROGRAMME_OFFICER, StaffRole.ANALYST, StaffRole.MINISTERS_TEAM
)


@rules.predicate
def did_not_ask_for_it(user: Any, run: Any = None) -> bool:
    return run is None or run.requested_by_id != user.pk


rules.add_perm("reports.read", is_reader)
rules.add_perm("reports.make", is_maker)
rules.add_perm("reports.clear", is_senior_officer & did_not_ask_for_it)
rules.add_perm("reports.withdraw", is_senior_officer | is_maker)


def visible_to(user: Any) -> QuerySet[Programme]:
    """The programmes whose reports the person may read."""
    return programmes_for(user, *READERS).select_related("funder")


def runs_visible_to(user: Any) -> QuerySet[ReportRun]:
    return ReportRun.objects.filter(programme__in=programmes_for(user, *READERS))


def access_programme(user: Any, code: str, permission: str) -> Programme:
    """The programme, if the person may see its reports (else 404) and do this (else 403)."""
    programme = visible_to(user).filter(code=code).first()
    if programme is None:
        raise Http404
    require(user, permission, programme)
    return programme


def access_run(user: Any, reference: str, permission: str) -> ReportRun:
    """The report, by the same rule."""
    rows = runs_visible_to(user).select_related("programme__funder", "requested_by", "cleared_by")
    run = rows.filter(reference=reference).first()
    if run is None:
        raise Http404
    require(user, permission, run)
    return run
