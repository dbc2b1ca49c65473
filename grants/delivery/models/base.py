from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core import clock
from carefund.core.appendonly import AppendOnly
from carefund.core.paths import path_to
from carefund.core.states import StateField, Stateful
from grants.awards.models import Offer
from programmes.funds.models import Programme, Theme
from programmes.organisations.models import GuestAccess, HolderChange, Organisation

from ..states import MILESTONE, PROJECT, RETURN
from .holding import OfProject

CONFIDENCE = [("on_track", "On track"), ("at_risk", "At risk"), ("off_track", "Off track")]


class ProjectQuerySet(models.QuerySet["Project"]):
    def for_lists(self) -> "ProjectQuerySet":
        return self.select_related(
            "programme", "organisation__region", "theme", "offer__organisation"
        )

    def locked(self, pk: int) -> "Project":
        """For whoever changes what hangs on a project: others wait until that is done."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class Project(Stateful):
    """What an accepted offer pays for."""

    offer = models.OneToOneField(Offer, models.PROTECT, related_name="project")
    reference = models.CharField(max_length=30, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="projects")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="projects")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="projects")
    title = models.CharField(max_length=200)
    summary = models.TextField()
    # Two or three paragraphs in plain words for the ministers' report and the public page.
    story = models.TextField(blank=True)
    state = StateField(table=PROJECT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    started_at = models.DateTimeField(default=clock.now)
    source = models.CharField(max_length=500, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["programme", "state"], name="project_by_programme")]
        constraints = [
            PROJECT.constraint("project_state_known"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="project_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return path_to("delivery:project", self.reference)


class Milestone(OfProject, Stateful):
    """A dated promise of a project. Its baseline date never moves; forecasts do."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    evidence_required = models.CharField(max_length=300, blank=True)
    baseline_on = models.DateField()
    state = StateField(table=MILESTONE)
    achieved_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["project", "position"]
        indexes = [models.Index(fields=["state", "baseline_on"], name="milestone_by_date")]
        constraints = [
            MILESTONE.constraint("milestone_state_known"),
            models.UniqueConstraint(fields=["project", "position"], name="milestone_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["reported", "achieved"]) | Q(achieved_on__isnull=False),
                name="milestone_reported_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return path_to("delivery:milestone", self.project.reference, self.position)


class MilestoneFact(AppendOnly):
    """What became known about a milestone and when: a forecast, a report, a confirmation."""

    class Kind(models.TextChoices):
        FORECAST = "forecast", "Forecast"
        REPORTED = "reported", "Reported as achieved"
        RETURNED = "returned", "Returned"
        CONFIRMED = "confirmed", "Confirmed"

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()  # the day forecast, or on which it was achieved
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["milestone", "pk"]
        indexes = [models.Index(fields=["milestone", "recorded_at"], name="milestone_as_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["forecast", "reported", "returned", "confirmed"]),
                name="milestone_fact_kind_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class Risk(OfProject, models.Model):
    """A risk to a project; how likely and how bad is in its assessments."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="risks")
    title = models.CharField(max_length=200)
    mitigation = models.TextField(blank=True)
    raised_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    # Set where the assessments of many risks are read at once.
    last_assessment: "RiskAssessment | None" = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("raised_at")),
                name="risk_closed_after_raised",
            )
        ]

    def __str__(self) -> str:
        return self.title


class RiskAssessment(AppendOnly):
    """Likelihood and impact of a risk, each 1 to 5, at a moment."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="assessments")
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["risk", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__gte=1, likelihood__lte=5, impact__gte=1, impact__lte=5),
                name="risk_on_five_point_scale",
            )
        ]

    def __str__(self) -> str:
        return f"{self.likelihood} × {self.impact}"


class MonitoringReturn(OfProject, Stateful):
    """What an authority reports on a project for a period."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="returns")
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    due_on = models.DateField()
    state = StateField(table=RETURN)
    progress = models.TextField(blank=True)
    confidence = models.CharField(
        max_length=9,
        blank=True,
        choices=CONFIDENCE,
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["project", "period_starts_on"]
        indexes = [models.Index(fields=["state", "due_on"], name="return_by_date")]
        constraints = [
            RETURN.constraint("return_state_known"),
            models.UniqueConstraint(
                fields=["project", "period_starts_on"], name="return_once_per_period"
            ),
            models.CheckConstraint(
                condition=Q(period_ends_on__gt=F("period_starts_on")),
                name="return_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="due") | Q(submitted_at__isnull=False),
                name="return_submitted_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.reference}: {self.period_starts_on} to {self.period_ends_on}"

    def get_absolute_url(self) -> str:
        return path_to("delivery:return", self.project.reference, self.pk)


class ProjectGuest(GuestAccess):
    """A partner or consultant who sees this project and nothing else of its organisation."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="guests")

    class Meta(GuestAccess.Meta):
        pass

    @property
    def what(self) -> Project:
        return self.project


class ProjectHolder(HolderChange):
    """Another organisation goes on with the project."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="holders")

    class Meta(HolderChange.Meta):
        pass
