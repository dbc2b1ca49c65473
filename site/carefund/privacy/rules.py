"""Who may look at what is held about people, and who may export or anonymise.

Which roles those are, the slice that gives the roles adds: `privacy.read`, `privacy.act`.
"""

from typing import Any

import rules
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import Http404

from carefund.core.permissions import require

from .models import PersonRequest


@rules.predicate
def may_fetch(user: Any, request: Any) -> bool:
    """Only whoever asked for an export fetches it, while it is kept."""
    return request.requested_by_id == user.pk and user.has_perm("privacy.act")


rules.add_perm("privacy.fetch", may_fetch)


def people_visible_to(user: Any) -> QuerySet[Any]:
    people = get_user_model()._default_manager.all()
    return people if user.has_perm("privacy.read") else people.none()


def requests_visible_to(user: Any) -> QuerySet[PersonRequest]:
    rows = PersonRequest.objects.select_related("person", "requested_by")
    return rows if user.has_perm("privacy.read") else rows.none()


def access_person(user: Any, number: int, permission: str = "privacy.read") -> Any:
    found = people_visible_to(user).filter(pk=number).first()
    if found is None:
        raise Http404
    require(user, permission)
    return found


def access_request(user: Any, number: int) -> PersonRequest:
    found = requests_visible_to(user).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
