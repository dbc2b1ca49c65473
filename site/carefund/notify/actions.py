from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.template.loader import render_to_string

from carefund.core import clock, work

from .message import Message
from .models import OutboxMessage


def send(message: Message, *, to: Iterable[Any], about: models.Model, key: str) -> int:
    """Write `message` to the outbox of each person, in the caller's transaction.

    Returns how many were new. The same `key` to the same person is one message, whoever asks.
    """
    written = 0
    with transaction.atomic():
        for person in {p.pk: p for p in to if p.is_active}.values():
            row, new = OutboxMessage.objects.get_or_create(
                key=f"{message.kind}:{key}:{person.pk}",
                defaults={**_content(message, about), "recipient": person, "address": person.email},
            )
            if new and not clock.is_replaying():
                work.enqueue("notify.deliver", key=str(row.pk), payload={"message_id": row.pk})
            written += new
    return written


def send_to_address(message: Message, *, address: str, about: models.Model, key: str) -> bool:
    """The same to an address whose owner may have no account: an invitation, a confirmation."""
    with transaction.atomic():
        row, new = OutboxMessage.objects.get_or_create(
            key=f"{message.kind}:{key}", defaults={**_content(message, about), "address": address}
        )
        if new and not clock.is_replaying():
            work.enqueue("notify.deliver", key=str(row.pk), payload={"message_id": row.pk})
    return new


def _content(message: Message, about: models.Model) -> dict[str, Any]:
    context = {
        "subject": " ".join(message.subject().split()),
        "paragraphs": message.paragraphs(),
        "link": f"{settings.WAGTAILADMIN_BASE_URL}{message.path()}" if message.path() else "",
    }
    return {
        "kind": message.kind,
        "subject_line": context["subject"][:200],
        "text": render_to_string("notify/message.txt", context),
        "html": render_to_string("notify/message.html", context),
        "about_type": ContentType.objects.get_for_model(about),
        "about_id": str(about.pk),
        "created_at": clock.now(),
        "sent_at": clock.now() if clock.is_replaying() else None,
    }


def deliver(*, message_id: int) -> None:
    """Hand one message to the mail backend and mark it sent.

    A worker killed between the two sends it again: mail can promise at least once, not once.
    """
    row = OutboxMessage.objects.select_for_update().get(pk=message_id)
    if row.sent_at:
        return
    mail = EmailMultiAlternatives(row.subject_line, row.text, to=[row.address])
    mail.attach_alternative(row.html, "text/html")
    mail.extra_headers["Message-ID"] = f"<{row.pk}.{row.created_at:%Y%m%d%H%M%S}@carefund>"
    mail.send()
    row.sent_at = clock.now()
    row.save(update_fields=["sent_at"])


def mark_read(*, messages: models.QuerySet[OutboxMessage], by: Any) -> int:
    """Note that the person has seen those of `messages` that are theirs. Returns how many."""
    own = messages.filter(recipient=by, read_at__isnull=True)
    return own.update(read_at=clock.now())
