from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from .models import StoredFile


def files_of(subject: models.Model, role: str = "") -> QuerySet[StoredFile]:
    """The uploads that belong to an object, oldest first."""
    kind = ContentType.objects.get_for_model(subject)
    rows = StoredFile.objects.filter(subject_type=kind, subject_id=str(subject.pk))
    return (rows.filter(role=role) if role else rows).order_by("uploaded_at")
