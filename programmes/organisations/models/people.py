"""Who belongs to an organisation, who is asked to, who asks to, and who is let in as a guest."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from carefund.accounts.roles import AuthorityRole
from carefund.core import clock

from .places import Organisation

PERSON = settings.AUTH_USER_MODEL


class Capacity(models.TextChoices):
    """As what a finance certifier certifies."""

    SECTION_151 = "s151", "Section 151 officer"
    DEPUTY = "deputy", "Deputy section 151 officer"


def not_the_same(first: str, second: str, name: str) -> models.CheckConstraint:
    """Two persons of one row, where both are known, are two."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{second}__isnull": True})
        | ~Q(**{first: F(second)}),
        name=name,
    )


def person(**options):
    return models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", **options
    )


class MembershipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_at__isnull=True)


class Membership(models.Model):
    """A person's role in an organisation. It ends; it is never deleted."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(PERSON, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=AuthorityRole)
    capacity = models.CharField(max_length=10, choices=Capacity, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    started_by = person()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = person()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "role"],
                condition=Q(ended_at__isnull=True),
                name="membership_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(role__in=AuthorityRole.values), name="membership_role_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(capacity="") | Q(role=AuthorityRole.FINANCE_CERTIFIER),
                name="membership_capacity_of_certifiers",
            ),
            not_the_same("started_by", "user", "membership_given_by_another"),
            not_the_same("ended_by", "user", "membership_ended_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} of {self.organisation}"

    @property
    def words(self) -> str:
        """The role, and for a certifier as what."""
        role = str(self.get_role_display())
        return f"{role} ({self.get_capacity_display().lower()})" if self.capacity else role


class InvitationQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)


class Invitation(models.Model):
    """An address is asked to take up what `kind` stands for (see invitations.py).

    Of the token in the link only a fingerprint is kept; whoever opens it has read the mail.
    """

    kind = models.CharField(max_length=20)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="people_invited"
    )
    email = models.EmailField("email address")
    name = models.CharField(max_length=150)
    roles = models.JSONField(default=list)
    capacity = models.CharField(max_length=10, choices=Capacity, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = person()
    invited_at = models.DateTimeField(default=clock.now)
    sent_count = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = person()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = person()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-invited_at"], name="invitation_by_org")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="invitation_expires_after_start"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            not_the_same("accepted_by", "invited_by", "invitation_accepted_by_another"),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.name}"

    @property
    def state(self) -> str:
        if self.accepted_at:
            return "used"
        if self.revoked_at:
            return "revoked"
        return "expired" if clock.now() >= self.expires_at else "open"


class JoinRequest(models.Model):
    """Somebody with an address at an organisation's domain asks to join it."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", "Not confirmed"
        WAITING = "waiting", "Waiting"
        APPROVED = "approved", "Approved"
        DECLINED = "declined", "Declined"

    # Which organisation it is follows from the confirmed address, so it may come later.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="join_requests"
    )
    user = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="join_requests"
    )
    email = models.EmailField("email address")
    name = models.CharField(max_length=150)
    state = models.CharField(max_length=12, choices=State, default=State.UNCONFIRMED)
    token_hash = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = person()
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "state"], name="join_request_by_org")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="unconfirmed")
                | Q(organisation__isnull=False, user__isnull=False),
                name="join_request_confirmed_has_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "declined"]) | Q(decided_at__isnull=False),
                name="join_request_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="join_request_says_why_not"
            ),
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(state="waiting"),
                name="join_request_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="join_request_token_once"
            ),
            not_the_same("decided_by", "user", "join_request_decided_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.name} asks to join"


class GuestQuerySet(models.QuerySet):
    def current(self, on=None):
        """Taken up, not ended, and still within its time: today, or on a day."""
        day = on or clock.today()
        return self.filter(user__isnull=False, ended_at__isnull=True, ends_on__gte=day)

    def standing(self):
        """Current, or still to be taken up."""
        return self.filter(ended_at__isnull=True, ends_on__gte=clock.today())


class GuestAccess(models.Model):
    """A partner or consultant who sees one thing of an organisation and nothing else.

    A concrete model adds a foreign key to that one thing.
    """

    class Role(models.TextChoices):
        VIEWER = "viewer", "Viewer"
        CONTRIBUTOR = "contributor", "Contributor"

    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=12, choices=Role)
    given_by = person()
    given_at = models.DateTimeField(default=clock.now)
    ends_on = models.DateField("last day")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = person()

    objects = GuestQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            not_the_same("given_by", "user", "%(class)s_given_by_another"),
            models.CheckConstraint(
                condition=Q(role__in=["viewer", "contributor"]), name="%(class)s_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} until {self.ends_on}"

    @property
    def who(self) -> str:
        if self.user:
            return str(self.user)
        return self.invitation.name if self.invitation else ""
