from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from carefund.core.appendonly import AppendOnly, AppendOnlyQuerySet


class EntryQuerySet(AppendOnlyQuerySet):
    def about(self, *objects):
        """The record of one case: everything written about any of `objects`, newest first."""
        wanted = models.Q(pk__in=[])
        for obj in objects:
            kind = ContentType.objects.get_for_model(obj)
            wanted |= models.Q(object_type=kind, object_id=str(obj.pk))
        return self.filter(wanted).select_related("actor").order_by("-pk")


class Entry(AppendOnly):
    """Who did what to which object, when, from where and why."""

    at = models.DateTimeField()
    # The person may be anonymised or deleted; the name of the moment stays in `actor_name`.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False
    )
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=80)
    object_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.CharField(max_length=64)
    object_name = models.CharField(max_length=300)
    subject = GenericForeignKey("object_type", "object_id")
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    address = models.GenericIPAddressField(null=True)
    request_id = models.CharField(max_length=64, blank=True)

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_by_object"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.verb} {self.object_name}"
