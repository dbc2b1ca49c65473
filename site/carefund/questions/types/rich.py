from typing import Any

from django.utils.html import format_html

from ..markup import plain, rich
from .base import Options
from .registry import register
from .text import LongText

MARKS = "You can mark text: # heading, - item of a list, **bold**, *italics*."


@register
class RichText(LongText):
    """Text with a few marks, stored as it was typed and cleaned whenever it is shown."""

    name = "rich_text"
    title = "Rich text"
    icon = "edit"
    help = "Paragraphs with headings, lists, bold, italics and links."
    in_groups = is_its_words = False
    advice = MARKS

    def field_settings(self, question: Any) -> dict[str, Any]:
        return {"attributes": {"data-rich": ""}}

    def wrong(self, value: Any, options: Options) -> str:
        return super().wrong(plain(value), options)

    def words(self, value: Any, options: Options) -> str:
        return plain(value)

    def html(self, value: Any, options: Options) -> str:
        if self.is_empty(value) or not self.fits(value, options):
            return super().html(value, options)
        return format_html('<div class="cf-rich">{}</div>', rich(value))
