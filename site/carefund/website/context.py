from functools import cache as once

from django.conf import settings

from carefund.core.navigation import items_for

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
        for item in items_for(user, path)
    ]
