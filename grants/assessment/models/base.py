from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.core import clock
from carefund.core.appendonly import AppendOnly
from carefund.core.states import StateField, Stateful
from grants.bids.models import Bid
from programmes.calls.models import Criterion

from ..states import ASSIGNMENT


class EligibilityCheck(AppendOnly):
    """The officer's finding whether a bid may be assessed, with the reason."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="eligibility_checks")
    passed = models.BooleanField()
    reason = models.TextField()
    # A list of objects with "check", "passed" and "evidence"; see queries.automatic_checks.
    automatic = models.JSONField(default=list)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-checked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(passed=True) | ~Q(reason=""), name="failed_eligibility_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}: {'eligible' if self.passed else 'not eligible'}"


class Assignment(Stateful):
    """One assessor's work on one bid."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="assignments")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments"
    )
    state = StateField(table=ASSIGNMENT)
    conflict_note = models.TextField(blank=True)
    declined_because = models.TextField(blank=True)
    due_on = models.DateField("scores are due on", null=True, blank=True)
    assigned_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["assessor", "state"], name="assignment_by_assessor")]
        constraints = [
            ASSIGNMENT.constraint("assignment_state_known"),
            models.UniqueConstraint(fields=["bid", "assessor"], name="assignment_once"),
            models.CheckConstraint(
                condition=~Q(state="conflicted") | ~Q(conflict_note=""),
                name="assignment_conflict_has_note",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="assignment_submitted_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(declined_because=""),
                name="assignment_declined_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessor} on {self.bid_id}"

    @property
    def programme_id(self) -> int:
        return self.bid.call.programme_id


class Score(AppendOnly):
    """A score for one criterion with its reason; a later one of the same pair supersedes."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    score = models.PositiveSmallIntegerField()
    justification = models.TextField()
    recorded_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        ordering = ["assignment", "criterion", "pk"]
        indexes = [models.Index(fields=["assignment", "criterion"], name="score_by_criterion")]
        constraints = [
            models.CheckConstraint(condition=~Q(justification=""), name="score_is_justified"),
            models.CheckConstraint(condition=Q(score__lte=100), name="score_in_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.criterion}"


class ScoreDraft(models.Model):
    """What an assessor has typed for one criterion: for nobody else until it is handed in."""

    class Flag(models.TextChoices):
        NONE = "", "Nothing"
        DISCUSS = "discuss", "The panel should discuss it"
        CLARIFY = "clarify", "Something is unclear in the bid"
        CONCERN = "concern", "It may break the rules of the call"

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="drafts")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    justification = models.TextField(blank=True)
    # Read by its assessor alone, also after handing in.
    private_note = models.TextField(blank=True)
    # Read by officers and the panel once the scores are handed in.
    flag = models.CharField(max_length=10, choices=Flag, blank=True)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="draft_once"),
            models.CheckConstraint(
                condition=Q(flag__in=["", "discuss", "clarify", "concern"]), name="draft_flag_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Draft for {self.criterion}"
