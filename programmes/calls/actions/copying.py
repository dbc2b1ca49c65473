"""A new call from one that went before, and invitations to it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from programmes.organisations.models import Organisation

from ..models import Call, Criterion, FormVersion, Invitation
from ..signals import call_copied
from .life import create_call

COPIED = (
    "summary", "total", "smallest_award", "largest_award", "eligibility", "eligible_kinds",
    "several_bids_allowed", "assessors_per_bid", "assessors_read_all", "anonymous_assessment",
    "invited_only", "late_by_grace",
    "always_open",
)  # fmt: skip


def copy_call(
    *, call: Call, code: str, title: str, opens_at: datetime, closes_at: datetime, by: Actor
) -> Call:
    """Begin a draft with the form, the criteria and the rules of another call.

    Its projects run as long after its closing as those of the first ran after theirs.
    """
    require(by, "calls.manage", call)
    if Call.objects.filter(code=code).exists():
        raise Refused("Another call has this code already.")
    shift = closes_at - call.closes_at
    with transaction.atomic():
        new = create_call(
            programme=call.programme,
            code=code,
            by=by,
            title=title.strip(),
            opens_at=opens_at,
            closes_at=closes_at,
            project_starts_on=call.project_starts_on + shift,
            project_ends_on=call.project_ends_on + shift,
            copied_from=call,
            is_sample=call.is_sample,
            **{name: getattr(call, name) for name in COPIED},
        )
        new.themes.set(call.themes.filter(ended_on__isnull=True))
        new.eligible_regions.set(call.eligible_regions.all())
        copy_questions(source=call, target=new)
        record("call.copy", new, by=by, changes={"copied from": (None, call.code)})
        call_copied.send(sender=Call, call=new, source=call, by=by)
    return new


def copy_questions(*, source: Call, target: Call) -> None:
    """Give a call without a form the form and the criteria of another."""
    form = source.forms.order_by("-version").first()
    if form and not target.forms.exists():
        FormVersion.objects.create(call=target, version=1, definition=form.definition)
    if target.criteria.exists():
        return
    for criterion in source.criteria.all():
        Criterion.objects.create(
            call=target,
            **{
                field.name: getattr(criterion, field.name)
                for field in Criterion._meta.concrete_fields
                if field.name not in {"id", "call"}
            },
        )


def invite(*, call: Call, organisations: Iterable[Organisation], by: Actor) -> list[Invitation]:
    """Let these organisations bid to a call that is not for all. Returns the new invitations."""
    require(by, "calls.manage", call)
    with transaction.atomic():
        locked = Call.objects.select_for_update().get(pk=call.pk)
        if locked.phase.value not in {"draft", "in_review", "forecast", "open"}:
            raise Refused("The call has closed. Nobody can be invited to it any more.")
        made = []
        for organisation in organisations:
            row, new = Invitation.objects.get_or_create(call=locked, organisation=organisation)
            if new:
                made.append(row)
        if made:
            names = sorted(str(row.organisation) for row in made)
            record("call.invite", locked, by=by, changes={"invited": (None, names)})
    return made
