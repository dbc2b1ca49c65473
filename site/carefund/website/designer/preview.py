"""The form as a bidder sees it, while the editor is still at it."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from carefund.questions.forms.section import empty_form

from .design import readable


def preview(request: HttpRequest, page: Any) -> TemplateResponse:
    """All sections below each other, and on top what must be put right."""
    form, problems = readable(page)
    context = {"page": page, "problems": problems, **(empty_form(form) if form else {})}
    return TemplateResponse(request, "website/form_preview.html", context)
