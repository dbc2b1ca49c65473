"""Questions about a call: asked privately, answered for everybody without saying who asked."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.core import clock
from carefund.core.states import StateField, Stateful

from ..states import QUESTION
from .base import Call

PERSON = settings.AUTH_USER_MODEL


class Clarification(Stateful):
    """What one person asked, in their own words, and what the public reads of it."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="clarifications")
    state = StateField(table=QUESTION)
    # As it was asked: never changed, never shown to the public.
    asked = models.TextField("question as it was asked")
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    # The question without what would tell who asked.
    question = models.TextField("question as it is published", blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["call", "state", "asked_at"], name="clarification_by_call")]
        constraints = [
            QUESTION.constraint("clarification_state_known"),
            models.CheckConstraint(condition=~Q(asked=""), name="clarification_asks"),
            models.CheckConstraint(
                condition=Q(state="asked") | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="clarification_answered_has_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | (~Q(question="") & Q(published_at__isnull=False)),
                name="clarification_published_has_question",
            ),
        ]

    def __str__(self) -> str:
        return f"Question {self.pk} about {self.call}"

    @property
    def programme_id(self) -> int:
        return self.call.programme_id
