from carefund.core.work import handles

from .actions import deliver, deliver_digest


@handles("notify.deliver")
def deliver_message(message_id: int) -> None:
    deliver(message_id=message_id)


@handles("notify.digest")
def deliver_messages_of_the_day(person_id: int) -> None:
    deliver_digest(person_id=person_id)
