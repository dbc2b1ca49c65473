"""What machines read of the website."""

from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from carefund.core.access import public
from programmes.calls.models import Call

from .models import CallPage


@public
@require_safe
def sitemap(request):
    """Every public page with the day on which it last changed."""
    hidden = CallPage.objects.exclude(call__in=Call.objects.public())
    pages = Page.objects.live().public().filter(depth__gt=1).exclude(pk__in=hidden.values("pk"))
    rows = [
        {"address": page.get_full_url(request), "changed": page.last_published_at}
        for page in pages.order_by("path")
    ]
    context = {"rows": [row for row in rows if row["address"]]}
    return render(request, "website/sitemap.xml", context, content_type="application/xml")
