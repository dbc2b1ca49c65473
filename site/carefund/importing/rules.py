"""Whoever may write what a spreadsheet holds may load it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from carefund.core.permissions import allowed, require

from . import registry
from .models import ImportRun


def access_kind(user: Any, kind: str) -> registry.Importer:
    found = registry.find(kind)
    if found is None:
        raise Http404
    require(user, found.permission)
    return found


def visible_to(user: Any) -> QuerySet[ImportRun]:
    """What somebody has loaded is not yet said: until it is written it is theirs alone."""
    return ImportRun.objects.filter(uploaded_by=user)


def access_run(user: Any, run_id: int) -> ImportRun:
    run = get_object_or_404(visible_to(user), pk=run_id)
    found = registry.find(run.kind)
    if found is None or not allowed(user, found.permission):
        raise Http404
    return run
