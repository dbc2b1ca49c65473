"""Every write of the outbox: messages, deliveries, addresses and preferences."""

from .addresses import mail_again, note_bounce
from .delivering import deliver, deliver_digest, try_again
from .reading import choose, mark_read
from .sending import send

__all__ = [
    "choose",
    "deliver",
    "deliver_digest",
    "mail_again",
    "mark_read",
    "note_bounce",
    "send",
    "try_again",
]
