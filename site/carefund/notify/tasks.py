from carefund.core.work import handles

from .actions import deliver


@handles("notify.deliver")
def deliver_message(message_id: int) -> None:
    deliver(message_id=message_id)
