"""How an offer becomes an agreement: versions of clauses, messages, and both signatures."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from carefund.core import clock
from carefund.core.appendonly import AppendOnly
from programmes.funds.models import Programme

from .offers import Agreement, Offer


class Clause(AppendOnly):
    """A later version of a clause of a programme's agreements; the first is the standard one."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="clauses")
    key = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    reason = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["programme", "key", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "key", "version"], name="clause_version_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=2), name="clause_after_the_standard"),
            models.CheckConstraint(condition=~Q(text=""), name="clause_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.key}, version {self.version}"


class OfferMessage(AppendOnly):
    """What the authority and the department write to each other before the offer is answered."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="messages")
    from_funder = models.BooleanField()
    text = models.TextField()
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["offer", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="offer_message_has_words")
        ]

    def __str__(self) -> str:
        return f"Message about {self.offer_id}"


class FunderSignature(AppendOnly):
    """The funder's acceptance of exactly this text, after the recipient's."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="signature")
    fingerprint = models.CharField("SHA-256 of what was signed", max_length=64)
    signed_at = models.DateTimeField(default=clock.now)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"Signature on {self.agreement_id}"
