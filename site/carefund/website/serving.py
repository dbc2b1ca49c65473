"""The page of a call is found by its address in one statement; all else is Wagtail's way.

Wagtail walks from the site's first page down to the one asked for and looks at each on the way.
Here the whole address is looked up at once, where nothing is out of the ordinary: one site, no
alias and no restriction on the page or above it. What Wagtail asks of a page before it shows it
is asked of this one too.
"""
# ruff: noqa: SLF001 - where Wagtail keeps the page that it found

from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail import views
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from carefund.core.access import public
from carefund.core.prepared import Prepared

from .call_text import with_what_there_is
from .models import CallPage
from .models.calls import CallAttachment


@public
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    page = None if getattr(settings, "WAGTAIL_I18N_ENABLED", False) else _found(path)
    if page is not None:
        page.is_open_to_all = True
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    response: HttpResponseBase = views.serve(request, path)
    return response


def _found(path: str) -> Any:
    """The page at this address, if it is one for everybody; None: let Wagtail look for it."""
    above, _, slug = path.rstrip("/").rpartition("/")
    return _call_page.first(path=path, slug=slug) if above else None


def _calls(path: str, slug: str) -> Any:
    root = Site.objects.filter(is_default_site=True).order_by().values("root_page__url_path")
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = Page.objects.annotate(here=here).filter(here__startswith=F("path"))
    restrictions = PageViewRestriction.objects.annotate(here=here)
    pages = CallPage.objects.live().filter(
        ~Exists(Site.objects.filter(is_default_site=False)),
        ~Exists(above.filter(alias_of__isnull=False)),
        ~Exists(restrictions.filter(here__startswith=F("page__path"))),
        slug=slug,
        url_path=Concat(Subquery(root), Value(path)),
        call__isnull=False,
    )
    documents = CallAttachment.objects.filter(page=OuterRef("pk"), document__isnull=False)
    return (
        with_what_there_is(pages)
        .annotate(there_are_documents=Exists(documents))
        .select_related("call__programme__funder", "call__follows")
        .defer("form", "form_rules", "screening")
        .order_by()
    )


_call_page = Prepared(_calls)
