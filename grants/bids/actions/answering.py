"""Answers are saved one section at a time, and nothing that was saved is ever lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.making import new
from carefund.core.permissions import require
from carefund.core.prepared import Prepared
from carefund.core.record import record
from carefund.core.writing import Insertion, Outdated, Rows, Standing, change, together
from carefund.questions.definition import FormDefinition

from .. import queries
from ..models import Answer, AnswerRevision, Bid, KeptAnswer, RequestedAmount
from ..queries import Kept
from ..states import EDITABLE
from .together import leave_section, leaving

# One entry of the record for the pauses of one sitting.
TOLD_EVERY = timedelta(minutes=10)


class NotEditable(Refused):
    message = "This bid can no longer be changed. Reopen it first."


_locked = Prepared(
    lambda pk: (
        Bid.objects.select_for_update(of=("self",))
        .only(
            *("reference", "title", "state", "call", "form"),
            *("organisation", "prepared_by", "requested"),
        )
        .filter(pk=pk)
    )
)
_standing = Prepared(
    lambda bid, questions: Answer.objects.filter(bid=bid, question__in=questions).order_by("pk")
)

# Answers that one statement keeps; more go in by statements of their own.
AT_ONCE = 4
AS_SAVED = ["page", "value", "revision", "saved_at", "saved_by"]
_answer = Insertion(
    Answer, unique=["bid", "question"], update=AS_SAVED, after="revision", sure=True
)
_revision = Insertion(AnswerRevision, unique=["bid", "question", "revision"], sure=True)


@dataclass(frozen=True)
class Clash:
    """Two texts for one question: what stands saved, by whom and when, and what was sent."""

    question: str
    theirs: Any
    mine: Any
    saved_by: Any
    saved_at: Any
    revision: int


class Conflict(Refused):
    """Somebody else saved some of these answers since they were read. Nothing was overwritten.

    The texts that clash are in `clashes`; what did not clash has been saved.
    """

    def __init__(self, clashes: list[Clash]) -> None:
        self.clashes = clashes
        super().__init__("Somebody else has changed this section. Choose what to keep.")


def save_answers(
    *,
    bid: Bid,
    values: Mapping[str, Any],
    revisions: Mapping[str, int],
    by: Actor,
    page: str = "",
    as_typed: bool = False,
    seen: Mapping[str, Kept] | None = None,
    leaves: str = "",
) -> list[Answer]:
    """Save `values` by question key; incomplete answers are welcome.

    `revisions` are the revision numbers that the person was looking at (0 or absent: none yet),
    `page` the opened page they typed on: what they saved from it before never clashes.
    `as_typed`: saved while they type, which is told once in a while, not for every pause.
    `seen` is what stood when it was last looked at, if the caller did just now; `leaves` the
    section that they have open no longer once all is saved.
    Raises `Conflict` after saving what does not clash, `NotEditable`, or KeyError for a question
    that the form does not ask. Both keep the text that did not become the answer.
    """
    require(by, "bids.edit", bid)
    sent = _Sent(bid, queries.form_of(bid), values, revisions, page, by)
    told = as_typed and _told_just_now(bid, by)
    saved = _at_once(sent, queries.kept_answers(bid) if seen is None else seen, leaves, told=told)
    if saved is None:
        saved = _one_after_another(sent, told=told)
        if leaves:
            leave_section(bid=bid, section=leaves, by=by)
    return saved


@dataclass(frozen=True)
class _Sent:
    """What a person sent, and what they were looking at."""

    bid: Bid
    form: FormDefinition
    values: Mapping[str, Any]
    revisions: Mapping[str, int]
    page: str
    by: Actor


def _at_once(
    sent: _Sent, seen: Mapping[str, Kept], leaves: str, *, told: bool
) -> list[Answer] | None:
    """Save everything by one statement, which locks the bid and takes nothing from anybody.

    None, and nothing is saved, when somebody else came in between or there is more to do.
    """
    saved = _as_expected(sent, seen)
    if saved is None:
        return None
    bid, keys = sent.bid, sorted(answer.question for answer in saved)
    gone = {"bid": bid.pk, "section": leaves, "user": sent.by.pk}
    written = Rows(
        added=(
            *((_answer, one) for one in saved),
            *((_revision, _as_revision(one)) for one in saved),
        ),
        removed=((leaving, gone),) if leaves else (),
        standing=_as_read(bid, sent.by) if saved else None,
    )
    try:
        if told or not saved:
            written.write()
        else:
            changes = {"answers": (None, keys)}
            record("bid.save_answers", bid, by=sent.by, changes=changes, rows=written)
    except Outdated:
        return None
    return saved


def _as_expected(sent: _Sent, seen: Mapping[str, Kept]) -> list[Answer] | None:
    """The answers to save, where the person knew what stands in their place."""
    saved = []
    for key, value in sent.values.items():
        sent.form.question(key)
        before = seen.get(key)
        if before is not None and before.value == value:
            continue
        if before is not None and before.revision != sent.revisions.get(key, 0):
            return None
        saved.append(renewed(sent.bid, key, value, before, sent.by, page=sent.page))
    budget = sent.form.first("budget")
    follows = budget is not None and (budget.show_if or budget.key in sent.values)
    editable = sent.bid.state == EDITABLE
    return None if follows or not editable or len(saved) > AT_ONCE else saved


def _as_read(bid: Bid, by: Actor) -> Standing:
    """The bid is still a draft, and says who prepared it."""
    author, expected = person(by), {"state": EDITABLE}
    if author is not None and bid.prepared_by_id == author.pk:
        return Standing(Bid, bid.pk, {**expected, "prepared_by": author.pk}, {})
    return Standing(Bid, bid.pk, expected, {"prepared_by": author.pk if author else None})


def _one_after_another(sent: _Sent, *, told: bool) -> list[Answer]:
    """Save what does not clash, answer by answer, with all that follows from it."""
    bid, form, by = sent.bid, sent.form, sent.by
    with transaction.atomic():
        locked = _locked(pk=bid.pk)[0]
        # The programme of the call, which the record asks for, stays the same.
        locked.call = bid.call
        standing = {row.question: row for row in _standing(bid=bid.pk, questions=list(sent.values))}
        saved: list[Answer] = []
        clashes: list[Clash] = []
        editable = locked.state == EDITABLE
        for key, value in sent.values.items():
            form.question(key)
            before = standing.get(key)
            if before is not None and before.value == value:
                continue
            if editable and before and _untouched(before, value, sent.revisions.get(key, 0), form):
                continue
            if not editable or (before and not _expected(before, key, sent)):
                keep_aside(locked, key, value, before if editable else None, by)
                clashes += [_clash(before, value)] if before and editable else []
                continue
            saved.append(renewed(locked, key, value, before, by, page=sent.page))
        if saved:
            keep_all(saved)
            _follow(locked, form, {answer.question for answer in saved}, by, told=told)
    if not editable:
        raise NotEditable
    if clashes:
        raise Conflict(clashes)
    return saved


def _untouched(standing: Answer, value: Any, seen: int, form: FormDefinition) -> bool:
    """Whether the person sent back what they were shown, while somebody else saved anew."""
    if standing.revision == seen:
        return False
    if seen == 0:
        return form.question(standing.question).type.is_blank(value)
    rows = AnswerRevision.objects.filter(bid=standing.bid_id, question=standing.question)
    shown = rows.filter(revision=seen).first()
    return shown is not None and bool(shown.value == value)


def _expected(standing: Answer, key: str, sent: _Sent) -> bool:
    """Whether the person knew what stands there: they saw it, or typed it on this very page."""
    author, page = person(sent.by), sent.page
    own = bool(page) and standing.page == page and author is not None
    known = sent.revisions.get(key, 0)
    return standing.revision == known or (own and standing.saved_by_id == author.pk)


def keep_aside(bid: Bid, key: str, value: Any, standing: Answer | None, by: Actor) -> None:
    """Keep a text that does not become the answer; the same text twice is kept once."""
    last = bid.kept_answers.filter(question=key, saved_by=person(by)).last()
    if last is not None and last.value == value:
        return
    met = standing.revision if standing else 0
    KeptAnswer.objects.create(
        bid=bid,
        question=key,
        value=value,
        met=met,
        saved_at=clock.now(),
        saved_by=person(by),
    )


def _told_just_now(bid: Bid, by: Actor) -> bool:
    """Whether the person saved something in the last minutes, which the record tells already."""
    since = clock.now() - TOLD_EVERY
    return bid.revisions.filter(saved_by=person(by), saved_at__gt=since).exists()


def _clash(standing: Answer, mine: Any) -> Clash:
    return Clash(
        question=standing.question,
        theirs=standing.value,
        mine=mine,
        saved_by=standing.saved_by,
        saved_at=standing.saved_at,
        revision=standing.revision,
    )


def renewed(
    bid: Bid, key: str, value: Any, before: Answer | Kept | None, by: Actor, *, page: str = ""
) -> Answer:
    """The answer with `value`, to be kept by `keep_all`."""
    return new(
        Answer,
        bid=bid,
        question=key,
        value=value,
        revision=before.revision + 1 if before else 1,
        saved_at=clock.now(),
        saved_by=person(by),
        page=page,
    )


def keep_all(answers: list[Answer]) -> None:
    """Make these the answers of a locked bid, and keep them among the revisions for good."""
    kept = [_as_revision(answer) for answer in answers]
    if len(answers) <= AT_ONCE:
        together(*((_answer, one) for one in answers), *((_revision, one) for one in kept))
        return
    Answer.objects.bulk_create(
        answers,
        update_conflicts=True,
        unique_fields=["bid", "question"],
        update_fields=AS_SAVED,
    )
    AnswerRevision.objects.bulk_create(kept)


def _as_revision(answer: Answer) -> AnswerRevision:
    return new(
        AnswerRevision,
        bid_id=answer.bid_id,
        question=answer.question,
        revision=answer.revision,
        value=answer.value,
        saved_at=answer.saved_at,
        saved_by_id=answer.saved_by_id,
    )


def keep(bid: Bid, key: str, value: Any, before: Answer | None, by: Actor) -> Answer:
    answer = renewed(bid, key, value, before, by)
    keep_all([answer])
    return answer


def _follow(
    bid: Bid, form: FormDefinition, keys: set[str], by: Actor, *, told: bool = False
) -> None:
    """Bring up to date what is read off the answers: who prepared the bid, and its budget."""
    before = (bid.prepared_by_id, bid.requested)
    bid.prepared_by = person(by)
    budget = form.first("budget")
    if budget and (budget.key in keys or budget.show_if):
        take_over_budget(bid, form)
    if before != (bid.prepared_by_id, bid.requested):
        change(bid, ["prepared_by", "requested"])
    if not told:
        record("bid.save_answers", bid, by=by, changes={"answers": (None, sorted(keys))})


def take_over_budget(bid: Bid, form: FormDefinition) -> None:
    """Write down what the budget asks for, if it is asked and can be read."""
    bid.requested_amounts.all().delete()
    bid.requested = None
    amounts = queries.amounts_in(form, queries.answers_of(bid))
    if amounts is None:
        return
    RequestedAmount.objects.bulk_create(
        RequestedAmount(bid=bid, financial_year=year, kind=kind, amount=amount)
        for (year, kind), amount in amounts.items()
    )
    bid.requested = sum(amounts.values(), Decimal(0))
