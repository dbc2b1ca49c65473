"""The letters of decisions are written in the CMS."""

from wagtail.snippets.models import register_snippet

from .models import LetterTemplate

register_snippet(LetterTemplate)
