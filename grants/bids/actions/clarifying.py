"""The department asks about a section of a submitted bid; the authority replies."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send
from carefund.questions.answers import Checked

from .. import messages, queries
from ..models import Bid, ClarificationRequest, Submission
from ..states import CLARIFIED_IN
from .answering import keep, keep_aside
from .submitting import freeze


class NotWaiting(Refused):
    message = "This request was answered or taken back meanwhile. Nothing was changed."


class DraftMoved(Refused):
    """A colleague has saved another draft since; what was sent is kept beside it."""

    def __init__(self, who: str) -> None:
        super().__init__(
            f"{who} saved another draft meanwhile. It stands below, and what you entered is kept. "
            "Put together what you want, and save or send again."
        )


class MoneyChanged(Refused):
    message = (
        "What you ask for was certified and cannot change here. Put the amounts back, "
        "and explain in your reply what should have been different."
    )


def ask_to_clarify(
    *, bid: Bid, section: str, question: str, reply_by: date, by: Actor
) -> ClarificationRequest:
    """Ask the authority about a section of its bid. Raises KeyError for a section unknown."""
    require(by, "bids.work", bid)
    queries.form_of(bid).section(section)
    if not question.strip():
        raise Refused("Write what is not clear.")
    if reply_by <= clock.today():
        raise Refused("Give a day after today to reply by.")
    with transaction.atomic():
        locked = Bid.objects.select_for_update(of=("self",)).get(pk=bid.pk)
        if locked.state not in CLARIFIED_IN:
            raise Refused("The bid has been decided. Nothing in it can be clarified any more.")
        if locked.clarification_requests.waiting().filter(section=section).exists():
            raise Refused("You have asked about this section and wait for the reply.")
        row = ClarificationRequest.objects.create(
            bid=bid,
            section=section,
            question=question.strip(),
            reply_by=reply_by,
            asked_by=person(by),
        )
        record("bid.ask_to_clarify", bid, by=by, reason=row.question)
        send(messages.ClarificationWanted(bid=bid, request=row), key=str(row.pk))
    return row


def keep_reply(
    *,
    request: ClarificationRequest,
    reply: str,
    values: Mapping[str, Any],
    by: Actor,
    seen: str | None = None,
) -> None:
    """Keep what was typed so far; the department does not see it.

    `seen` is the draft that the person had before them (`ClarificationRequest.draft`). Raises
    `NotWaiting`, and `DraftMoved` when a colleague has saved another one since.
    """
    require(by, "bids.reply", request.bid)
    _stop_if_moved(request, reply, values, seen, by)
    with transaction.atomic():
        bid, row = _locked(request)
        _keep_draft(row, reply, values, by)
        row.reply, row.values = reply, dict(values)
        row.save(update_fields=["reply", "values"])
        record("bid.keep_reply", bid, by=by)


def _stop_if_moved(
    request: ClarificationRequest,
    reply: str,
    values: Mapping[str, Any],
    seen: str | None,
    by: Actor,
) -> None:
    """Keep what was sent, for good, before it is refused."""
    with transaction.atomic():
        _, row = _locked(request)
        if seen is None or seen == row.draft or (row.reply, row.values) == (reply, dict(values)):
            return
        _keep_draft(row, reply, values, by)
        other = row.bid.kept_answers.filter(question=row.drafts).exclude(saved_by=person(by))
        last = other.select_related("saved_by").last()
    raise DraftMoved(str(last.saved_by) if last and last.saved_by else "Somebody")


def _keep_draft(
    row: ClarificationRequest, reply: str, values: Mapping[str, Any], by: Actor
) -> None:
    """Every draft stays, its words and its answers, whatever is saved after it."""
    standing = queries.standing_answers(row.bid)
    submitted = queries.submitted_answers(row.bid)
    keep_aside(row.bid, row.drafts, reply, None, by)
    for key, value in values.items():
        if value not in (submitted.get(key), row.values.get(key)):
            keep_aside(row.bid, key, value, standing.get(key), by)


def reply_to_request(
    *,
    request: ClarificationRequest,
    reply: str,
    values: Mapping[str, Any],
    by: Actor,
    seen: str | None = None,
) -> ClarificationRequest:
    """Send the reply. Corrected answers become a new version of the bid; the old one stays.

    Raises `NotWaiting`, `DraftMoved` (see `keep_reply`), `MoneyChanged`, or `Refused` when an
    answer is missing or not complete.
    """
    require(by, "bids.reply", request.bid)
    if not reply.strip():
        raise Refused("Write your reply.")
    _stop_if_moved(request, reply, values, seen, by)
    with transaction.atomic():
        bid, row = _locked(request)
        answers = queries.submitted_answers(bid)
        section = queries.form_of(bid).section(row.section)
        keys = [question.key for question in section.questions]
        changed = {key: values[key] for key in keys if key in values}
        changed = {key: value for key, value in changed.items() if answers.get(key) != value}
        row.reply, row.values = reply.strip(), changed
        row.before = {key: answers[key] for key in keys if key in answers}
        row.replied_at, row.replied_by = clock.now(), person(by)
        row.save()
        if changed:
            _correct(bid, answers, row, by)
        record("bid.reply", bid, by=by, changes={"answers": (None, sorted(changed))})
        send(messages.ClarificationGiven(bid=bid, request=row), key=str(row.pk))
    return row


def _correct(
    bid: Bid, before: Mapping[str, Any], row: ClarificationRequest, by: Actor
) -> Submission:
    form, answers = queries.form_of(bid), {**before, **row.values}
    if queries.amounts_in(form, answers) != queries.amounts_in(form, before):
        raise MoneyChanged
    if problems := Checked(form, answers).problems:
        raise Refused(" ".join(problem.words for problem in problems))
    standing = queries.standing_answers(bid)
    for key, value in row.values.items():
        keep(bid, key, value, standing.get(key), by)
    return freeze(bid, clock.now(), by, answers=answers, clarification=row.pk)


def take_back_request(*, request: ClarificationRequest, by: Actor) -> None:
    """Ask no longer. What the authority has typed so far is kept. Raises `NotWaiting`."""
    require(by, "bids.work", request.bid)
    with transaction.atomic():
        bid, row = _locked(request)
        row.taken_back_at, row.taken_back_by = clock.now(), person(by)
        row.save(update_fields=["taken_back_at", "taken_back_by"])
        record("bid.take_back_request", bid, by=by)
        send(messages.ClarificationTakenBack(bid=bid, request=row), key=str(row.pk))


def _locked(request: ClarificationRequest) -> tuple[Bid, ClarificationRequest]:
    """The bid first, as everywhere; then the request, if it still waits."""
    bid = Bid.objects.select_for_update(of=("self",)).get(pk=request.bid_id)
    row = ClarificationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not row.is_waiting or bid.state not in CLARIFIED_IN:
        raise NotWaiting
    return bid, row
