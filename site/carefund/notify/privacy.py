from django.contrib.contenttypes.models import ContentType

from carefund.audit.actions import erase_names
from carefund.audit.models import Entry
from carefund.core.privacy import WHO_SAW, Rows, Rule, Tie, kept, retain, tie

from .models import OutboxMessage, Preference, StoppedAddress

REMOVED = "Removed message"


def empty(rows: Rows) -> int:
    return rows.update(address="", subject_line=REMOVED, text="", html="")


def forget_choices(rows: Rows) -> int:
    return rows.delete()[0]


def forget_addresses(rows: Rows) -> int:
    numbers = [str(pk) for pk in rows.values_list("pk", flat=True)]
    kind = ContentType.objects.get_for_model(rows.model)
    erase_names(entries=Entry.objects.filter(object_type=kind, object_id__in=numbers))
    return rows.update(address="", reason="", message=None)


tie(Tie(OutboxMessage, "recipient", erase=empty, says="What we told them."))
tie(
    Tie(
        Preference,
        "person",
        erase=forget_choices,
        says="Part of the account.",
        words="How they want to be written to",
    )
)
kept(StoppedAddress, "resumed_by", because=WHO_SAW)
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
retain(
    Rule(
        key="stopped-addresses",
        title="Addresses that took no mail for a time",
        days=730,
        counted_from="when the address took mail again",
        effect="The address and what its server said are emptied.",
        due=lambda before: StoppedAddress.objects.filter(resumed_at__lt=before).exclude(address=""),
        erase=forget_addresses,
    )
)
