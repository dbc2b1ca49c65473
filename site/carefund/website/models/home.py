"""The home page and the list of calls."""

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Sum
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from grants.awards.models import Offer
from grants.delivery.models import Project
from programmes.calls.forms import CallSearch
from programmes.calls.models import Call
from programmes.calls.search import found_calls
from programmes.targets.models import Target
from programmes.targets.queries import latest

from .calls import call_pages
from .previews import Framed

CALLS_A_PAGE = 20


class HomePage(Framed, Page):
    introduction = models.TextField(max_length=400)

    max_count = 1
    template = "website/home.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    subpage_types = ["website.CallIndexPage", "website.TextPage"]

    def get_context(self, request, *args, **kwargs):
        target = Target.objects.order_by("pk").first()
        accepted = Offer.objects.filter(state="accepted")
        return {
            **super().get_context(request, *args, **kwargs),
            "open_calls": call_pages(Call.objects.open_now()),
            "coming_calls": call_pages(Call.objects.coming()),
            "awards": accepted.count(),
            "awarded": accepted.aggregate(total=Sum("amount"))["total"] or 0,
            "projects": Project.objects.count(),
            "target": target,
            "latest": latest(target) if target else None,
        }


class CallIndexPage(Framed, Page):
    introduction = models.TextField(max_length=400, blank=True)

    max_count = 1
    template = "website/call_index.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.CallPage"]

    def get_context(self, request, *args, **kwargs):
        search = CallSearch(request.GET)
        found = found_calls(search.wanted)
        pages = call_pages(Call.objects.filter(pk__in=found.ids)).in_bulk(field_name="call_id")
        ordered = [pages[key] for key in found.ids if key in pages]
        paginator = Paginator(ordered, CALLS_A_PAGE)
        shown = paginator.get_page(request.GET.get("page"))
        return {
            **super().get_context(request, *args, **kwargs),
            "search": search,
            "facets": search.facets(found.counts),
            "page_obj": shown,
            "groups": _in_groups(shown),
            "query": request.GET.urlencode(),
        }


def _in_groups(pages):
    """Open, coming and closed, in this order; what is empty is left out."""
    names = {"open": "Open now", "forecast": "Coming soon"}
    groups = {"Open now": [], "Coming soon": [], "Closed": []}
    for page in pages:
        groups[names.get(page.call.phase.value, "Closed")].append(page)
    return {name: rows for name, rows in groups.items() if rows}
