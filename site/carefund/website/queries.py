from django.db.models import QuerySet
from wagtail.models import Page

from programmes.calls.models import Call

from .designer.blocks import LIBRARY
from .models import CallPage, LibraryQuestion


def public_pages() -> QuerySet[Page]:
    """Every page that anybody may read; a page whose call is not announced is none of them."""
    hidden = CallPage.objects.exclude(call__in=Call.objects.public())
    pages = Page.objects.live().public().filter(depth__gt=1)
    return pages.exclude(pk__in=hidden.values("pk")).order_by("path")


def pages_that_ask(question: LibraryQuestion) -> list[CallPage]:
    """The calls whose form takes the question from the library, as published or in a draft."""
    return [
        page
        for page in CallPage.objects.order_by("title")
        if any(_takes(one, question.pk) for one in (page, page.get_latest_revision_as_object()))
    ]


def _takes(page: CallPage, key: int) -> bool:
    sections = (section["value"] for section in page.form.raw_data)
    return any(
        asked["type"] == LIBRARY and asked["value"] == key
        for section in sections
        for asked in section["questions"]
    )
