"""Several people of one authority write a bid: who has what, who is where, what they say."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.core import clock
from carefund.core.appendonly import AppendOnly

from .base import Bid

PERSON = settings.AUTH_USER_MODEL


class KeptAnswer(AppendOnly):
    """What a person sent that did not become the answer, because another text stood there.

    It is kept at the moment it arrives, so that closing the page with the choice loses nothing.
    """

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="kept_answers")
    question = models.SlugField(max_length=60)
    value = models.JSONField()
    # The revision that stood in its place; 0: the bid could no longer be changed.
    met = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["bid", "question", "pk"]
        indexes = [models.Index(fields=["bid", "question"], name="kept_answer_by_question")]

    def __str__(self) -> str:
        return f"{self.question} of {self.bid_id}, kept beside revision {self.met}"


class Presence(models.Model):
    """Who has a section open, and when the page last said so."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="presences")
    section = models.SlugField(max_length=60)
    user = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bid", "section", "user"], name="presence_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.section} of {self.bid_id}"


class SectionHolder(models.Model):
    """The colleague who sees to a section. The record says who had it before."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="section_holders")
    section = models.SlugField(max_length=60)
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bid", "section"], name="section_holder_once")
        ]

    def __str__(self) -> str:
        return f"{self.section} of {self.bid_id}"


class SectionReturn(models.Model):
    """Why the certifier returned a section; settled when a certificate is asked for again."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="section_returns")
    section = models.SlugField(max_length=60)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["bid", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "section"],
                condition=Q(settled_at__isnull=True),
                name="section_return_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"Return of {self.section} of {self.bid_id}"


class Comment(AppendOnly):
    """What those who write the bid say to each other about a question. Never the department's."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="comments")
    question = models.SlugField(max_length=60)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["bid", "pk"]
        indexes = [models.Index(fields=["bid", "question"], name="comment_by_question")]

    def __str__(self) -> str:
        return f"Comment on {self.question} of {self.bid_id}"


class Mention(AppendOnly):
    """A colleague whom a comment asks to look; they get a message."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="mentions")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mention_once")]

    def __str__(self) -> str:
        return f"Mention in comment {self.comment_id}"


class Note(AppendOnly):
    """A private note of the authority: neither the department nor a guest ever reads it."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["bid", "-pk"]

    def __str__(self) -> str:
        return f"Note on {self.bid_id}"
