from typing import Any

from django.db.models import QuerySet

from .models import OutboxMessage


def messages_of(person: Any) -> QuerySet[OutboxMessage]:
    """What the service told this person, newest first."""
    return OutboxMessage.objects.filter(recipient=person).order_by("-created_at", "-pk")


def unread(person: Any) -> int:
    return messages_of(person).filter(read_at__isnull=True).count()
