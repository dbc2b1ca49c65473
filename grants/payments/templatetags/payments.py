"""Parts of pages that grow with the years of a project."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from carefund.core.formats import financial_year, money, uk_date
from carefund.core.markup import filled_each
from carefund.core.tags import marked_as_sample, state_tag

register = template.Library()
CLAIM = """<li><a class="govuk-link" href="{}">{}</a>, {} to {} {}{}</li>"""


POT = """<tr class="govuk-table__row">\
<th scope="row" class="govuk-table__header">{}</th><td class="govuk-table__cell">{}</td>\
<td class="govuk-table__cell govuk-table__cell--numeric" data-label="Awarded">{}</td>\
<td class="govuk-table__cell govuk-table__cell--numeric" data-label="Claimed">{}</td>\
<td class="govuk-table__cell govuk-table__cell--numeric" data-label="Paid">{}</td>\
<td class="govuk-table__cell govuk-table__cell--numeric" data-label="Left to claim">{}</td></tr>"""


@register.simple_tag
def pot_rows(pots: Iterable[Any]) -> SafeString:
    """The grant by year and kind, beside what was claimed and paid of it."""
    return filled_each("", POT, map(_pot, pots))


def _pot(pot: Any) -> tuple[str, ...]:
    amounts = (pot.awarded, pot.claimed, pot.paid, pot.left)
    return financial_year(pot.financial_year), pot.kind, *map(money, amounts)


@register.simple_tag
def claim_items(claims: Iterable[Any], project: Any) -> SafeString:
    """Of claims, with what each asks for."""
    return filled_each("", CLAIM, (_claim(claim, project) for claim in claims))


def _claim(claim: Any, project: Any) -> tuple[Any, ...]:
    return (
        claim.get_absolute_url(),
        claim.reference,
        money(claim.total),
        uk_date(claim.period_ends_on),
        state_tag(claim),
        marked_as_sample(claim.is_sample and not project.is_sample),
    )
