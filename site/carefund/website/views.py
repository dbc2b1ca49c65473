"""What machines read of the website."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from carefund.core.access import public

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
