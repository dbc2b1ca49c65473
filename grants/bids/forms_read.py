"""Versions of forms, what differs between them, and what a bid left behind."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from carefund.questions.definition import Change, Screening, changes
from carefund.questions.types import question_type, type_names
from programmes.calls.models import Call, FormVersion

from .models import AnswerSetAside, Bid
from .queries import read_form


def screening_of(call: Call) -> tuple[Screening, ...]:
    """What is asked before a bid to the call can start."""
    form = call.forms.order_by("-version").first()
    return read_form(form, call).eligibility if form else ()


@dataclass(frozen=True)
class Correction:
    """A version of a form beside the one before it."""

    form: FormVersion
    changes: list[Change]
    bids: int = 0


def corrections_since(bid: Bid) -> list[FormVersion]:
    """Versions of the form that the bid was carried over to, the latest last."""
    rows = bid.call.forms.filter(made_at__gt=bid.started_at, version__lte=bid.form.version)
    return list(rows.order_by("version"))


def corrections_of(bid: Bid) -> list[Correction]:
    """What became of the form since the bid was begun, the latest first."""
    wanted = {form.pk for form in corrections_since(bid)}
    return [one for one in _versions(bid.call, inside=False) if one.form.pk in wanted]


def versions_of(call: Call) -> list[Correction]:
    """Every version of the call's form with how it differs from the one before, newest first."""
    return _versions(call, inside=True)


def _versions(call: Call, *, inside: bool) -> list[Correction]:
    forms = list(call.forms.annotate(number=Count("bids")).order_by("version"))
    read = [read_form(form, call) for form in forms]
    found = []
    for place, form in enumerate(forms):
        differing = changes(read[place - 1], read[place], inside=inside) if place else []
        found.append(Correction(form, differing, form.number))
    return list(reversed(found))


def set_aside_of(bid: Bid) -> list[dict[str, Any]]:
    """Answers that are no longer asked for, as they can be read."""
    return [_aside(row) for row in bid.set_aside.select_related("form").order_by("-pk")]


def _aside(row: AnswerSetAside) -> dict[str, Any]:
    known = row.kind in type_names()
    words = question_type(row.kind).html(row.value, row.options) if known else str(row.value)
    return {"key": row.label, "value": words or "Not answered", "why": row.get_why_display()} | {
        "table": question_type(row.kind).table(row.value, row.options)
        if known and question_type(row.kind).is_table
        else None,
        "version": row.form.version,
    }
