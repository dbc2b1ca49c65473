from datetime import timedelta

from carefund.core import clock, work
from carefund.core.work import handles

from .actions import expire
from .models import Offer
from .queries import late_answer_allowed


@handles("awards.expire")
def expire_at_its_instant(offer_id: int) -> None:
    offer = Offer.objects.get(pk=offer_id)
    if offer.state != "offered" or clock.now() < offer.expires_at:
        return
    if waiver := late_answer_allowed(offer):
        # Asked again when the waiver is over.
        work.enqueue(
            "awards.expire",
            key=f"{offer.pk}:waiver:{waiver.pk}",
            payload={"offer_id": offer.pk},
            due_at=clock.end_of_day(waiver.ends_on) + timedelta(seconds=1),
        )
        return
    expire(offer=offer)
