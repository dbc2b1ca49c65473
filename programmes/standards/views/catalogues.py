from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from carefund.core.access import public

from .. import queries
from ..models import Standard


@public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What good looks like: measures and the levels by which they are recognised."""
    context = {"standards": queries.catalogue(), "earlier": queries.earlier()}
    return render(request, "standards/catalogue.html", context)


@public
@require_safe
def version(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """One version of a catalogue, as it was and stays."""
    standard = get_object_or_404(Standard, code=code, version=version)
    newer = queries.newer_than(standard)
    context = {"standard": standard, "measures": queries.whole(standard), "newer": newer}
    return render(request, "standards/version.html", context)
