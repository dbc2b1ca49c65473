from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from programmes.calls.models import Call

from .catalogue import Measure, Standard

# No measure is one choice among others: it stands once, too.
ONE_MEASURE = Coalesce("measure_id", models.Value(0), output_field=models.BigIntegerField())


class Wanted(models.Model):
    """A level of one measure, or of every measure of a catalogue, that somebody must reach."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+")
    # None: every measure of the catalogue.
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True

    @property
    def words(self) -> str:
        """As in: level 3 of “Safe practice” (What good looks like, 2023)."""
        what = f"“{self.measure.title}”" if self.measure else "every measure"
        return f"level {self.level} of {what} ({self.standard.name}, {self.standard.version})"


class CallDemand(Wanted):
    """What a call asks of its bidders: before they bid, or by a day as a condition of the grant."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="demands")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="demands")
    # None: before an organisation may bid.
    due_on = models.DateField("to be reached by", null=True, blank=True)

    class Meta:
        ordering = ["call", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                "call",
                "standard",
                ONE_MEASURE,
                condition=Q(due_on__isnull=True),
                name="demand_once_to_bid",
            ),
            models.UniqueConstraint(
                "call",
                "standard",
                ONE_MEASURE,
                "due_on",
                condition=Q(due_on__isnull=False),
                name="demand_once_by_a_day",
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="call_demand_level_known"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def programme_id(self) -> int:
        return self.call.programme_id
