"""Text: a line, an essay."""

from functools import lru_cache
from typing import Any

from django import forms

from carefund.core.forms.gov import copied

from ..fields import TextField, WordCount
from .base import Options, QuestionType
from .registry import register
from .settings import Setting

LONG_IN_A_CELL = 40


@lru_cache(maxsize=500)
def _essay(limit: int, *base: tuple[str, Any]) -> forms.Field:
    rows = min(max(limit // 25, 4), 14)
    made = TextField(**dict(base), widget=forms.Textarea(attrs={"rows": rows}))
    made.validators.append(WordCount(limit))
    return made


@register
class ShortText(QuestionType):
    name = "short_text"
    is_its_words = True
    title = "Short text"
    icon = "pilcrow"
    help = "One line, such as a name."
    in_groups = in_tables = True
    joins = "text"
    settings = (Setting("longest", "Most characters", "integer", 200, lowest=1, highest=1000),)

    def wrong(self, value: Any, options: Options) -> str:
        longest = self.setting(options, "longest")
        return f"Shorten this to {longest} characters or fewer." if len(value) > longest else ""


@register
class LongText(QuestionType):
    """Text with a word limit (`words`)."""

    name = "long_text"
    is_its_words = True
    title = "Long text"
    icon = "doc-full"
    help = "Paragraphs, with a limit of words that is counted while one types."
    in_groups = True
    joins = "text"
    settings = (Setting("words", "Most words", "integer", 500, lowest=1, highest=10000),)

    def field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        return copied(_essay(self.setting(question.options, "words"), *base.items()))

    def wrong(self, value: Any, options: Options) -> str:
        limit, words = self.setting(options, "words"), len(value.split())
        return f"Shorten this to {limit} words. It has {words}." if words > limit else ""
