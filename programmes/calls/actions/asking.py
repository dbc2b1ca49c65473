"""Clarification questions: asked by one, answered for all."""

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send

from ..messages import ClarificationAnswered, ClarificationAsked
from ..models import Call, Clarification
from .telling import note

LONGEST = 2000
OPEN_AT_ONCE = 10


def ask(*, call: Call, text: str, by: Actor) -> Clarification:
    """Ask a question that only the department sees. The same words again are one question."""
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise Refused(f"Write your question in up to {LONGEST} characters.")
    with transaction.atomic():
        locked = Call.objects.select_for_update().get(pk=call.pk)
        if not locked.takes_questions:
            raise Refused("Questions about this call are no longer taken.")
        waiting = locked.clarifications.filter(asked_by=person(by), state="asked")
        if known := waiting.filter(asked=words).first():
            return known
        if waiting.count() >= OPEN_AT_ONCE:
            raise Refused("Wait for answers to your questions before you ask more.")
        row = Clarification.objects.create(
            call=locked, asked=words, asked_at=clock.now(), asked_by=person(by)
        )
        record("clarification.ask", row, by=by)
        send(ClarificationAsked(clarification=row), key=str(row.pk))
    return row


def answer_privately(*, clarification: Clarification, answer: str, by: Actor) -> Clarification:
    """Answer only to the person who asked: what would tell the public of their own case."""
    require(by, "calls.answer", clarification)
    words = _said(answer)
    with transaction.atomic():
        moved = states.move(
            clarification,
            "answer",
            by=by,
            answer=words,
            answered_at=clock.now(),
            answered_by=person(by),
        )
        send(ClarificationAnswered(clarification=moved), key=f"{moved.pk}:answer")
    return moved


def publish_answer(
    *, clarification: Clarification, question: str, answer: str, by: Actor
) -> Clarification:
    """Answer for everybody. `question` is theirs without what would tell who asked.

    What was asked stays as it was asked, in the department's record alone.
    """
    require(by, "calls.answer", clarification)
    words = _said(answer)
    if not question.strip():
        raise Refused("Write the question as everybody will read it.")
    with transaction.atomic():
        moved = states.move(
            clarification,
            "publish",
            by=by,
            question=question.strip(),
            answer=words,
            answered_at=clarification.answered_at or clock.now(),
            answered_by=clarification.answered_by or person(by),
            published_at=clock.now(),
        )
        note(call=moved.call, text="A question about the call was answered.", by=by)
        send(ClarificationAnswered(clarification=moved), key=f"{moved.pk}:publish")
    return moved


def _said(answer: str) -> str:
    if not answer.strip():
        raise Refused("Write the answer.")
    return answer.strip()
