from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.template.loader import render_to_string

from carefund.core import clock, work

from ..message import Address, Message, Quote, Urgency
from ..models import How, OutboxMessage
from ..queries import preferences_of

DIGEST_AT = time(7, 30)  # London


def send(message: Message, *, key: str) -> int:
    """Write `message` to the outbox of each recipient, in the caller's transaction.

    Returns how many were new. The same `key` to the same person is one message, whoever asks.
    """
    written = 0
    content = _content(message)
    with transaction.atomic():
        for recipient in _once_each(message):
            written += _write(message, recipient, key, content)
    return written


def _once_each(message: Message) -> Iterator[Any]:
    seen = set()
    for recipient in message.recipients():
        known = recipient.email.lower()
        person = _person(recipient)
        if known not in seen and (person is None or person.is_active):
            seen.add(known)
            yield recipient


def _person(recipient: Any) -> Any:
    return recipient.person if isinstance(recipient, Address) else recipient


def _write(message: Message, recipient: Any, key: str, content: dict[str, Any]) -> bool:
    person = _person(recipient)
    how = _how(message, person)
    row, new = OutboxMessage.objects.get_or_create(
        key=f"{message.kind}:{key}:{person.pk if person else recipient.email.lower()}"[:200],
        defaults={**content, "recipient": person, "address": recipient.email, "how": how},
    )
    if new and not clock.is_replaying():
        _ask_for_mail(row)
    return new


def _how(message: Message, person: Any) -> How:
    if person is None or message.urgency == Urgency.NOW:
        return How.NOW
    return How(preferences_of(person)[message.topic])


def _ask_for_mail(row: OutboxMessage) -> None:
    if row.how == How.NOW:
        work.enqueue("notify.deliver", key=str(row.pk), payload={"message_id": row.pk})
    elif row.how == How.DAILY:
        due = next_digest(clock.now())
        work.enqueue(
            "notify.digest",
            key=f"{row.recipient_id}:{due:%Y%m%d}",
            payload={"person_id": row.recipient_id},
            due_at=due,
        )


def next_digest(moment: datetime) -> datetime:
    """The next half past seven in London after `moment`."""
    day = moment.astimezone(clock.LONDON).date()
    due = datetime.combine(day, DIGEST_AT, clock.LONDON)
    return due if due > moment else datetime.combine(day + timedelta(1), DIGEST_AT, clock.LONDON)


def _content(message: Message) -> dict[str, Any]:
    about = message.about()
    context = {
        "subject": " ".join(message.subject().split()),
        "paragraphs": [
            {"quote": part.lines} if isinstance(part, Quote) else {"text": str(part)}
            for part in message.paragraphs()
        ],
        "link": f"{settings.WAGTAILADMIN_BASE_URL}{message.path()}" if message.path() else "",
        "preferences": message.urgency == Urgency.CAN_WAIT,
        "base": settings.WAGTAILADMIN_BASE_URL,
    }
    return {
        "kind": message.kind,
        "subject_line": context["subject"][:200],
        "text": render_to_string("notify/mail/message.txt", context),
        "html": render_to_string("notify/mail/message.html", context),
        "about_type": ContentType.objects.get_for_model(about),
        "about_id": str(about.pk),
        "created_at": clock.now(),
        "sent_at": clock.now() if clock.is_replaying() else None,
    }
