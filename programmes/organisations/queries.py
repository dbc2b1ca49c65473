from typing import Any

from carefund.accounts.roles import AuthorityRole

from .models import Membership, Organisation


def memberships_of(user: Any) -> list[Membership]:
    """The person's roles now; read once per request, for every rule asks."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_memberships"):
        current = Membership.objects.current().filter(user=user)
        user._memberships = list(  # noqa: SLF001 - kept beside the person for one request
            current.select_related("organisation").order_by("pk")
        )
    return list(user._memberships)  # noqa: SLF001 - as above


def organisations_of(user: Any) -> list[Organisation]:
    """The organisations in which the person has a role, each once."""
    return list({m.organisation_id: m.organisation for m in memberships_of(user)}.values())


def roles_on(user: Any, obj: Any) -> list[str]:
    """The roles in organisations that count for the object, in words."""
    wanted = obj.pk if isinstance(obj, Organisation) else getattr(obj, "organisation_id", None)
    return [
        f"{AuthorityRole(m.role).label}, {m.organisation.short_name or m.organisation.name}"
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
