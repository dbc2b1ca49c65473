from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from carefund.core import clock
from carefund.core.paths import path_to
from carefund.core.states import StateField, Stateful
from programmes.organisations.models import Organisation

from ..states import SELF_ASSESSMENT
from .catalogue import Level, Measure, Standard

PERSON = settings.AUTH_USER_MODEL


class SelfAssessmentQuerySet(models.QuerySet["SelfAssessment"]):
    def submitted(self) -> "SelfAssessmentQuerySet":
        return self.filter(state="submitted")

    def last_of_each(self) -> "SelfAssessmentQuerySet":
        """Of each organisation and catalogue the one submitted last, whatever its version."""
        last = SelfAssessment.objects.filter(
            state="submitted",
            organisation=OuterRef("organisation"),
            standard__code=OuterRef("standard__code"),
        ).order_by("-submitted_at", "-pk")
        return self.filter(state="submitted", pk=Subquery(last.values("pk")[:1]))


class SelfAssessment(Stateful):
    """Where an organisation says it stands in a version of a catalogue. Submitted is for good."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="self_assessments")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="self_assessments")
    state = StateField(table=SELF_ASSESSMENT)
    started_at = models.DateTimeField(default=clock.now)
    started_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_sample = models.BooleanField(default=False)

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-submitted_at"], name="self_assessment_latest")
        ]
        constraints = [
            SELF_ASSESSMENT.constraint("self_assessment_state_known"),
            models.UniqueConstraint(
                fields=["organisation", "standard"],
                condition=Q(state="draft"),
                name="self_assessment_one_draft",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="self_assessment_submitted_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} by {self.organisation}"

    def get_absolute_url(self) -> str:
        return path_to("standards:self_assessment", self.pk)


class Answer(models.Model):
    """The level an organisation gives itself in one measure, and what shows it.

    Frozen with the submission: from then on the database refuses every change.
    """

    assessment = models.ForeignKey(SelfAssessment, models.PROTECT, related_name="answers")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, models.PROTECT, related_name="+")
    evidence = models.TextField(blank=True)
    # Counts the times it was saved, so that one person does not overwrite another unseen.
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    frozen = models.BooleanField(default=False)

    class Meta:
        ordering = ["assessment", "measure__number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "measure"], name="measure_answered_once"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="measure_revision_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: level {self.level.level}"

    @property
    def organisation_id(self) -> int:
        return self.assessment.organisation_id
