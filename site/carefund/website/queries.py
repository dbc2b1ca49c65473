from django.db.models import QuerySet
from wagtail.models import Page

from programmes.calls.models import Call

from .models import CallPage


def public_pages() -> QuerySet[Page]:
    """Every page that anybody may read; a page whose call is not announced is none of them."""
    hidden = CallPage.objects.exclude(call__in=Call.objects.public())
    pages = Page.objects.live().public().filter(depth__gt=1)
    return pages.exclude(pk__in=hidden.values("pk")).order_by("path")
