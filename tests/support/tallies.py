"""What is kept of long lists, held against counting their rows."""

from decimal import Decimal

from django.db.models import Count, Sum

from carefund.core.models import Tally
from carefund.core.money import ZERO
from grants.bids.models import Bid
from grants.bids.states import WITH_DEPARTMENT
from grants.delivery.models import Milestone, MonitoringReturn
from grants.payments.models import Claim
from grants.payments.states import WITH_DEPARTMENT as CLAIMED

COUNTED = {
    "bids": (Bid.objects.filter(state__in=WITH_DEPARTMENT), "call__programme", "requested"),
    "claims": (Claim.objects.filter(state__in=CLAIMED), "project__programme", "total"),
    "milestones": (Milestone.objects.all(), "project__programme", None),
    "returns": (MonitoringReturn.objects.all(), "project__programme", None),
}


def kept(of):
    """(programme, state) -> (number, pounds) as `core_tally` adds up to it, without noughts."""
    rows = Tally.objects.filter(of=of).values_list("scope", "state")
    sums = rows.annotate(n=Sum("number"), pence=Sum("pence"))
    found = {(scope, state): (n, Decimal(pence) / 100) for scope, state, n, pence in sums}
    return {where: what for where, what in found.items() if any(what)}


def really(of):
    """The same from the rows themselves."""
    rows, programme, amount = COUNTED[of]
    sums = rows.order_by().values_list(programme, "state").annotate(n=Count("pk"))
    if amount:
        sums = sums.annotate(worth=Sum(amount))
    return {(scope, state): (n, *(worth or [ZERO])) for scope, state, n, *worth in sums}
