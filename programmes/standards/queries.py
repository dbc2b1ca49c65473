from django.db.models import QuerySet

from .models import Standard


def catalogue() -> QuerySet[Standard]:
    """Every standard, newest first, with measures and levels; three queries."""
    rows = Standard.objects.order_by("-published_on", "name")
    return rows.prefetch_related("measures__levels")
