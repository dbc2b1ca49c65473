from datetime import datetime

from carefund.core.work import handles

from .actions import reminding
from .models import Bid


@handles(reminding.REMIND)
def remind_of_a_bid(bid_id: int, closes_at: str, days: int) -> None:
    bid = Bid.objects.select_related("call").filter(pk=bid_id).first()
    if bid:
        reminding.remind(bid=bid, closes_at=datetime.fromisoformat(closes_at), days=days)
