from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from carefund.core import clock


def dated(prefix: str) -> models.CheckConstraint:
    """A period that ends after it begins."""
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
        name=f"{prefix}_ends_after_start",
    )


class DatedQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Rows in force on `day`; `valid_to` is the first day on which they no longer are."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class Region(models.Model):
    """One of the nine regions of England."""

    code = models.CharField("GSS code", max_length=9, unique=True)
    name = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationQuerySet(DatedQuerySet):
    def authorities(self):
        return self.filter(kind=Organisation.Kind.LOCAL_AUTHORITY)

    def boards(self):
        return self.filter(kind=Organisation.Kind.INTEGRATED_CARE_BOARD)

    def real(self):
        return self.filter(is_sample=False)


class Organisation(models.Model):
    """A body that pledges, bids for, receives or delivers: with dates of validity."""

    class Kind(models.TextChoices):
        LOCAL_AUTHORITY = "local_authority", "Local authority"
        INTEGRATED_CARE_BOARD = "icb", "Integrated care board"
        CHARITY = "charity", "Charity"
        CARE_PROVIDER = "care_provider", "Care provider"
        DEPARTMENT = "department", "Government department or agency"
        OTHER = "other", "Other organisation"

    class AuthorityType(models.TextChoices):
        UNITARY = "UA", "Unitary authority"
        METROPOLITAN = "MD", "Metropolitan district"
        LONDON_BOROUGH = "LBO", "London borough"
        CITY_OF_LONDON = "CC", "City corporation"
        COUNTY = "CTY", "County council"

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=120)
    # Organisation identifier as 360Giving and org-id.guide write it: GB-LAE-SHR.
    org_id = models.CharField(max_length=60, unique=True)
    code = models.CharField("register code", max_length=20, blank=True)
    gss_code = models.CharField("GSS code", max_length=9, blank=True)
    authority_type = models.CharField(max_length=4, choices=AuthorityType, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["kind", "name"], name="organisation_by_kind")]
        constraints = [
            dated("organisation"),
            models.CheckConstraint(
                condition=~Q(kind="local_authority") | ~Q(authority_type=""),
                name="authority_has_type",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """A name from a day on, and when it became known: a report as at a moment uses the one then.

    An organisation that was never renamed has no row here.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=120)
    valid_from = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["organisation", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "valid_from"], name="organisation_name_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} from {self.valid_from}"


class OrganisationDomain(models.Model):
    """An email domain that belongs to an organisation for a time."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["domain", "valid_from"]
        constraints = [
            dated("organisation_domain"),
            models.UniqueConstraint(
                fields=["organisation", "domain"],
                condition=Q(valid_to__isnull=True),
                name="organisation_domain_once",
            ),
            models.CheckConstraint(
                condition=Q(domain=Lower("domain")), name="organisation_domain_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class FormerCode(models.Model):
    """A GSS code that an authority no longer has (Barnsley and Sheffield changed theirs)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_codes")
    gss_code = models.CharField(max_length=9)
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "gss_code"], name="former_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.gss_code} until {self.valid_to}"


class Succession(models.Model):
    """Who took over from whom, and on which day."""

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="predecessions")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_between_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class BoardShare(models.Model):
    """The part of an authority's small areas that lies in an integrated care board."""

    authority = models.ForeignKey(Organisation, models.CASCADE, related_name="board_shares")
    board = models.ForeignKey(Organisation, models.CASCADE, related_name="authority_shares")
    share = models.DecimalField(max_digits=5, decimal_places=4)
    is_primary = models.BooleanField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            dated("board_share"),
            models.UniqueConstraint(
                fields=["authority", "board", "valid_from"], name="board_share_once"
            ),
            models.UniqueConstraint(
                fields=["authority"],
                condition=Q(is_primary=True, valid_to__isnull=True),
                name="board_share_one_primary",
            ),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="board_share_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority}: {self.share} in {self.board}"
