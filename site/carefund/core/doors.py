"""How an object is fetched for a person: what they may not see does not exist."""

from typing import Any, TypeVar

from django.db import models
from django.http import Http404

from .permissions import require

M = TypeVar("M", bound=models.Model)


def fetch(rows: models.QuerySet[M], user: Any, permission: str, **lookup: Any) -> M:
    """The one of `rows` that `lookup` names, if the person holds `permission` on it.

    `rows` are what the person may see: all else is `Http404`. What may be seen but not done
    raises `NotAllowed`.
    """
    found = rows.filter(**lookup).first()
    if found is None:
        raise Http404
    require(user, permission, found)
    return found
