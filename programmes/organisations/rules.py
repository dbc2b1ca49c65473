"""What members of an organisation may do in it."""

from typing import Any

import rules

from carefund.accounts.roles import AuthorityRole

from . import queries


def organisation_id_of(obj: Any) -> int:
    return obj.organisation_id if hasattr(obj, "organisation_id") else obj.pk


def holds_in_organisation(*roles: AuthorityRole) -> rules.predicates.Predicate:
    """Predicate: the person holds one of `roles` (any, when none) in the object's organisation."""

    def holds(user: Any, obj: Any = None) -> bool:
        if obj is None:
            return bool(queries.memberships_of(user))
        return queries.has_role(user, organisation_id_of(obj), *roles)

    return rules.predicate(holds, name="holds in organisation " + (" or ".join(roles) or "any"))


is_member = holds_in_organisation()
rules.add_perm("organisations.view_own", is_member)
