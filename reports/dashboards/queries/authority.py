"""What waits in an authority, by what the person may do there, and what it has."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from carefund.accounts.roles import AuthorityRole
from carefund.core import clock
from carefund.core.formats import money
from carefund.core.paths import path_to
from grants.awards.models import Offer
from grants.bids.models import Bid
from grants.delivery.levels import condition_views
from grants.delivery.models import LevelCondition, Milestone, MonitoringReturn, Project
from grants.delivery.queries import with_progress
from grants.payments.models import Claim
from grants.payments.queries import for_lists
from programmes.calls.models import Call
from programmes.organisations.models import Membership, Organisation
from programmes.organisations.queries import has_role

from .lines import Line, day

Role = AuthorityRole
SOON = timedelta(days=30)
SHOWN = 20
WITHIN = timedelta(days=10)


def work_of_member(user: Any, organisation: Organisation) -> list[Line]:
    """What the person can do next in the organisation, the most pressing first."""
    place = organisation.pk
    found: list[Line] = []
    if has_role(user, place, Role.ADMINISTRATOR, Role.FINANCE_CERTIFIER):
        found += _offers(organisation)
    if has_role(user, place, Role.ADMINISTRATOR, Role.BID_AUTHOR):
        found += _invitations(organisation)
        found += _bids_to_finish(organisation)
    if has_role(user, place, Role.FINANCE_CERTIFIER):
        found += _to_certify(user, organisation)
    if has_role(user, place, Role.PROJECT_LEAD, Role.BID_AUTHOR, Role.ADMINISTRATOR):
        found += _to_report(organisation)
    return sorted(found, key=lambda line: line.due)


def _offers(organisation: Organisation) -> Iterator[Line]:
    rows = organisation.offers.filter(state="offered", expires_at__gt=clock.now())
    for offer in rows.select_related("bid")[:SHOWN]:
        reason = f"{money(offer.amount)} for {offer.bid.title}"
        due = day(offer.expires_at)
        yield Line("Answer", f"offer {offer.reference}", reason, due, offer.get_absolute_url())


def _invitations(organisation: Organisation) -> Iterator[Line]:
    """Calls to which it is invited and has no bid yet."""
    begun = organisation.bids.exclude(state="withdrawn").values("call")
    rows = Call.objects.open_now().filter(invitations__organisation=organisation)
    for call in rows.exclude(pk__in=begun).order_by("closes_at")[:SHOWN]:
        href = path_to("bids:start", call.code)
        yield Line("Start", "the bid you are invited to", str(call), day(call.closes_at), href)


def _bids_to_finish(organisation: Organisation) -> Iterator[Line]:
    rows = organisation.bids.filter(
        state__in=["draft", "certified"], call__closes_at__gt=clock.now()
    )
    for bid in rows.select_related("call").order_by("call__closes_at")[:SHOWN]:
        verb = "Submit" if bid.state == "certified" else "Finish"
        reason = "Certified, not yet submitted" if bid.state == "certified" else str(bid.call)
        href = path_to("bids:task_list", bid.reference)
        yield Line(verb, f"bid “{bid.title}”", reason, day(bid.call.closes_at), href)


def _to_certify(user: Any, organisation: Organisation) -> Iterator[Line]:
    rows = organisation.bids.filter(
        state="awaiting_certificate", call__closes_at__gt=clock.now()
    ).exclude(prepared_by=user)
    for bid in rows.select_related("call").order_by("call__closes_at")[:SHOWN]:
        due, href = day(bid.call.closes_at), path_to("bids:task_list", bid.reference)
        yield Line("Certify", f"bid “{bid.title}”", str(bid.call), due, href)
    claims = Claim.objects.filter(project__organisation=organisation, state="draft")
    for claim in for_lists(claims.exclude(prepared_by=user)).order_by("prepared_at")[:SHOWN]:
        yield _claim("Certify", claim, claim.prepared_at)


def _claim(verb: str, claim: Any, since: datetime) -> Line:
    return Line(
        verb,
        f"claim {claim.reference}",
        f"{money(claim.total)} for {claim.project.title}",
        day(since + WITHIN),
        claim.get_absolute_url(),
    )


def _to_report(organisation: Organisation) -> Iterator[Line]:
    today = clock.today()
    certified = Claim.objects.filter(project__organisation=organisation, state="certified")
    for claim in for_lists(certified).order_by("certified_at")[:SHOWN]:
        yield _claim("Submit", claim, claim.certified_at or claim.prepared_at)
    due = MonitoringReturn.objects.filter(
        project__organisation=organisation, project__state="active", state="due"
    )
    for row in due.select_related("project").order_by("due_on")[:SHOWN]:
        yield Line(
            "Write", "the monitoring return", row.project.title, row.due_on, row.get_absolute_url()
        )
    yield from _to_reach(organisation)
    near = Milestone.objects.filter(
        project__organisation=organisation,
        project__state="active",
        state="planned",
        baseline_on__lte=today + SOON,
    )
    for milestone in near.select_related("project").order_by("baseline_on")[:SHOWN]:
        yield Line(
            "Report",
            f"“{milestone.title}”",
            milestone.project.title,
            milestone.baseline_on,
            milestone.get_absolute_url(),
        )


def _to_reach(organisation: Organisation) -> Iterator[Line]:
    """Levels that grants are bound to and that nothing shows yet, a month ahead."""
    rows = LevelCondition.objects.filter(
        project__organisation=organisation,
        project__state__in=["active", "paused"],
        state="set",
        due_on__lte=clock.today() + SOON,
    )
    found = rows.select_related("project__organisation", "standard", "measure").order_by("due_on")
    href = path_to("standards:own", organisation.pk)
    for view in condition_views(found[:SHOWN], clock.today()):
        row = view.condition
        if view.why_not:
            yield Line("Show", row.words, row.project.title, row.due_on, href)


def overview(organisation: Organisation) -> dict[str, QuerySet[Any]]:
    """What the organisation has: bids, offers, projects, returns and claims, people."""
    place = organisation
    projects = Project.objects.filter(organisation=place)
    return {
        "bids": Bid.objects.filter(organisation=place)
        .select_related("call")
        .order_by("-started_at")[:SHOWN],
        "offers": Offer.objects.filter(organisation=place)
        .select_related("bid")
        .order_by("-offered_at")[:SHOWN],
        "projects": with_progress(projects, clock.today()).order_by("-started_at")[:SHOWN],
        # Of what is paused or has ended none is asked for.
        "returns": MonitoringReturn.objects.filter(project__organisation=place, state="due")
        .exclude(project__state__in=["paused", "terminated"])
        .select_related("project")
        .order_by("due_on")[:SHOWN],
        "claims": for_lists(Claim.objects.filter(project__organisation=place))
        .exclude(state__in=["paid", "withdrawn", "refused"])
        .order_by("-pk")[:SHOWN],
        "people": Membership.objects.current()
        .filter(organisation=place)
        .select_related("user")
        .order_by("user__name", "role"),
    }
