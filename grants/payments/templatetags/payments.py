"""Parts of pages that grow with the years of a project."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from carefund.core.formats import money, uk_date
from carefund.core.markup import filled_each
from carefund.core.tags import marked_as_sample, state_tag

register = template.Library()
CLAIM = """<li><a class="govuk-link" href="{}">{}</a>, {} to {} {}{}</li>"""


@register.simple_tag
def claim_items(claims: Iterable[Any], project: Any) -> SafeString:
    """Of claims with `total`, in pounds."""
    return filled_each("", CLAIM, (_claim(claim, project) for claim in claims))


def _claim(claim: Any, project: Any) -> tuple[Any, ...]:
    return (
        claim.get_absolute_url(),
        claim.reference,
        money(claim.total) if claim.total is not None else "",
        uk_date(claim.period_ends_on),
        state_tag(claim),
        marked_as_sample(claim.is_sample and not project.is_sample),
    )
