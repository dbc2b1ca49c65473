from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core import clock, formats
from carefund.core.appendonly import AppendOnly
from carefund.core.money import MoneyField
from carefund.core.states import StateField, Stateful
from programmes.funds.models import BudgetLine, Programme, Theme
from programmes.organisations.models import Organisation, Region

from ..states import CALL, CUT_OFF


class CallQuerySet(models.QuerySet):
    def open_now(self):
        """Open by the rule, whatever the scheduler has or has not done yet."""
        now = clock.now()
        return self.filter(state__in=["forecast", "open"], opens_at__lte=now, closes_at__gt=now)

    def coming(self):
        return self.filter(state="forecast", opens_at__gt=clock.now())

    def public(self):
        return self.exclude(state__in=["draft", "in_review"])


class Call(Stateful):
    """An invitation to bid for money of a programme, between two instants."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="calls")
    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(max_length=800)
    state = StateField(table=CALL)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    total = MoneyField("total on offer")
    smallest_award = MoneyField()
    largest_award = MoneyField()
    eligibility = models.TextField()
    # Which kinds of organisation may bid, as values of Organisation.Kind.
    eligible_kinds = models.JSONField(default=list)
    # Only organisations of these regions; none: of all England.
    eligible_regions = models.ManyToManyField(Region, blank=True, related_name="+")
    # Only organisations that were invited, such as those who succeeded in the call it follows.
    invited_only = models.BooleanField(default=False)
    # Bids are taken all the time and assessed in turns: see `CutOff`.
    always_open = models.BooleanField(default=False)
    questions_until = models.DateTimeField("questions are taken until", null=True, blank=True)
    several_bids_allowed = models.BooleanField(default=False)
    # Otherwise no late bid is taken, whatever the reason.
    late_by_grace = models.BooleanField(
        "a senior officer may let a late bid in for a recorded reason", default=True
    )
    assessors_per_bid = models.PositiveSmallIntegerField(default=2)
    # Also the answers that feed none of their criteria: see `queries.read_by_assessors`.
    assessors_read_all = models.BooleanField("assessors may read the whole bid", default=False)
    # Names of the bidder, its people and its files are hidden from assessors.
    anonymous_assessment = models.BooleanField("bids are assessed without names", default=False)
    project_starts_on = models.DateField()
    project_ends_on = models.DateField()
    themes = models.ManyToManyField(Theme, blank=True, related_name="calls")
    budget_lines = models.ManyToManyField(BudgetLine, related_name="calls")
    # A discovery call whose successful bidders this call invites.
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    # What was published about a past call: {"eligible": 133, "bids": 80}.
    published_counts = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=500, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            CALL.constraint("call_state_known"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(
                    smallest_award__gte=0,
                    smallest_award__lte=F("largest_award"),
                    largest_award__lte=F("total"),
                ),
                name="call_award_limits_in_order",
            ),
            models.CheckConstraint(
                condition=Q(project_ends_on__gt=F("project_starts_on")),
                name="call_project_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(assessors_per_bid__gte=1), name="call_has_assessors"
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("id")),
                name="call_follows_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in {"forecast", "open"} and (
            self.opens_at <= clock.now() < self.closes_at
        )

    @property
    def takes_questions(self) -> bool:
        """Whether a question may be asked now: from the announcement until the last moment."""
        last = self.questions_until or self.closes_at
        return self.state in {"forecast", "open"} and clock.now() < min(last, self.closes_at)

    @property
    def phase(self):
        """The state as the clock has it: a stopped scheduler never keeps a closed call open."""
        if self.state in {"forecast", "open"}:
            now = clock.now()
            name = "closed" if now >= self.closes_at else "open" if self.is_open else "forecast"
            return CALL.states[name]
        return self.status


class CutOff(Stateful):
    """A moment of an always-open call: bids submitted before it are assessed on their own."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="cut_offs")
    at = models.DateTimeField("bids submitted before")
    state = StateField(table=CUT_OFF)

    class Meta:
        ordering = ["call", "at"]
        constraints = [
            CUT_OFF.constraint("cut_off_state_known"),
            models.UniqueConstraint(fields=["call", "at"], name="cut_off_once"),
        ]

    def __str__(self) -> str:
        return f"Cut-off of {formats.uk_instant(self.at)}"

    @property
    def programme_id(self) -> int:
        return self.call.programme_id


class FormVersion(models.Model):
    """The questions of a call. Frozen once the call opens; a correction is a later version."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="forms")
    version = models.PositiveSmallIntegerField()
    # Read through carefund.questions.definition.FormDefinition, never by hand.
    definition = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["call", "version"]
        constraints = [
            models.UniqueConstraint(fields=["call", "version"], name="form_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="form_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.call}, form version {self.version}"


class Criterion(models.Model):
    """What bids are scored against, with its weight in per cent."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=150)
    guidance = models.TextField()
    weight = models.PositiveSmallIntegerField("weight in per cent")
    highest_score = models.PositiveSmallIntegerField(default=5)
    threshold = models.PositiveSmallIntegerField("lowest fundable score", default=0)
    # What each score means: a list of objects with `score` and `text`.
    descriptors = models.JSONField(default=list)
    # Keys of the questions whose answers feed it.
    questions = models.JSONField(default=list)

    class Meta:
        ordering = ["call", "position"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="criterion_code_once"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100), name="criterion_weight_per_cent"
            ),
            models.CheckConstraint(
                condition=Q(threshold__lte=F("highest_score"), highest_score__gte=1),
                name="criterion_threshold_in_scale",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CallUpdate(AppendOnly):
    """A line of the call's update log: what changed and why."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="updates")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.text[:80]


class Invitation(models.Model):
    """An organisation that may bid to a call open only to those invited."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    invited_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "organisation"], name="invitation_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} to {self.call}"
