"""A call's life: announced, opened and closed at its instants, assessed, decided."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock, states, work, years
from carefund.core.actors import SYSTEM, Actor
from carefund.core.errors import Refused
from carefund.core.formats import uk_instant
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.questions.definition import BadDefinition, Fault, FormDefinition, breaks
from programmes.funds.actions import NotEnough, release, reserve
from programmes.funds.models import BudgetLine, Programme

from ..models import Call, CallUpdate, Criterion, FormVersion
from ..queries import problems_with
from ..signals import call_announced, call_extended, form_corrected
from .telling import note


class NotReady(Refused):
    """A call cannot be announced yet; `problems` lists what is missing."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("The call is not ready: " + " ".join(problems))


class FormFrozen(Refused):
    message = "The form is frozen because the call has opened. Make a new version instead."


def create_call(*, programme: Programme, code: str, by: Actor, **values: Any) -> Call:
    """Begin a draft call of a programme. `values` are the fields of `Call`."""
    require(by, "calls.manage", programme)
    with transaction.atomic():
        call = Call(programme=programme, code=code, **values)
        call.full_clean()
        call.save()
        _pay_from_budget(call)
        record("call.create", call, by=by)
    return call


# What may still be corrected when people have begun to rely on the rest.
WORDS = {"title": "the title", "summary": "the summary", "eligibility": "who can bid"}
WHOLE = 100  # per cent


def update_call(*, call: Call, by: Actor, **values: Any) -> Call:
    """Change a call: everything while it is being prepared, only its words once announced."""
    require(by, "calls.manage", call)
    with transaction.atomic():
        locked = Call.objects.select_for_update().get(pk=call.pk)
        changed = {k: v for k, v in values.items() if getattr(locked, k) != v}
        if locked.state not in {"draft", "in_review"} and not changed.keys() <= WORDS.keys():
            raise Refused(
                "The call has been announced. Its money, dates and rules no longer change; "
                "the closing time can be extended."
            )
        if changed:
            before = {key: getattr(locked, key) for key in changed}
            for key, value in changed.items():
                setattr(locked, key, value)
            locked.full_clean()
            locked.save()
            moved = {key: (before[key], changed[key]) for key in changed}
            record("call.update", locked, by=by, changes=moved)
            _tell_of_words(locked, moved, by)
        if locked.state in {"draft", "in_review"}:
            _pay_from_budget(locked)
    return locked


def _tell_of_words(call: Call, moved: dict[str, Any], by: Actor) -> None:
    """Whoever relies on an announced call reads which of its words are new."""
    if call.state not in {"draft", "in_review"}:
        names = [WORDS[name] for name in WORDS if name in moved]
        note(call=call, text=f"Corrected: {', '.join(names)}.", by=by)


def _pay_from_budget(call: Call) -> None:
    """The call is paid from the programme's lines of the years in which its projects run."""
    first = years.financial_year(call.project_starts_on)
    last = years.financial_year(call.project_ends_on)
    lines = BudgetLine.objects.filter(
        programme=call.programme, financial_year__gte=first, financial_year__lte=last
    )
    call.budget_lines.set(lines)


def save_form(
    *,
    call: Call,
    definition: dict[str, Any],
    by: Actor,
    criteria: Sequence[dict[str, Any]] | None = None,
) -> FormVersion:
    """Store the questions of a call: in place while it is not open, else as the next version.

    A correction of a form in use is frozen at once, and bids in progress go on with it. `criteria`
    are those that will be saved with it, where they change too. Raises `BadDefinition` with what
    the edit would break and every problem in the definition.
    """
    require(by, "calls.manage", call)
    with transaction.atomic():
        locked = Call.objects.select_for_update().get(pk=call.pk)
        latest = locked.forms.order_by("-version").first()
        _refuse_wrong(latest, definition, call.criteria.all() if criteria is None else criteria)
        if latest and not latest.frozen_at:
            latest.definition = definition
            latest.save(update_fields=["definition"])
            form = latest
        elif latest:
            form = _correct(locked, latest, definition, by)
        else:
            form = FormVersion.objects.create(call=locked, version=1, definition=definition)
        record("call.save_form", call, by=by, changes={"form version": (None, form.version)})
    return form


def _refuse_wrong(
    latest: FormVersion | None, definition: dict[str, Any], criteria: Iterable[Any]
) -> None:
    found = [Fault(sentence) for sentence in _broken(latest, definition, criteria)]
    try:
        FormDefinition.parse(definition)
    except BadDefinition as error:
        found += error.problems
    if found:
        raise BadDefinition(found)


def _broken(
    latest: FormVersion | None, definition: dict[str, Any], criteria: Iterable[Any]
) -> list[str]:
    try:
        before = FormDefinition.parse(latest.definition) if latest else None
    except BadDefinition:
        return []
    return breaks(before, definition, criteria) if before else []


def _correct(call: Call, latest: FormVersion, definition: dict[str, Any], by: Actor) -> FormVersion:
    if definition == latest.definition:
        return latest
    if call.state not in {"forecast", "open"} or clock.now() >= call.closes_at:
        raise Refused("The call has closed. Its form no longer changes.")
    form = FormVersion.objects.create(
        call=call, version=latest.version + 1, definition=definition, frozen_at=clock.now()
    )
    text = f"The form was corrected (version {form.version}). Bids that were begun go on with it."
    note(call=call, text=text, by=by)
    form_corrected.send(sender=FormVersion, form=form, by=by)
    return form


def save_criteria(*, call: Call, criteria: list[dict[str, Any]], by: Actor) -> list[Criterion]:
    """Replace the criteria of a call that has not opened. Weights must add up to 100."""
    require(by, "calls.manage", call)
    if call.state not in {"draft", "in_review"}:
        raise Refused("The criteria are fixed because the call has been announced.")
    if sum(item["weight"] for item in criteria) != WHOLE:
        raise Refused("The weights of the criteria must add up to 100 per cent.")
    with transaction.atomic():
        call.criteria.all().delete()
        rows = [
            Criterion.objects.create(call=call, position=number, **item)
            for number, item in enumerate(criteria, 1)
        ]
        record("call.save_criteria", call, by=by)
    return rows


def announce(*, call: Call, by: Actor) -> Call:
    """Publish a call. It opens and closes by itself at its instants. Raises `NotReady`."""
    require(by, "calls.manage", call)
    problems = problems_with(call)
    if problems:
        raise NotReady(problems)
    with transaction.atomic():
        moved = states.move(call, "announce", by=by)
        set_aside(call=moved, amount=moved.total, by=by)
        note(call=moved, text="Call announced.", by=by)
        call_announced.send(sender=Call, call=moved, by=by)
        _schedule(call)
    return moved


def set_aside(*, call: Call, amount: Decimal, by: Actor) -> None:
    """Reserve what the call offers, so that no other call offers it too. Raises `NotReady`."""
    require(by, "calls.manage", call)
    try:
        reserve(
            programme=call.programme,
            subject=call,
            lines=call.budget_lines.all(),
            amount=amount,
            key=f"call:{call.pk}:{call.updates.count()}",
            by=by,
        )
    except NotEnough as refused:
        raise NotReady([refused.message]) from refused


def _set_free(call: Call, by: Actor) -> None:
    release(
        programme=call.programme,
        subject=call,
        key=f"call:{call.pk}:free:{call.updates.count()}",
        by=by,
    )


def send_for_review(*, call: Call, by: Actor) -> Call:
    """Ask a colleague to read the call before it is announced."""
    require(by, "calls.manage", call)
    return states.move(call, "send_for_review", by=by)


def return_to_draft(*, call: Call, reason: str, by: Actor) -> Call:
    """Back to its authors: from the review, or taken back before it has opened."""
    require(by, "calls.manage", call)
    if not reason.strip():
        raise Refused("Say why the call goes back to draft.")

    def not_open_yet(locked: Call) -> None:
        if locked.state == "forecast" and clock.now() >= locked.opens_at:
            raise Refused("The call has opened. It can no longer be taken back.")

    with transaction.atomic():
        announced = call.state == "forecast"
        moved = states.move(call, "return_to_draft", by=by, reason=reason, guard=not_open_yet)
        if announced:
            _set_free(moved, by)
            # The log is for good; whoever was told of the call is told that it is off.
            note(call=moved, text="The announcement was withdrawn.", by=by)
    return moved


def archive(*, call: Call, by: Actor) -> Call:
    """Put a call away whose work is done. It stays public among the closed ones."""
    require(by, "calls.manage", call)
    with transaction.atomic():
        if call.state in {"forecast", "open"} and clock.now() >= call.closes_at:
            close_call(call=call)
        moved = states.move(call, "archive", by=by)
        _set_free(moved, by)
    return moved


def add_update(*, call: Call, text: str, by: Actor) -> CallUpdate:
    """Write a line into the log that everybody reads, and tell those who follow the call."""
    require(by, "calls.manage", call)
    if not text.strip():
        raise Refused("Write what has changed.")
    if call.state in {"draft", "in_review"}:
        raise Refused("The call has not been announced, so there is nobody to tell yet.")
    with transaction.atomic():
        record("call.add_update", call, by=by)
        return note(call=call, text=text.strip(), by=by)


def _schedule(call: Call) -> None:
    for verb, moment in (("open", call.opens_at), ("close", call.closes_at)):
        work.enqueue(
            f"calls.{verb}",
            key=f"{call.pk}:{moment.isoformat()}",
            payload={"call_id": call.pk},
            due_at=moment,
        )


def open_call(*, call: Call, by: Actor = SYSTEM) -> Call:
    """Mark a call open whose instant has come and freeze its form. Early is refused."""
    if clock.now() < call.opens_at:
        raise Refused(f"The call opens on {call.opens_at:%d %B %Y}.")
    with transaction.atomic():
        moved = states.move(call, "open", by=by)
        freeze_form(call=call)
        note(call=moved, text="The call is open for bids.", by=by)
    return moved


def freeze_form(*, call: Call) -> None:
    """Fix the form from the first moment anyone may rely on it, scheduler or not."""
    for form in call.forms.select_for_update().filter(frozen_at__isnull=True):
        form.frozen_at = clock.now()
        form.save(update_fields=["frozen_at"])


def close_call(*, call: Call, by: Actor = SYSTEM) -> Call:
    """Mark a call closed whose instant has come. A late open is done on the way."""
    if clock.now() < call.closes_at:
        raise Refused(f"The call closes on {call.closes_at:%d %B %Y}.")
    with transaction.atomic():
        if call.state == "forecast":
            open_call(call=call, by=by)
        return states.move(call, "close", by=by)


def extend(*, call: Call, closes_at: datetime, reason: str, by: Actor) -> Call:
    """Move the closing instant later, with a reason that everybody can read."""
    require(by, "calls.manage", call)
    if not reason.strip():
        raise Refused("Give a reason for the extension.")
    with transaction.atomic():
        locked = Call.objects.select_for_update().get(pk=call.pk)
        if not locked.is_open or closes_at <= locked.closes_at:
            raise Refused("Only an open call can be extended, and only to a later time.")
        before, locked.closes_at = locked.closes_at, closes_at
        locked.save(update_fields=["closes_at"])
        note(
            call=locked,
            text=f"The call now closes on {uk_instant(closes_at)}. {reason.strip()}",
            by=by,
        )
        _schedule(locked)
        call_extended.send(sender=Call, call=locked, before=before, reason=reason.strip(), by=by)
        record(
            "call.extend", locked, by=by, changes={"closes_at": (before, closes_at)}, reason=reason
        )
    call.closes_at = closes_at
    return locked


def start_assessment(*, call: Call, by: Actor) -> Call:
    require(by, "calls.manage", call)
    if call.state in {"forecast", "open"} and clock.now() >= call.closes_at:
        close_call(call=call)
    return states.move(call, "start_assessment", by=by)


def decide(*, call: Call, by: Actor) -> Call:
    """Mark a call decided; the award of its bids is what decides it. What is left is set free."""
    with transaction.atomic():
        moved = states.move(call, "decide", by=by)
        _set_free(moved, by)
    return moved
