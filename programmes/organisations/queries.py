import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from carefund.accounts import ties
from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole
from carefund.core import clock
from carefund.core.prepared import Prepared

from .models import (
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationDomain,
    OrganisationName,
    Succession,
)

MEMBERSHIPS, PREDECESSORS = "memberships", "predecessors"


class Role(NamedTuple):
    """What a person is in an organisation now."""

    organisation_id: int
    role: str
    capacity: str
    short_name: str
    name: str


# Read beside the person, in this order.
ROLE = ("organisation_id", "role", "capacity", "organisation__short_name", "organisation__name")


def memberships_of(user: Any) -> list[Role]:
    """The person's roles now; read once per request, for every rule asks."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_memberships"):
        known = ties.facts_of(user, MEMBERSHIPS)
        rows = _current(user=user.pk) if known is None else known
        user._memberships = [Role(*row) for row in rows]  # noqa: SLF001 - kept for one request
    return list(user._memberships)  # noqa: SLF001 - as above


_current = Prepared(lambda user: current_memberships().filter(user=user).values_list(*ROLE))


def current_memberships() -> QuerySet[Membership]:
    return Membership.objects.current().order_by("pk")


def forget(user: Any) -> None:
    """The person's roles have changed: read them again."""
    for name in (MEMBERSHIPS, PREDECESSORS):
        ties.forget(user, name)
    for name in ("_memberships", "_organisations", "_seen_organisations"):
        if hasattr(user, name):
            delattr(user, name)


def organisations_of(user: Any) -> list[Organisation]:
    """The organisations in which the person has a role, each once; read once per request."""
    wanted = list(dict.fromkeys(m.organisation_id for m in memberships_of(user)))
    if not wanted:
        return []
    if not hasattr(user, "_organisations"):
        user._organisations = Organisation.objects.in_bulk(wanted)  # noqa: SLF001 - as above
    return [user._organisations[pk] for pk in wanted]  # noqa: SLF001 - as above


def roles_on(user: Any, obj: Any) -> list[str]:
    """The roles in organisations that count for the object, in words."""
    wanted = obj.pk if isinstance(obj, Organisation) else getattr(obj, "organisation_id", None)
    return [
        f"{AuthorityRole(m.role).label}, {m.short_name or m.name}"
        for m in memberships_of(user)
        if wanted is None or m.organisation_id == wanted
    ]


def colleagues_of(user: Any) -> set[int]:
    """Everybody who has or had a role in the person's organisations."""
    own = [m.organisation_id for m in memberships_of(user)]
    return set(Membership.objects.filter(organisation__in=own).values_list("user", flat=True))


def has_role(user: Any, organisation_id: int, *roles: AuthorityRole) -> bool:
    """Whether the person holds one of `roles` (any role when none is named) in it."""
    return any(
        m.organisation_id == organisation_id and (not roles or m.role in roles)
        for m in memberships_of(user)
    )


def seen_organisations(user: Any) -> frozenset[int]:
    """Ids of the person's organisations and of all that these have taken over.

    A member of a successor reads what its predecessors did; working on it needs a role there.
    """
    own = {m.organisation_id for m in memberships_of(user)}
    if not own or ties.has_none(user, PREDECESSORS):
        return frozenset(own)
    if not hasattr(user, "_seen_organisations"):
        user._seen_organisations = own | _predecessors(own)  # noqa: SLF001 - as above
    return frozenset(user._seen_organisations)  # noqa: SLF001 - as above


def _predecessors(organisations: set[int]) -> set[int]:
    found: set[int] = set()
    wanted = organisations
    while wanted:
        rows = Succession.objects.filter(successor__in=wanted, on__lte=clock.today())
        wanted = set(rows.values_list("predecessor", flat=True)) - found - organisations
        found |= wanted
    return found


def members_of(organisation: Organisation) -> QuerySet[User]:
    """People with a role in it now; their roles there are in `roles_here`."""
    current = Membership.objects.current().filter(organisation=organisation)
    return (
        User.objects.filter(pk__in=current.values("user"))
        .prefetch_related(Prefetch("memberships", current.order_by("role"), "roles_here"))
        .order_by("name", "pk")
    )


def people_with(organisation: Organisation, *roles: AuthorityRole) -> list[User]:
    """Who holds one of the roles in it now."""
    current = Membership.objects.current().filter(organisation=organisation, role__in=roles)
    return list(User.objects.filter(pk__in=current.values("user"), is_active=True).order_by("pk"))


def administrators_of(organisation: Organisation) -> list[User]:
    current = Membership.objects.current().filter(
        organisation=organisation, role=AuthorityRole.ADMINISTRATOR
    )
    return list(User.objects.filter(pk__in=current.values("user"), is_active=True).order_by("pk"))


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations to become a member that nobody has taken up or taken back."""
    rows = Invitation.objects.waiting().filter(organisation=organisation, kind="member")
    return rows.select_related("invited_by").order_by("-invited_at")


def waiting_requests(organisation: Organisation) -> QuerySet[JoinRequest]:
    rows = JoinRequest.objects.filter(organisation=organisation, state="waiting")
    return rows.select_related("user").order_by("asked_at")


def fingerprint(token: str) -> str:
    """What is kept of the token in a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].strip().lower()


def organisations_for(emails: Iterable[str]) -> list[Organisation]:
    """The organisations to whose domains these addresses belong today."""
    domains = {domain_of(email) for email in emails}
    rows = OrganisationDomain.objects.valid_on(clock.today()).filter(domain__in=domains)
    ids = rows.values("organisation")
    return list(Organisation.objects.valid_on(clock.today()).filter(pk__in=ids).order_by("name"))


def names_as_at(moment: datetime) -> dict[int, tuple[str, str]]:
    """Organisation -> (name, short name) on the day of `moment`, as it was known then.

    Only organisations that were ever renamed are in it.
    """
    day = moment.astimezone(clock.LONDON).date()
    rows = OrganisationName.objects.filter(recorded_at__lte=moment, valid_from__lte=day)
    return {
        row.organisation_id: (row.name, row.short_name)
        for row in rows.order_by("organisation", "valid_from", "pk")
    }


def name_on(organisation: Organisation, day: date) -> str:
    """What it was called on `day`; its first name for any day before that."""
    fetched = "names" in getattr(organisation, "_prefetched_objects_cache", ())
    rows = organisation.names.all() if fetched else _names(organisation=organisation.pk)
    names = sorted(rows, key=lambda row: row.valid_from)
    if not names:
        return organisation.name
    before = [row for row in names if row.valid_from <= day]
    return (before or names)[-1 if before else 0].name


_names = Prepared(lambda organisation: OrganisationName.objects.filter(organisation=organisation))


def successors_of(organisation: Organisation) -> QuerySet[Succession]:
    return organisation.successions.select_related("successor").order_by("on")


def predecessors_of(organisation: Organisation) -> QuerySet[Succession]:
    return organisation.predecessions.select_related("predecessor").order_by("on")


def filtered(rows: QuerySet[Organisation], words: str, kind: str) -> QuerySet[Organisation]:
    """Organisations by words of any name they have had, their codes, and their kind."""
    for word in words.split()[:6]:
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(names__name__icontains=word)
            | Q(code__iexact=word)
            | Q(gss_code__iexact=word)
            | Q(former_codes__gss_code__iexact=word)
        )
    return (rows.filter(kind=kind) if kind else rows).distinct()


def names_now(organisation: Organisation) -> list[str]:
    """What it is called now, or whoever goes on with its work since it ended."""
    if organisation.valid_to is None or organisation.valid_to > clock.today():
        return [organisation.name]
    rows = list(successors_of(organisation))
    return [name for row in rows for name in names_now(row.successor)] or [organisation.name]
