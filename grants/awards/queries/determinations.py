from decimal import Decimal

from django.db.models import QuerySet, Sum

from carefund.core import clock
from carefund.core.money import ZERO
from programmes.organisations.models import Organisation

from ..models import Determination, DeterminationShare


def given_by(determination: Determination) -> Decimal:
    """Pounds that the authorities of a determination get in all."""
    return determination.shares.aggregate(total=Sum("amount"))["total"] or ZERO


def left_out_of(determination: Determination) -> QuerySet[Organisation]:
    """Authorities in force today that get nothing by it."""
    rows = Organisation.objects.valid_on(clock.today()).filter(kind="local_authority")
    return rows.exclude(pk__in=determination.shares.values("organisation")).order_by("name")


def published_determinations() -> QuerySet[Determination]:
    """Whatever was issued stays to be read, also when it was replaced or withdrawn since."""
    rows = Determination.objects.exclude(state__in=["draft", "abandoned"])
    return rows.select_related("programme__funder", "replaces").order_by("-issued_at", "-pk")


def determined_shares() -> QuerySet[DeterminationShare]:
    """The grants by determination that stand: issued or paid, newest first."""
    rows = DeterminationShare.objects.filter(determination__state__in=["issued", "paid"])
    rows = rows.select_related("determination__programme__funder", "organisation__region")
    return rows.order_by("-determination__issued_at", "organisation__name", "pk")
