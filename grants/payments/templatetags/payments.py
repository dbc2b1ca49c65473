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


AMOUNT = """<td class="govuk-table__cell govuk-table__cell--numeric" data-label="{}">{{}}</td>"""


def _pot_row(*labels: str) -> str:
    return (
        '<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{}</th>'
        '<td class="govuk-table__cell">{}</td>'
        f"{''.join(map(AMOUNT.format, labels))}</tr>"
    )


POT = _pot_row("Awarded", "Claimed", "Paid", "Left to claim")
# Of a closed project, whose row adds up with what went back.
CLOSED_POT = _pot_row("Awarded", "Claimed", "Paid", "Gone back", "Left to claim")


@register.simple_tag
def pot_rows(pots: Iterable[Any], *, with_back: bool = False) -> SafeString:
    """The grant by year and kind, beside what was claimed and paid of it, and what went back."""
    return filled_each(
        "", CLOSED_POT if with_back else POT, (_pot(x, with_back=with_back) for x in pots)
    )


def _pot(pot: Any, *, with_back: bool) -> tuple[str, ...]:
    back = [pot.back] if with_back else []
    amounts = (pot.awarded, pot.claimed, pot.paid, *back, pot.left)
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
