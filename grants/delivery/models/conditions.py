from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.core import clock
from carefund.core.paths import path_to
from carefund.core.states import StateField, Stateful
from programmes.standards.models import SelfAssessment, Wanted

from ..states import CONDITION
from .base import Project
from .holding import OfProject


class LevelCondition(OfProject, Wanted, Stateful):
    """A condition of a grant: reach a level of a standard by a day. An officer confirms it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="level_conditions")
    due_on = models.DateField("to be reached by")
    state = StateField(table=CONDITION)
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # The self-assessment that showed it, as the officer confirmed.
    shown_by = models.ForeignKey(
        SelfAssessment, models.PROTECT, null=True, blank=True, related_name="+"
    )
    met_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["project", "due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="level_condition_by_date")]
        constraints = [
            CONDITION.constraint("level_condition_state_known"),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="level_condition_level_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="met") | Q(shown_by__isnull=False, met_at__isnull=False),
                name="level_condition_met_is_shown",
            ),
        ]

    def __str__(self) -> str:
        return f"Reach {self.words}"

    def get_absolute_url(self) -> str:
        return f"{path_to('delivery:project', self.project.reference)}#conditions"
