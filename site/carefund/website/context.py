from django.conf import settings

from carefund.core.navigation import items_for

SERVICE_NAME = "Digital Care Fund"


def service(request):
    user = getattr(request, "user", None)
    return {
        "service_name": SERVICE_NAME,
        "example": settings.CAREFUND_EXAMPLE,
        # Evaluated once a page asks: fragments and mails pay nothing for it.
        "navigation": lambda: navigation(user, request.path),
    }


def navigation(user, path):
    return [
        {"text": item.text, "href": item.href, "active": item.active}
        for item in items_for(user, path)
    ]
