"""Guidance, news, accessibility, privacy."""

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from ..blocks import BodyBlock
from .previews import Framed


class TextPage(Framed, Page):
    """Guidance, news, accessibility, privacy."""

    body = StreamField(BodyBlock(), blank=True)

    template = "website/text.html"
    content_panels = [*Page.content_panels, FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    subpage_types = ["website.TextPage"]
