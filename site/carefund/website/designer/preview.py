"""The form as a bidder sees it, while the editor is still at it."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from carefund.questions.forms.section import SectionForm

from .design import readable


def preview(request: HttpRequest, page: Any) -> TemplateResponse:
    """All sections below each other, and on top what must be put right."""
    form, problems = readable(page)
    sections = [(s, SectionForm(form, s, {})) for s in form.sections] if form else []
    context = {
        "page": page,
        "problems": problems,
        "sections": sections,
        "screening": form.eligibility if form else [],
        "rules": form.rules if form else [],
    }
    return TemplateResponse(request, "website/form_preview.html", context)
