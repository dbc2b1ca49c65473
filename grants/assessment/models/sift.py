"""What officers find before a bid is assessed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.core.appendonly import AppendOnly
from carefund.core.money import MoneyField
from grants.bids.models import Bid

PERSON = settings.AUTH_USER_MODEL


class CheckOverride(AppendOnly):
    """An officer accepts a bid although an automatic check failed, and says why."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="overrides")
    check_key = models.SlugField(max_length=40)
    # What the machine had found, in its words.
    evidence = models.TextField(blank=True)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_reason"),
            models.UniqueConstraint(fields=["bid", "check_key"], name="override_once"),
        ]

    def __str__(self) -> str:
        return f"{self.check_key} of {self.bid_id}"


class DueDiligence(AppendOnly):
    """What was looked up about the bidder; the latest stands.

    The first twelve fields are those of a record of the government's Spotlight check.
    """

    class Outcome(models.TextChoices):
        CLEAR = "clear", "Nothing against it"
        CONCERNS = "concerns", "There are concerns"
        WAITING = "waiting", "Sent to Spotlight, no answer yet"

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="due_diligence")
    organisation_name = models.CharField(max_length=200)
    organisation_type = models.CharField(max_length=100)
    address_line_1 = models.CharField(max_length=200, blank=True)
    city_town = models.CharField("town or city", max_length=100, blank=True)
    country = models.CharField(max_length=100, default="England")
    postcode = models.CharField(max_length=10, blank=True)
    charity_number = models.CharField("charity number", max_length=10, blank=True)
    company_number = models.CharField("company number", max_length=8, blank=True)
    application_amount = MoneyField("amount applied for")
    application_number = models.CharField(max_length=30)
    scheme_id = models.CharField("GGIS scheme", max_length=40, blank=True)
    funder_id = models.CharField("funder", max_length=60, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    # Key of the question -> {"answer": "no" | "yes" | "unknown", "note": ""}.
    fraud = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "due diligence"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["clear", "concerns", "waiting"]), name="diligence_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="concerns") | ~Q(note=""), name="diligence_concerns_have_note"
            ),
        ]

    def __str__(self) -> str:
        return f"Due diligence of {self.bid_id}"


class SubsidyTest(AppendOnly):
    """Whether the award would be a subsidy, with the rule it was tested against; latest stands."""

    class Finding(models.TextChoices):
        NONE = "none", "Not a subsidy: nobody acts as an enterprise with it"
        MINIMAL = "minimal", "Minimal financial assistance"
        SUBSIDY = "subsidy", "A subsidy, assessed against the principles"

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="subsidy_tests")
    finding = models.CharField(max_length=10, choices=Finding)
    # The rule in force that day; see subsidy.py.
    rule_from = models.DateField()
    threshold = MoneyField("most in three financial years", null=True, blank=True)
    earlier = MoneyField("assistance received in the three financial years", default=0)
    total = MoneyField("with this award")
    enters_database = models.BooleanField(default=False)
    decided_on = models.DateField("award confirmed on", null=True, blank=True)
    enter_by = models.DateField("to be entered by", null=True, blank=True)
    entered_on = models.DateField("entered in the database on", null=True, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__in=["none", "minimal", "subsidy"]), name="subsidy_finding"
            ),
            models.CheckConstraint(
                condition=~Q(finding="minimal")
                | Q(threshold__isnull=True)
                | Q(total__lte=F("threshold")),
                name="minimal_assistance_within_threshold",
            ),
        ]

    def __str__(self) -> str:
        return f"Subsidy test of {self.bid_id}"


class Likeness(models.Model):
    """Two bids that look alike to the machine, and what an officer says it is."""

    class Finding(models.TextChoices):
        NOT_LOOKED = "", "Not looked at yet"
        DIFFERENT = "different", "Different projects"
        DUPLICATE = "duplicate", "The same project twice"
        DOUBLE = "double", "The same cost would be funded twice"

    first = models.ForeignKey(Bid, models.PROTECT, related_name="+")
    second = models.ForeignKey(Bid, models.PROTECT, related_name="+")
    # In hundredths: the share of the two texts' word sequences that both contain.
    similarity = models.PositiveSmallIntegerField(default=0)
    same_authority = models.BooleanField(default=False)
    partners = models.JSONField(default=list)
    found_at = models.DateTimeField()
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    note = models.TextField(blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-similarity", "pk"]
        verbose_name_plural = "likenesses"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="likeness_in_order"),
            models.CheckConstraint(
                condition=Q(finding="") | (~Q(note="") & Q(noted_at__isnull=False)),
                name="likeness_finding_has_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"

    @property
    def grounds(self) -> list[str]:
        found = [f"{self.similarity}% of the text is the same"] if self.similarity else []
        found += ["The same organisation bids"] if self.same_authority else []
        return found + [f"The same partner: {name}" for name in self.partners]
