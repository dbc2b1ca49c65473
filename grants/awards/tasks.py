from carefund.core import clock
from carefund.core.work import handles

from .actions import expire
from .models import Offer


@handles("awards.expire")
def expire_at_its_instant(offer_id: int) -> None:
    offer = Offer.objects.get(pk=offer_id)
    if offer.state == "offered" and clock.now() >= offer.expires_at:
        expire(offer=offer)
