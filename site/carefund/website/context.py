from functools import cache as once

from django.conf import settings
from django.db import connection

from carefund.accounts import ties
from carefund.core.keeping import Lately
from carefund.core.navigation import NavItem, items_of, marked

from .example import people

SERVICE_NAME = "Digital Care Fund"


def service(request):
    user = getattr(request, "user", None)
    return {
        "service_name": SERVICE_NAME,
        "example": settings.CAREFUND_EXAMPLE,
        # Evaluated once a page asks: fragments and mails pay nothing for it.
        # Staff are told where files are listed; nobody is asked about roles anywhere else.
        "unscanned_banner": lambda: unscanned_banner(user),
        "navigation": once(lambda: navigation(user, request.path)),
        # Asked for by the sign-in page only.
        "example_people": people.listing,
        "example_password": people.PASSWORD if settings.CAREFUND_EXAMPLE else "",
    }


def unscanned_banner(user):
    return bool(
        not settings.CLAMAV_SOCKET and user is not None and user.has_perm("funds.work_cases")
    )


def navigation(user, path):
    return [
        {"text": item.text, "href": item.href, "active": item.active}
        for item in marked(_items(user), path)
    ]


# Where people with the same roles and ties may go: asked anew when one of them changes.
_ITEMS: Lately[tuple[NavItem, ...]] = Lately(500)


def _items(user):
    known_as = ties.known(user)
    if known_as is None:
        return items_of(user)
    kept = _ITEMS.find(known_as)
    if kept is not None:
        return kept
    asked = []
    with connection.execute_wrapper(lambda do, *query: asked.append(1) or do(*query)):
        found = items_of(user)
    # What had to be looked up may change without a sign.
    return found if asked else _ITEMS.keep(known_as, found)
