import hashlib
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models, transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.record import record

from .checks import check, clean_name
from .models import StoredFile


def store(*, upload: Any, subject: models.Model, role: str, by: Actor) -> StoredFile:
    """Keep an upload with the object it belongs to. Raises `UploadRefused`.

    The caller has already asked whether `by` may add to `subject`.
    """
    name, data = clean_name(upload.name), upload.read()
    content_type = check(name, data)
    with transaction.atomic():
        stored = StoredFile(
            name=name,
            content_type=content_type,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            subject_type=ContentType.objects.get_for_model(subject),
            subject_id=str(subject.pk),
            role=role,
            uploaded_by=person(by),
            uploaded_at=clock.now(),
        )
        # The name on disk tells nothing and cannot be guessed.
        stored.content.save(stored.pk.hex, ContentFile(data), save=False)
        stored.save()
        record("file.uploaded", subject, by=by, changes={"file": (None, name)})
    return stored
