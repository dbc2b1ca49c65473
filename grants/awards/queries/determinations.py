from decimal import Decimal

from django.db.models import QuerySet, Sum

from carefund.core import clock
from carefund.core.money import ZERO
from programmes.organisations.models import Organisation

from ..models import Determination


def given_by(determination: Determination) -> Decimal:
    """Pounds that the authorities of a determination get in all."""
    return determination.shares.aggregate(total=Sum("amount"))["total"] or ZERO


def left_out_of(determination: Determination) -> QuerySet[Organisation]:
    """Authorities in force today that get nothing by it."""
    rows = Organisation.objects.valid_on(clock.today()).filter(kind="local_authority")
    return rows.exclude(pk__in=determination.shares.values("organisation")).order_by("name")


def published_determinations() -> QuerySet[Determination]:
    rows = Determination.objects.filter(state="issued").select_related("programme__funder")
    return rows.order_by("-issued_at", "-pk")
