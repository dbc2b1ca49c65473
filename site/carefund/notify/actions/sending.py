from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.template.loader import render_to_string

from carefund.core import clock, work
from carefund.core.making import new
from carefund.core.writing import Insertion, together

from ..message import Address, Message, Quote, Urgency
from ..models import How, OutboxMessage
from ..queries import preferences_of

DIGEST_AT = time(7, 30)  # London
AT_ONCE = 8
_add = Insertion(OutboxMessage, unique=["key"])


def send(message: Message, *, key: str) -> int:
    """Write `message` to the outbox of each recipient, in the caller's transaction.

    Returns how many were new. The same `key` to the same person is one message, whoever asks.
    """
    content = _content(message)
    rows = {row.key: row for row in _rows(message, key, content)}
    # Without a savepoint: a change of which nobody is told must not stand either.
    with transaction.atomic(savepoint=False):
        return _write(list(rows.values()))


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


def _rows(message: Message, key: str, content: dict[str, Any]) -> Iterator[OutboxMessage]:
    for recipient in _once_each(message):
        person = _person(recipient)
        to = person.pk if person else recipient.email.lower()
        yield new(
            OutboxMessage,
            **content,
            key=f"{message.kind}:{key}:{to}"[:200],
            recipient=person,
            address=recipient.email,
            how=_how(message, person),
        )


def _write(rows: list[OutboxMessage]) -> int:
    """Who writes the same message at this moment waits for the first, and has nothing to add."""
    for start in range(0, len(rows), AT_ONCE):
        together(*((_add, row) for row in rows[start : start + AT_ONCE]))
    new = [row for row in rows if row.pk is not None]
    if not clock.is_replaying():
        wanted = [_mail(row.pk, row.how, row.recipient_id) for row in new]
        work.enqueue_all([one for one in wanted if one])
    return len(new)


def _how(message: Message, person: Any) -> How:
    if person is None or message.urgency == Urgency.NOW:
        return How.NOW
    return How(preferences_of(person)[message.topic])


def _mail(pk: int, how: str, recipient_id: int | None) -> work.Wanted | None:
    if how == How.NOW:
        return work.Wanted("notify.deliver", str(pk), {"message_id": pk})
    if how == How.DAILY:
        due = next_digest(clock.now())
        key = f"{recipient_id}:{due:%Y%m%d}"
        return work.Wanted("notify.digest", key, {"person_id": recipient_id}, due)
    return None


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
