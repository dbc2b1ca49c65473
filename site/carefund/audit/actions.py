from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from carefund.core import clock
from carefund.core.actors import Actor
from carefund.core.record import origin

from .models import Entry


def write_entry(
    verb: str, obj: models.Model, *, by: Actor, changes: dict[str, Any], reason: str
) -> None:
    """Append to the record, in the transaction of the change."""
    source = origin.get()
    Entry.objects.create(
        at=clock.now(),
        actor_id=by.pk,
        actor_name=str(by),
        verb=verb,
        object_type=ContentType.objects.get_for_model(obj),
        object_id=str(obj.pk),
        object_name=str(obj)[:300],
        changes={key: [readable(old), readable(new)] for key, (old, new) in changes.items()},
        reason=reason,
        address=source.address or None,
        request_id=source.request_id,
    )


def readable(value: Any) -> Any:
    """`value` as JSON can hold it, without loss of pence or time zone."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [readable(item) for item in value]
    return str(value)
