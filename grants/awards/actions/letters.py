"""Letters of a decision: written from the template of that day, and frozen."""

from typing import Any

from carefund.core import clock
from carefund.core.formats import money, uk_date
from grants.assessment.queries import scores_of

from ..letter_texts import STANDARD
from ..models import Choice, Letter, LetterTemplate, Offer
from ..placeholders import filled
from ..queries import granted_amount

KINDS = {
    Choice.Decision.FUND: LetterTemplate.Kind.OFFER,
    Choice.Decision.RESERVE: LetterTemplate.Kind.RESERVE,
    Choice.Decision.REFUSE: LetterTemplate.Kind.REGRET,
}


def write_letter(choice: Choice, *, kind: str = "", reason: str = "") -> Letter:
    """The letter about a bid, in the words of its programme's template.

    `kind` and `reason` where they are not those of the round: the bid has moved up.
    """
    kind = kind or KINDS[Choice.Decision(choice.decision)]
    subject, body = _template(choice, kind)
    values = _values(choice, reason or choice.reason)
    return Letter.objects.create(
        choice=choice,
        kind=kind,
        subject=filled(subject, values)[:300],
        body=filled(body, values),
        feedback=_feedback(choice),
        sent_at=clock.now(),
    )


def _template(choice: Choice, kind: str) -> tuple[str, str]:
    programme = choice.round.programme_id
    rows = {t.programme_id: t for t in LetterTemplate.objects.filter(kind=kind)}
    found = rows.get(programme) or rows.get(None)
    return (found.subject, found.body) if found else STANDARD[kind]


def _values(choice: Choice, reason: str) -> dict[str, str]:
    bid, call = choice.bid, choice.round.call
    offer = Offer.objects.filter(bid=bid).first()
    return {
        "reference": bid.reference,
        "title": bid.title,
        "organisation": bid.organisation.name,
        "call": call.title,
        "programme": call.programme.name,
        "funder": call.programme.funder.name,
        "requested": money(bid.requested or 0),
        "amount": money(granted_amount(bid, choice.share)),
        "answer_by": uk_date(offer.expires_at) if offer else "",
        "reason": reason,
        "conditions": choice.conditions or "None beside those of the agreement.",
        "date": uk_date(clock.today()),
    }


def _feedback(choice: Choice) -> list[dict[str, Any]]:
    """Scores and comments as far as the round releases them; assessors have no names in it."""
    scores, comments = choice.round.release_scores, choice.round.release_comments
    if not (scores or comments):
        return []
    _, rows = scores_of(choice.bid)
    return [
        {
            "criterion": row.criterion.title,
            "assessor": f"Assessor {number}",
            "score": str(given.score) if scores else "",
            "highest": str(row.criterion.highest_score) if scores else "",
            "comment": given.justification if comments else "",
        }
        for row in rows
        for number, given in enumerate(row.scores, 1)
        if given is not None
    ]
