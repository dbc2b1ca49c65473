from carefund.core.privacy import Rows, Rule, Tie, retain, tie

from .models import OutboxMessage

REMOVED = "Removed message"


def empty(rows: Rows) -> int:
    return rows.update(address="", subject_line=REMOVED, text="", html="")


tie(Tie(OutboxMessage, "recipient", erase=empty, says="Messages to this person."))
retain(
    Rule(
        key="messages",
        title="Messages to people",
        days=730,
        counted_from="when the message was written",
        effect="Address, subject and text are emptied. That a message was sent stays.",
        due=lambda before: OutboxMessage.objects.filter(created_at__lt=before).exclude(text=""),
        erase=empty,
    )
)
