from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from carefund.core import clock
from carefund.core.appendonly import AppendOnly
from carefund.core.paths import path_to
from programmes.funds.models import Programme

from ..placeholders import KNOWN, unknown_in
from .rounds import Choice


class LetterTemplate(models.Model):
    """The words of a letter, for one programme or for all that have none of their own."""

    class Kind(models.TextChoices):
        OFFER = "offer", "Offer letter"
        RESERVE = "reserve", "Reserve list letter"
        REGRET = "regret", "Regret letter"

    kind = models.CharField(max_length=7, choices=Kind)
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_templates",
        help_text="Leave empty for all programmes.",
    )
    subject = models.CharField(max_length=200)
    body = models.TextField(
        help_text="An empty line begins a paragraph. These are filled in: "
        + ", ".join("{" + name + "}" for name in KNOWN)
    )

    class Meta:
        ordering = ["kind", "programme"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "programme"],
                name="letter_template_once",
                violation_error_message="There is already a letter of this kind.",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(programme__isnull=True),
                name="letter_template_for_all_once",
                violation_error_message="There is already a letter of this kind.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["offer", "reserve", "regret"]),
                name="letter_template_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.programme or 'all programmes'}"

    def clean(self) -> None:
        super().clean()
        errors = {
            field: f"{{{found[0]}}} is not a placeholder of letters."
            for field in ("subject", "body")
            if (found := unknown_in(getattr(self, field)))
        }
        if errors:
            raise ValidationError(errors)


class Letter(AppendOnly):
    """A letter as it was sent: its text is frozen, whatever becomes of the template."""

    choice = models.ForeignKey(Choice, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=7, choices=LetterTemplate.Kind)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    # Rows of `criterion`, `assessor`, `score`, `highest` and `comment`, as far as released.
    feedback = models.JSONField(default=list)
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["choice", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["choice", "kind"], name="letter_once_of_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=["offer", "reserve", "regret"]), name="letter_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return path_to("awards:letter", self.choice.bid.reference, self.pk)
