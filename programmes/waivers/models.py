from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from carefund.core import clock
from carefund.core.paths import path_to
from carefund.core.states import StateField, Stateful
from programmes.funds.models import Programme
from programmes.organisations.models import Organisation, not_the_same

from .registry import rule_of
from .states import WAIVER

PERSON = settings.AUTH_USER_MODEL


class WaiverQuerySet(models.QuerySet):
    def in_force(self, moment):
        """Agreed by `moment`, not ended by then, and within its days: as at any moment."""
        return self.in_force_on(moment, moment.astimezone(clock.LONDON).date())

    def in_force_on(self, moment, day):
        """The same, for who knows the day in London."""
        return self.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=moment),
            agreed_at__lte=moment,
            starts_on__lte=day,
            ends_on__gte=day,
        )


class Waiver(Stateful):
    """A rule does not hold for one organisation for a time: asked for by one, agreed by another."""

    # A key of `registry`: only rules that ask the register can be waived.
    rule = models.CharField(max_length=60)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="waivers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="waivers")
    # One call, bid or project; without it all of the organisation's in the programme.
    subject_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    subject_name = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField("last day")
    state = StateField(table=WAIVER)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.TextField(blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "rule", "state"], name="waiver_by_organisation"),
            models.Index(fields=["programme", "state"], name="waiver_by_programme"),
        ]
        constraints = [
            WAIVER.constraint("waiver_state_known"),
            not_the_same("asked_by", "agreed_by", "waiver_agreed_by_another"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="waiver_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_reason"),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(agreed_at__isnull=False),
                name="waiver_agreed_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_at__isnull=False),
                name="waiver_ended_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} for {self.organisation}"

    def get_absolute_url(self) -> str:
        return path_to("waivers:waiver", self.pk)

    @property
    def title(self) -> str:
        return rule_of(self.rule).title

    @property
    def sentence(self) -> str:
        return rule_of(self.rule).sentence

    @property
    def scope(self) -> str:
        return self.subject_name or f"everything in {self.programme}"
