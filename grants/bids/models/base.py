from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core import clock
from carefund.core.amounts import YearAmount, once_and_positive
from carefund.core.appendonly import AppendOnly
from carefund.core.money import MoneyField
from carefund.core.states import StateField, Stateful
from programmes.calls.models import Call, FormVersion
from programmes.funds.models import Theme
from programmes.organisations.models import GuestAccess, HolderChange, Organisation

from ..states import BID, WITH_DEPARTMENT


class BidQuerySet(models.QuerySet):
    def with_department(self):
        return self.filter(state__in=WITH_DEPARTMENT)

    def for_lists(self):
        return self.select_related("call__programme", "organisation__region", "theme")


class Bid(Stateful):
    """An organisation's bid to a call, from the first answer to the decision."""

    reference = models.CharField(max_length=30, unique=True)
    call = models.ForeignKey(Call, models.PROTECT, related_name="bids")
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="bids")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bids")
    title = models.CharField(max_length=200)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="bids")
    state = StateField(table=BID)
    started_at = models.DateTimeField(default=clock.now)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    certified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    certified_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Pounds asked for in all, taken from the budget answer when it is saved.
    requested = MoneyField(null=True, blank=True)
    # Weighted score in per cent of the highest, written when assessment is finished.
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=500, blank=True)
    is_sample = models.BooleanField(default=False)
    # What was answered before it could start, by the key of the screening question.
    screening = models.JSONField(default=dict, blank=True, editable=False)
    # When the retention rule took the email addresses out of the answers.
    contacts_removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BidQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["call", "state", "-submitted_at"], name="bid_by_call"),
            models.Index(fields=["organisation", "-started_at"], name="bid_by_organisation"),
            # Counted, added up and put in order without a look at the bids themselves.
            models.Index(fields=["state", "requested"], name="bid_by_state"),
        ]
        constraints = [
            BID.constraint("bid_state_known"),
            models.CheckConstraint(
                condition=Q(certified_by__isnull=True)
                | Q(prepared_by__isnull=True)
                | ~Q(certified_by=F("prepared_by")),
                name="bid_certified_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["certified", *WITH_DEPARTMENT])
                | Q(certified_at__isnull=False),
                name="bid_certified_before_submission",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_DEPARTMENT) | Q(submitted_at__isnull=False),
                name="bid_submitted_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="bid_score_per_cent",
            ),
            models.CheckConstraint(
                condition=Q(requested__isnull=True) | Q(requested__gte=0),
                name="bid_request_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def programme_id(self) -> int:
        return self.call.programme_id


class Answer(models.Model):
    """The current answer to one question. Every saved text also stays in `AnswerRevision`."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="answers")
    question = models.SlugField(max_length=60)
    # Stored by the question type; read through carefund.questions.
    value = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    # The opened page it was typed on: a person never clashes with what they typed there before.
    page = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bid", "question"], name="answer_once"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="answer_revision_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.bid_id}"


class AnswerRevision(AppendOnly):
    """What a person saved, kept for good: nothing typed is lost."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="revisions")
    question = models.SlugField(max_length=60)
    revision = models.PositiveIntegerField()
    value = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["bid", "question", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "question", "revision"], name="answer_revision_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.bid_id}, revision {self.revision}"


class AnswerSetAside(models.Model):
    """An answer that a corrected form no longer asks for, kept as it was and told to the bidder."""

    class Why(models.TextChoices):
        GONE = "gone", "The question is no longer asked"
        RETYPED = "retyped", "The question is now answered in another way"
        UNFIT = "unfit", "The answer no longer fits the question"

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="set_aside")
    question = models.SlugField(max_length=60)
    label = models.CharField(max_length=300)
    # How it was asked, so that it can still be read.
    kind = models.CharField(max_length=40)
    options = models.JSONField(default=dict)
    value = models.JSONField()
    why = models.CharField(max_length=10, choices=Why)
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["bid", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "question", "form"], name="answer_set_aside_once"
            ),
            models.CheckConstraint(
                condition=Q(why__in=["gone", "retyped", "unfit"]), name="answer_set_aside_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.bid_id}"


class RequestedAmount(YearAmount):
    """Pounds asked for by financial year and kind, rewritten with the budget answer."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="requested_amounts")

    class Meta(YearAmount.Meta):
        constraints = once_and_positive("bid", "requested_amount", "requested")


class Submission(AppendOnly):
    """A bid as it was submitted: frozen, with the fingerprint that the receipt shows."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    # What was submitted, with the answers by question key; see actions.submitting.
    content = models.JSONField()
    fingerprint = models.CharField("SHA-256 of the content", max_length=64)
    declaration = models.TextField()
    # The content has lost its email addresses since; the fingerprint is of what was submitted.
    erased_at = models.DateTimeField(null=True, editable=False)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["bid", "number"]
        constraints = [
            models.UniqueConstraint(fields=["bid", "number"], name="submission_number_once")
        ]

    def __str__(self) -> str:
        return f"Submission {self.number} of {self.bid_id}"

    @property
    def is_clarification(self) -> bool:
        """A version corrected in reply to the department, after the bid was in."""
        return "clarification" in self.content


class BidGuest(GuestAccess):
    """A partner or consultant who sees this bid and nothing else of its organisation."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="guests")

    class Meta(GuestAccess.Meta):
        pass

    @property
    def what(self) -> Bid:
        return self.bid


class BidHolder(HolderChange):
    """Another organisation goes on with the bid."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="holders")

    class Meta(HolderChange.Meta):
        pass
