"""What machines read of calls: calendar files and feeds."""

from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from carefund.core.access import public
from carefund.core.paths import path_to

from ..calendars import calendar
from ..forms import CallSearch
from ..queries import public_path
from ..rules import access_public_call
from ..search import news

NEWEST = 50


@public
@require_safe
def dates(request, code):
    """The moments of a call for a calendar."""
    call = access_public_call(code)
    text = calendar(call, request.build_absolute_uri(public_path(call)), request.get_host())
    headers = {"Content-Disposition": f'attachment; filename="{call.code}.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


class News(Feed):
    """What changed about calls, narrowed by the same choices as the list of calls."""

    title = "Funding calls: Digital Care Fund"
    description = "Calls that are announced, open, change and close."

    def get_object(self, request):
        return CallSearch(request.GET).wanted

    def link(self, wanted):
        return "/calls/"

    def feed_url(self, wanted):
        return path_to("calls:feed_rss")

    def items(self, wanted):
        return news(wanted)[:NEWEST]

    def item_title(self, item):
        return item.call.title

    def item_description(self, item):
        return item.text

    def item_link(self, item):
        return public_path(item.call)

    def item_guid(self, item):
        return f"call-update-{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item):
        return item.at

    item_updateddate = item_pubdate


class AtomNews(News):
    feed_type = Atom1Feed
    subtitle = News.description

    def feed_url(self, wanted):
        return path_to("calls:feed_atom")


feed_rss, feed_atom = (public(require_safe(feed())) for feed in (News, AtomNews))
