from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from carefund.core.models import Job

from .message import Message, Topic, Urgency
from .models import How, OutboxMessage, Preference, StoppedAddress

LONGEST_NUMBER = 18
_administrators: list[Callable[[], Iterable[Any]]] = []


def register_administrators(people: Callable[[], Iterable[Any]]) -> None:
    """`people` tells who runs the service: they hear of addresses that take no mail."""
    if people not in _administrators:
        _administrators.append(people)


def administrators() -> list[Any]:
    return [person for people in _administrators for person in people()]


def messages_of(person: Any) -> QuerySet[OutboxMessage]:
    """What the service told this person, newest first."""
    return OutboxMessage.objects.filter(recipient=person).order_by("-created_at", "-pk")


def unread(person: Any) -> int:
    return messages_of(person).filter(read_at__isnull=True).count()


def preferences_of(person: Any) -> dict[str, str]:
    """How the person hears of each topic: values of `How` by values of `Topic`."""
    chosen = dict(Preference.objects.filter(person=person).values_list("topic", "how"))
    return {topic: chosen.get(topic, How.NOW.value) for topic in Topic.values}


def topics_to_choose() -> list[Topic]:
    """Topics with at least one kind of message that can wait: for others there is no choice."""
    waiting = {one.topic for one in Message.kinds() if one.urgency == Urgency.CAN_WAIT}
    return [topic for topic in Topic if topic in waiting]


def stopped(address: str) -> StoppedAddress | None:
    return StoppedAddress.objects.current().filter(address__iexact=address).first()


def for_digest(person_id: int) -> QuerySet[OutboxMessage]:
    """What waits for the person's next daily mail, oldest first."""
    rows = OutboxMessage.objects.filter(recipient_id=person_id, how=How.DAILY)
    return rows.filter(sent_at__isnull=True, held_because="").order_by("pk")


def stopped_addresses() -> QuerySet[StoppedAddress]:
    """All that are stopped now, newest first, with how many messages were held."""
    return StoppedAddress.objects.current().order_by("-stopped_at")


def undelivered() -> QuerySet[Job]:
    """Deliveries that were given up after the last attempt."""
    return Job.objects.filter(kind__startswith="notify.", state=Job.State.FAILED).order_by("-pk")


def backlog() -> dict[str, int]:
    """How many messages wait to be mailed, and how many were held."""
    waiting = Q(sent_at__isnull=True, held_because="", how=How.NOW)
    return OutboxMessage.objects.aggregate(
        waiting=Count("pk", filter=waiting), held=Count("pk", filter=~Q(held_because=""))
    )


def row_of_reference(message_id: str) -> OutboxMessage | None:
    """The message that a Message-ID of ours names; None when it names none."""
    number = message_id.strip().removeprefix("<").split(".", 1)[0]
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return None
    return OutboxMessage.objects.filter(pk=int(number)).first()
