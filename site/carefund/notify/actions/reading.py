from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from carefund.core import clock

from ..message import Topic
from ..models import How, OutboxMessage, Preference


def mark_read(*, messages: models.QuerySet[OutboxMessage], by: Any) -> int:
    """Note that the person has seen those of `messages` that are theirs. Returns how many."""
    own = messages.filter(recipient=by, read_at__isnull=True)
    return own.update(read_at=clock.now())


def choose(*, wishes: Mapping[str, str], by: Any) -> None:
    """Keep how the person wants to hear of topics: values of `How` by values of `Topic`."""
    with transaction.atomic():
        for topic, how in wishes.items():
            Preference.objects.update_or_create(
                person=by, topic=Topic(topic), defaults={"how": How(how)}
            )
