"""What members of an organisation may do in it, and who lets others in."""

from typing import Any

import rules
from django.db.models import QuerySet

from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole
from carefund.core import clock
from carefund.core.doors import fetch

from . import queries
from .models import Invitation, JoinRequest, Organisation


def organisation_id_of(obj: Any) -> int:
    return obj.organisation_id if hasattr(obj, "organisation_id") else obj.pk


def holds_in_organisation(*roles: AuthorityRole) -> rules.predicates.Predicate:
    """Predicate: the person holds one of `roles` (any, when none) in the object's organisation."""

    def holds(user: Any, obj: Any = None) -> bool:
        if obj is None:
            return bool(queries.memberships_of(user))
        return queries.has_role(user, organisation_id_of(obj), *roles)

    return rules.predicate(holds, name="holds in organisation " + (" or ".join(roles) or "any"))


@rules.predicate
def belongs_to_its_successor(user: Any, obj: Any = None) -> bool:
    """Has a role in an organisation that took over the object's organisation."""
    return obj is not None and organisation_id_of(obj) in queries.seen_organisations(user)


is_member = holds_in_organisation()
is_people_administrator = holds_in_organisation(AuthorityRole.ADMINISTRATOR)
rules.add_perm("organisations.view_own", is_member)
rules.add_perm("organisations.view_people", is_member)
rules.add_perm("organisations.manage_people", is_people_administrator)


def visible_to(user: Any) -> QuerySet[Organisation]:
    """The organisations in which the person has a role."""
    own = {m.organisation_id for m in queries.memberships_of(user)}
    return Organisation.objects.filter(pk__in=own)


def access_organisation(
    user: Any, pk: int, permission: str = "organisations.view_people"
) -> Organisation:
    return fetch(visible_to(user), user, permission, pk=pk)


MANAGE = "organisations.manage_people"


def access_member(user: Any, organisation: Organisation, pk: int) -> User:
    """A member of an organisation whose people the person manages."""
    rows = queries.members_of(organisation)
    return fetch(rows, user, "organisations.see_member", pk=pk)


def access_invitation(user: Any, organisation: Organisation, pk: int) -> Invitation:
    return fetch(queries.open_invitations(organisation), user, MANAGE, pk=pk)


def access_request(user: Any, organisation: Organisation, pk: int) -> JoinRequest:
    return fetch(queries.waiting_requests(organisation), user, MANAGE, pk=pk)


# The door before it has asked whether the person manages the people of the organisation.
rules.add_perm("organisations.see_member", rules.always_allow)


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation whose link this is; whoever has the link has read the mail."""
    return (
        Invitation.objects.select_related("organisation", "invited_by")
        .filter(token_hash=queries.fingerprint(token))
        .first()
    )


def join_request_by_token(token: str) -> JoinRequest | None:
    """A request that still waits for its owner to confirm the address."""
    rows = JoinRequest.objects.filter(state="unconfirmed", expires_at__gt=clock.now())
    return rows.filter(token_hash=queries.fingerprint(token)).first()
