from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from carefund.core.access import public

from . import queries


@public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What good looks like: measures and the levels by which they are recognised."""
    return render(request, "standards/catalogue.html", {"standards": queries.catalogue()})
