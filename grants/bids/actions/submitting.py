"""From a finished draft to a receipt: certificate, submission, withdrawal."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.listed import Listed
from carefund.core.making import new
from carefund.core.permissions import require
from carefund.core.prepared import Prepared
from carefund.core.writing import Insertion, Wanted, together
from carefund.notify.actions import send
from carefund.notify.message import Quote
from programmes.calls.eligibility import why_no_further
from programmes.calls.models import Call

from .. import messages, queries, words
from ..models import Answer, Bid, SectionReturn, Submission
from ..states import WITH_DEPARTMENT

DECLARATION = (
    "I have read this bid. The costs in it are complete and reasonable, our organisation can "
    "account for capital and revenue separately, and it will spend the grant only on what this "
    "bid describes. I am authorised to certify it."
)

_locked = Prepared(lambda pk: Bid.objects.select_for_update(of=("self",)).filter(pk=pk))
_last = Submission.objects.filter(bid=OuterRef("bids")).order_by("-number").values("number")[:1]
_answers = Answer.objects.filter(bid=OuterRef("bids")).order_by("pk")
# What a submission is made of beside the locked bid: its call, answers and last number.
_beside = Prepared(
    lambda bid: Call.objects.filter(bids=bid).annotate(
        last_number=Subquery(_last),
        answers_read=Listed(_answers, ("question", "value")),
    )
)
_add_submission = Insertion(Submission)


class Incomplete(Refused):
    """The bid lacks answers; `problems` lists them by section and question."""

    def __init__(self, problems: list[Any]) -> None:
        self.problems = problems
        super().__init__("The bid is not complete. Answer the questions that are listed.")


class CallClosed(Refused):
    message = "The call has closed. The bid was not submitted."


def ask_for_certificate(*, bid: Bid, by: Actor) -> Bid:
    """Pass a complete bid to the authority's finance certifiers. Raises `Incomplete`."""
    require(by, "bids.prepare", bid)

    def is_complete(locked: Bid) -> None:
        if missing := queries.problems_of(locked):
            raise Incomplete(missing)
        _still_eligible(locked)

    with transaction.atomic():
        moved = states.move(bid, "ask_certificate", by=by, guard=is_complete)
        bid.section_returns.filter(settled_at=None).update(settled_at=clock.now())
        send(
            messages.CertificateWanted(bid=bid),
            key=f"{bid.pk}:{clock.now().isoformat()}",
        )
    return moved


def _still_eligible(bid: Bid) -> None:
    """What was checked at the start may have changed since."""
    if reason := why_no_further(bid.call, bid.organisation):
        raise Refused(reason)


def return_to_author(
    *, bid: Bid, reason: str, by: Actor, sections: Mapping[str, str] | None = None
) -> Bid:
    """The certifier sends the bid back, with reasons for the whole or for single `sections`."""
    require(by, "bids.certify", bid)
    form = queries.form_of(bid)
    by_section = {key: text.strip() for key, text in (sections or {}).items() if text.strip()}
    titled = [(form.section(key).title, text) for key, text in by_section.items()]
    whole = [reason.strip()] if reason.strip() else []
    reasons = [*whole, *(f"{title}: {text}" for title, text in titled)]
    if not reasons:
        raise Refused("Say what has to change before you can certify the bid.")
    with transaction.atomic():
        moved = states.move(bid, "return_to_author", by=by, reason="\n".join(reasons))
        moment = clock.now()
        SectionReturn.objects.bulk_create(
            SectionReturn(bid=bid, section=key, reason=text, at=moment, by=person(by))
            for key, text in by_section.items()
        )
        send(
            messages.CertificateRefused(bid=bid, reasons=tuple(Quote(text) for text in reasons)),
            key=f"{bid.pk}:{moment.isoformat()}",
        )
    return moved


def certify(*, bid: Bid, by: Actor) -> Bid:
    """The finance certifier, who did not prepare the bid, vouches for it."""
    require(by, "bids.certify", bid, "A bid is certified by someone who did not prepare it.")
    return states.move(bid, "certify", by=by, certified_by=person(by), certified_at=clock.now())


def reopen(*, bid: Bid, by: Actor) -> Bid:
    """Back to draft; a certificate that was given lapses."""
    require(by, "bids.prepare", bid)
    return states.move(bid, "reopen", by=by, certified_by=None, certified_at=None)


def submit(*, bid: Bid, by: Actor) -> Submission:
    """Submit a certified bid; the server's clock inside this transaction decides.

    After the close only a waiver that a senior officer agreed to lets it in.

    Asking again, or two people at once, is one submission: the first is returned.
    Raises `CallClosed` or `WrongState`.
    """
    require(by, "bids.submit", bid)
    with transaction.atomic():
        locked = _locked(pk=bid.pk)[0]
        done = locked.state in WITH_DEPARTMENT
        if done and (first := locked.submissions.order_by("-number").first()):
            return first
        # The call is read anew, for its times may have changed; who bids stays the same.
        locked.organisation, call = bid.organisation, _read_beside(locked)
        locked.call = bid.call = call
        moment = clock.now()
        if not queries.takes(locked):
            raise CallClosed
        _still_eligible(locked)
        submission = _frozen(bid, moment, by, call)
        states.move(
            bid,
            "submit",
            by=by,
            held=locked,
            beside=_rows(submission),
            submitted_by=person(by),
            submitted_at=moment,
        )
        send(
            messages.BidSubmitted(bid=bid, submission=submission),
            key=f"{bid.pk}:{submission.number}",
        )
    return submission


def freeze(
    bid: Bid, moment: Any, by: Actor, *, answers: Mapping[str, Any], clarification: int
) -> Submission:
    """A version of the bid that stays, of these answers after a clarification."""
    submission = _frozen(bid, moment, by, _read_beside(bid), (answers, clarification))
    together(*_rows(submission))
    return submission


def _frozen(
    bid: Bid, moment: Any, by: Actor, beside: Any, corrected: tuple[Any, int] | None = None
) -> Submission:
    """Of the answers that stand, or of `corrected` ones with the number of the request for them."""
    standing, clarification = corrected or (dict(beside.answers_read), None)
    applied = queries.form_of(bid).apply(standing)
    content = {
        "reference": bid.reference,
        "call": bid.call.code,
        "organisation": bid.organisation.org_id,
        "title": bid.title,
        "form_version": bid.form.version,
        "answers": applied.answers,
    }
    if applied.computed:
        content["computed"] = {key: str(value) for key, value in applied.computed.items()}
    if clarification:
        content["clarification"] = clarification
    return new(
        Submission,
        bid=bid,
        number=(beside.last_number or 0) + 1,
        content=content,
        fingerprint=queries.fingerprint(content),
        declaration="" if clarification else DECLARATION,
        submitted_at=moment,
        submitted_by=person(by),
    )


def _rows(submission: Submission) -> tuple[Wanted, ...]:
    """What is written of it: the version itself, and the words by which it is found."""
    return (_add_submission, submission), words.kept(submission.bid, submission.content)


def _read_beside(bid: Bid) -> Any:
    return _beside(bid=bid.pk)[0]


def withdraw(*, bid: Bid, reason: str, by: Actor) -> Bid:
    """Take the bid out of the call, at any time before it is assessed."""
    require(by, "bids.withdraw", bid)
    return states.move(bid, "withdraw", by=by, reason=reason)


def resume(*, bid: Bid, by: Actor) -> Bid:
    """Take up a bid that was withdrawn: a draft again, with all its answers, until the close."""
    require(by, "bids.prepare", bid)
    with transaction.atomic():
        # Two bids of one authority take turns, as when they start.
        call = Call.objects.select_for_update().get(pk=bid.call_id)
        bid.call = call
        if not queries.takes(bid):
            raise CallClosed("The call has closed. The bid stays withdrawn.")
        if reason := queries.why_no_other(call, bid.organisation, besides=bid):
            raise Refused(reason)
        return states.move(
            bid,
            "resume",
            by=by,
            certified_by=None,
            certified_at=None,
            submitted_by=None,
            submitted_at=None,
        )
