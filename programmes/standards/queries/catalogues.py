"""The catalogues and their versions."""

from django.db.models import QuerySet

from carefund.core import clock

from ..models import Measure, Standard


def catalogue() -> QuerySet[Standard]:
    """The version of each standard in force, with measures and levels; three queries."""
    return Standard.objects.newest().prefetch_related("measures__levels")


def earlier() -> list[Standard]:
    """The other versions, newest first."""
    now = Standard.objects.newest().values("pk")
    rows = Standard.objects.filter(published_on__lte=clock.today()).exclude(pk__in=now)
    return list(rows.order_by("name", "-published_on"))


def newer_than(standard: Standard) -> Standard | None:
    """The version in force, when this is an earlier one."""
    now = Standard.objects.newest().filter(code=standard.code).first()
    return now if now and now.published_on > standard.published_on else None


def whole(standard: Standard) -> list[Measure]:
    """The measures with their levels."""
    return list(standard.measures.prefetch_related("levels"))
