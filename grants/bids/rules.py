"""Who may do what with a bid."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, cast

import rules
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import Http404

from carefund.accounts import ties
from carefund.accounts.roles import AuthorityRole, StaffRole
from carefund.core.models import Tally
from carefund.core.paths import path_to
from carefund.core.permissions import allowed, require
from carefund.core.prepared import Prepared
from carefund.core.tallies import Tallied, tallied
from carefund.files.rules import admit
from programmes.calls.queries import read_by_assessors
from programmes.funds.queries import held_at, scopes_of
from programmes.funds.rules import CASE_READERS, holds_for_programme, is_officer, reads_cases
from programmes.organisations.models import GuestAccess
from programmes.organisations.queries import memberships_of, seen_organisations
from programmes.organisations.rules import (
    belongs_to_its_successor,
    holds_in_organisation,
    is_member,
    is_people_administrator,
)

from . import queries
from .models import Bid, BidGuest, BidHolder, BidPartner, ClarificationRequest
from .states import BID, WITH_DEPARTMENT
from .uploads import ROLE

is_author = holds_in_organisation(AuthorityRole.BID_AUTHOR, AuthorityRole.ADMINISTRATOR)
is_certifier = holds_in_organisation(AuthorityRole.FINANCE_CERTIFIER)
is_lead = holds_in_organisation(AuthorityRole.ADMINISTRATOR, AuthorityRole.PROJECT_LEAD)


@rules.predicate
def is_guest(user: Any, bid: Any = None) -> bool:
    """Let in to this bid (to any, when None) by its organisation, and no further."""
    roles = queries.guest_roles(user)
    return bool(roles) if bid is None else bid.pk in roles


@rules.predicate
def contributes_as_guest(user: Any, bid: Any = None) -> bool:
    return bid is not None and queries.guest_roles(user).get(bid.pk) == GuestAccess.Role.CONTRIBUTOR


@rules.predicate
def is_the_partner(user: Any, partner: Any = None) -> bool:
    """Was invited for this partner, and still has access to the bid."""
    if partner is None:
        return bool(queries.guest_roles(user))
    own = user.pk is not None and partner.guest.user_id == user.pk
    return own and partner.bid_id in queries.guest_roles(user)


@rules.predicate
def belonged_to_its_organisation(user: Any, bid: Any = None) -> bool:
    """Belongs to an organisation that held the bid before another took it over."""
    own = [m.organisation_id for m in memberships_of(user)]
    return bid is not None and bool(own) and bid.holders.filter(predecessor__in=own).exists()


@rules.predicate
def is_with_department(_user: Any, bid: Any = None) -> bool:
    return bid is None or bid.state in WITH_DEPARTMENT


@rules.predicate
def did_not_prepare(user: Any, bid: Any = None) -> bool:
    """Neither saved it last nor wrote any of its answers, however long ago."""
    if bid is None:
        return True
    return bid.prepared_by_id != user.pk and not bid.revisions.filter(saved_by=user).exists()


@rules.predicate
def is_unconflicted_assessor(user: Any, bid: Any = None) -> bool:
    """Assigned to the bid and has declared that there is no conflict."""
    return (
        bid is not None
        and bid.assignments.filter(assessor=user, state__in=["in_progress", "submitted"]).exists()
    )


@rules.predicate
def has_declared_a_conflict(user: Any, bid: Any = None) -> bool:
    if bid is None or ties.has_none(user, queries.CONFLICT):
        return False
    found: bool = bid.assignments.filter(assessor=user, state="conflicted").exists()
    return found


# With the role the assignments end too: they stay as the history of whoever has left.
assesses = is_unconflicted_assessor & holds_for_programme(StaffRole.ASSESSOR)
works_the_case = reads_cases & is_with_department & ~has_declared_a_conflict


def _may_open(user: Any, stored: Any) -> bool:
    """An assessor opens only what the answers hold that assessors of the call may read."""
    bid = stored.subject
    if user.has_perm("bids.view_own", bid) or user.has_perm("bids.view_case", bid):
        return True
    keys = read_by_assessors(bid.call)
    if not stored.role.startswith(ROLE):
        return keys is None
    return str(stored.pk) in queries.held_files(bid, keys)


def _name_for(user: Any, stored: Any) -> str:
    """What assessors get of a bid that is assessed without names carries a number."""
    bid = stored.subject
    if not bid.call.anonymous_assessment:
        return str(stored.name)
    if user.has_perm("bids.view_own", bid) or user.has_perm("bids.view_case", bid):
        return str(stored.name)
    return f"document-{str(stored.pk)[:8]}{PurePath(stored.name).suffix.lower()}"


admit("bids.Bid", "bids.view", _may_open, _name_for)
rules.add_perm("bids.start", is_author)
reads_as_bidder = is_member | is_guest | belongs_to_its_successor | belonged_to_its_organisation
rules.add_perm("bids.view", reads_as_bidder | works_the_case | assesses)
rules.add_perm("bids.view_own", reads_as_bidder)
rules.add_perm("bids.view_case", works_the_case)
rules.add_perm("bids.edit", is_author | contributes_as_guest)
rules.add_perm("bids.prepare", is_author)
rules.add_perm("bids.invite_guest", is_author)
rules.add_perm("bids.answer_as_partner", is_the_partner)
rules.add_perm("bids.end_guest", is_author | is_people_administrator)
rules.add_perm("bids.read_comments", is_member | contributes_as_guest)
rules.add_perm("bids.comment", is_author | is_certifier | is_lead | contributes_as_guest)
rules.add_perm("bids.read_notes", is_member)
rules.add_perm("bids.write_note", is_author | is_certifier | is_lead)
rules.add_perm("bids.certify", is_certifier & did_not_prepare)
rules.add_perm("bids.submit", is_author | is_certifier)
rules.add_perm("bids.withdraw", is_author | is_certifier)
rules.add_perm("bids.work", is_officer & is_with_department & ~has_declared_a_conflict)
rules.add_perm("bids.reply", is_author)


def visible_to(user: Any, **only: Any) -> QuerySet[Bid]:
    """The person's own organisations' bids, those of their programmes, those they assess.

    `only` narrows to some of them, before any is looked at.
    """
    own = _own(user)
    case = held_at(user, *CASE_READERS, path="call__programme") & Q(state__in=WITH_DEPARTMENT)
    assessed = held_at(user, StaffRole.ASSESSOR, path="call__programme") & Q(
        assignments__assessor=user, assignments__state__in=["in_progress", "submitted"]
    )
    allowed = Bid.objects.filter(own | case | assessed, **only)
    allowed = allowed.exclude(pk__in=_conflicted(user).values("pk"))
    return Bid.objects.filter(pk__in=allowed.values("pk"))


def _conflicted(user: Any) -> QuerySet[Bid]:
    return Bid.objects.filter(assignments__assessor=user, assignments__state="conflicted")


def cases_visible_to(user: Any) -> QuerySet[Bid]:
    """The bids that the department has and this person works on or reads as a case."""
    cases = Bid.objects.filter(
        held_at(user, *CASE_READERS, path="call__programme"), state__in=WITH_DEPARTMENT
    )
    if ties.has_none(user, queries.CONFLICT):
        return cases
    # One pass over the bids: `visible_to` would find the same ones, by way of all assignments.
    return cases.exclude(pk__in=_conflicted(user).values("pk"))


def tally_of_cases(user: Any, wanted: Mapping[str, Any]) -> Tallied | None:
    """`cases_visible_to`, narrowed as by `queries.filtered`, where what is kept says how many."""
    if wanted.keys() - {"programme", "state"} or not ties.has_none(user, queries.CONFLICT):
        return None
    states = [wanted["state"]] if "state" in wanted else WITH_DEPARTMENT
    programme = wanted["programme"].pk if "programme" in wanted else None
    return tallied(Tally.Of.BIDS, scopes_of(user, *CASE_READERS), states, programme)


def own_bids(user: Any) -> QuerySet[Bid]:
    """The bids of the person's organisations, now or once, and those they are guests of."""
    return Bid.objects.filter(_own(user))


def _own(user: Any) -> Q:
    guest = Q(pk__in=list(queries.guest_roles(user)))
    own = [m.organisation_id for m in memberships_of(user)]
    if not own:
        return guest
    held = BidHolder.objects.filter(predecessor__in=own)
    return Q(organisation__in=seen_organisations(user)) | Q(pk__in=held.values("bid")) | guest


def address_for(user: Any, bid: Bid) -> str:
    """The page of the bid for this person: the case for who works it, else the authority's own."""
    name = "bids:case" if user.has_perm("bids.view_case", bid) else "bids:task_list"
    return path_to(name, bid.reference)


def access_bid(user: Any, reference: str, permission: str) -> Bid:
    """The one door to a bid: unseen is 404, seen but not allowed raises `NotAllowed`."""
    return _let_in(user, _with_beside.first(reference=reference), permission)


def access_to_write(user: Any, reference: str, permission: str) -> Bid:
    """The same door for what is sent: what only pages show of a bid is read if one is shown."""
    return _let_in(user, _with_text(_to_write.first(reference=reference)), permission)


def access_to_answer(user: Any, reference: str, permission: str) -> Bid:
    """The same door for answers, with those that stand (`queries.kept_answers`)."""
    return _let_in(user, _with_text(_to_answer.first(reference=reference)), permission)


def _with_text(bid: Any) -> Bid | None:
    if bid is not None:
        setattr(bid.form, queries.TEXT, bid.form_text)
    return cast("Bid | None", bid)


def access_case(user: Any, reference: str) -> Bid:
    """The same door to the pages of a case, which have no use for the questions of the form."""
    return _let_in(user, _case.first(reference=reference), "bids.view_case")


def _let_in(user: Any, bid: Bid | None, permission: str) -> Bid:
    if bid is None or not (_surely_sees(user, bid) or visible_to(user, pk=bid.pk).exists()):
        raise Http404
    require(user, permission, bid)
    return bid


def _whole(reference: str) -> QuerySet[Bid]:
    rows = Bid.objects.select_related("call__programme", "form", "organisation__region", "theme")
    return rows.filter(reference=reference)


# What no page of a case shows.
NOT_OF_A_CASE = (
    *("form__definition", "call__summary", "call__eligibility", "call__eligible_kinds"),
    *("call__published_counts", "call__programme__summary", "screening"),
)
_with_beside = Prepared(_whole)
_case = Prepared(lambda reference: queries.with_latest(_whole(reference).defer(*NOT_OF_A_CASE)))


def _sent(reference: str) -> QuerySet[Bid]:
    rows = Bid.objects.select_related("call", "form", "organisation").filter(reference=reference)
    return rows.defer(
        *("form__definition", "call__summary", "call__eligibility", "call__published_counts"),
        *("source", "call__source"),
    ).annotate(form_text=Cast("form__definition", TextField()))


_to_write = Prepared(_sent)
_to_answer = Prepared(lambda reference: queries.with_answers(_sent(reference)))


def _surely_sees(user: Any, bid: Bid) -> bool:
    """What `visible_to` says of most bids, from what is known of the person; False: ask it."""
    if not ties.has_none(user, queries.CONFLICT):
        return False
    own = bid.organisation_id in seen_organisations(user)
    case = bid.state in WITH_DEPARTMENT and reads_cases(user, bid)
    return own or case


def access_guest(user: Any, bid: Bid, pk: int) -> BidGuest:
    found = queries.guests_of_bid(bid).filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, "bids.end_guest", bid)
    return found


def access_partner(user: Any, bid: Bid, pk: int, permission: str) -> BidPartner:
    """A partner of a bid that the person sees; what they may do with it is asked of either."""
    rows = BidPartner.objects.select_related("guest__user", "bid__organisation", "bid__call")
    found = rows.filter(bid=bid, pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, found if permission == "bids.answer_as_partner" else bid)
    return found


def access_request(user: Any, bid: Bid, pk: int, permission: str) -> ClarificationRequest:
    """A question of the department about a bid that the person sees."""
    found = bid.clarification_requests.filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, bid)
    found.bid = bid
    return found


STEPS = {
    "ask_certificate": "bids.prepare",
    "certify": "bids.certify",
    "return_to_author": "bids.certify",
    "reopen": "bids.prepare",
    "resume": "bids.prepare",
    "submit": "bids.submit",
    "withdraw": "bids.withdraw",
}


def steps_for(user: Any, bid: Bid) -> dict[str, bool]:
    """Which moves of an authority this person may make with the bid as it is now."""
    steps = {
        move: BID.can(bid, move) and allowed(user, permission, bid)
        for move, permission in STEPS.items()
    }
    return {**steps, "edit": bid.state == "draft" and allowed(user, "bids.edit", bid)}
