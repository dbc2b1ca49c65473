"""What machines read of the website."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from carefund.core.access import public
from carefund.core.paths import path_to

from . import queries


@public
@require_safe
def sitemap(request):
    """Every public page with the day on which it last changed."""
    rows = [
        {"address": page.get_full_url(request), "changed": page.last_published_at}
        for page in queries.public_pages()
    ]
    context = {"rows": [row for row in rows if row["address"]]}
    return render(request, "website/sitemap.xml", context, content_type="application/xml")


# What is only for people who signed in answers a program with nothing but the way to sign in.
NOT_FOR_PROGRAMS = ("/account/", "/bids/", "/claims/", "/cms/", "/manage/", "/offers/")


@public
@require_safe
def robots(request):
    """Where search engines look. They leave an example service alone: its bids are made up."""
    kept_out = ("/",) if settings.CAREFUND_EXAMPLE else NOT_FOR_PROGRAMS
    lines = ["User-agent: *", *(f"Disallow: {start}" for start in kept_out)]
    lines.append(f"Sitemap: {request.build_absolute_uri(path_to('website:sitemap'))}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


ICON = (Path(__file__).parent / "static/carefund/favicon.ico").read_bytes()


@public
@require_safe
@cache_control(public=True, max_age=86_400)
def icon(request):
    """What browsers ask for beside whatever names no icon of its own: a feed, a data file."""
    return HttpResponse(ICON, content_type="image/x-icon")
