"""Where editors begin: what can be started, and the calls that are prepared, ahead or open."""

from django.db.models import Q
from wagtail.admin.ui.components import Component

from .models import CallIndexPage, CallPage

# The page of a call that is over is found among all.
UNDER_WAY = ("draft", "in_review", "forecast", "open")
MOST = 20


class FundingCalls(Component):
    name = "funding_calls"
    template_name = "website/cms/funding_calls.html"
    order = 50

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {
            "pages": pages_under_way()[:MOST],
            "index": CallIndexPage.objects.first(),
            "may_see_bids": user.has_perm("calls.view"),
        }


def pages_under_way():
    wanted = Q(call=None) | Q(call__state__in=UNDER_WAY)
    return CallPage.objects.filter(wanted).select_related("call").order_by("-opens_at", "pk")
