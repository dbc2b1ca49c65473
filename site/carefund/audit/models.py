from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from carefund.core.appendonly import AppendOnly, AppendOnlyQuerySet

NAMELESS = "A former user"


def by_kind(objects: Iterable[models.Model]) -> dict[ContentType, list[str]]:
    """The numbers of objects, as the record has them, by what they are."""
    found: dict[ContentType, list[str]] = {}
    for obj in objects:
        found.setdefault(ContentType.objects.get_for_model(obj), []).append(str(obj.pk))
    return found


class EntryQuerySet(AppendOnlyQuerySet):
    def about(self, *objects):
        """The record of one case: everything written about any of `objects`, newest first."""
        wanted = models.Q(pk__in=[])
        for kind, numbers in by_kind(objects).items():
            wanted |= models.Q(object_type=kind, object_id__in=numbers)
        return self.filter(wanted).with_names().order_by("-pk")

    def with_names(self):
        return self.select_related("particulars", "object_type", "actor")


class Entry(AppendOnly):
    """Who did what to which object, when and why. It names nobody: see `Particulars`.

    `digest` is the SHA-256 of all of it (`content.digest_of`), and what the chain holds.
    """

    at = models.DateTimeField()
    # The account may be deleted; its number stays.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False
    )
    roles = models.JSONField(default=list)
    verb = models.CharField(max_length=80)
    object_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.CharField(max_length=64)
    subject = GenericForeignKey("object_type", "object_id")
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    names_digest = models.CharField(max_length=64)
    origin_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_by_object"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
            models.Index(fields=["verb", "-id"], name="audit_by_verb"),
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(
                fields=["request_id"],
                name="audit_by_request",
                condition=~models.Q(request_id=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.verb} {self.object_name}"

    @property
    def actor_name(self) -> str:
        """The name of the moment; once it has been taken out, what the account is called now."""
        return self.particulars.actor_name or self._account_name()

    def _account_name(self) -> str:
        if self.actor_id is None:
            return "The system"
        try:
            return str(self.actor or NAMELESS)
        except ObjectDoesNotExist:
            return NAMELESS

    @property
    def object_name(self) -> str:
        return self.particulars.object_name or f"{self.object_type.name} {self.object_id}"

    @property
    def address(self) -> str | None:
        return self.particulars.address


class Particulars(models.Model):
    """What an entry says about a person: beside the chain, so that it can be taken out.

    The entry holds a digest of each of the two parts with its salt. Without the salt nobody can
    find out by trying which name or address a digest belonged to. The only change that the
    database allows is to empty a part; rows are never deleted.
    """

    entry = models.OneToOneField(
        Entry, models.DO_NOTHING, primary_key=True, related_name="particulars", db_constraint=False
    )
    actor_name = models.CharField(max_length=200, blank=True)
    object_name = models.CharField(max_length=300, blank=True, db_index=True)
    personal_changes = models.JSONField(default=dict)
    names_salt = models.CharField(max_length=32, blank=True)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=60, blank=True)
    origin_salt = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [models.Index(fields=["address"], name="audit_by_address")]

    def __str__(self) -> str:
        return self.actor_name


class Unsealed(models.Model):
    """An entry that is not in the chain yet; written with it, taken away by the sealer."""

    entry = models.OneToOneField(
        Entry, models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )


class Link(AppendOnly):
    """One entry's place in the chain. `hash` covers the one before, so none can be taken out."""

    position = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.DO_NOTHING, related_name="link", db_constraint=False)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.position}: {self.hash}"


class Seal(AppendOnly):
    """The head of the chain at a moment, signed with `AUDIT_KEY` where there is one."""

    position = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"
