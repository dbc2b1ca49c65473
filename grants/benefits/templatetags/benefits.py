"""The table of a project's benefits, which grows with them."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.defaultfilters import floatformat
from django.utils.safestring import SafeString

from carefund.core.formats import money
from carefund.core.markup import filled, filled_each
from carefund.core.tags import marked_as_sample

register = template.Library()
ROW = """<tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header"><a class="govuk-link" href="{}">{}</a>{}\
<br><span class="govuk-!-font-weight-regular">{}{}</span></th>
      {}
    </tr>"""
LATEST = ": {} {} against a baseline of {}"
UNPRICED = SafeString('<td class="govuk-table__cell" colspan="3">Measured, not priced</td>')
AMOUNTS = """<td class="govuk-table__cell govuk-table__cell--numeric" data-label="Promised">{}</td>\
<td class="govuk-table__cell govuk-table__cell--numeric" data-label="Measured">{}</td>\
<td class="govuk-table__cell govuk-table__cell--numeric" data-label="Verified">{}</td>"""


@register.simple_tag
def benefit_rows(views: Iterable[Any], project: Any) -> SafeString:
    """Each benefit with what was promised, measured and verified, in pounds."""
    return filled_each("\n    ", ROW, (_row(view, project) for view in views))


def _row(view: Any, project: Any) -> tuple[Any, ...]:
    benefit, latest = view.benefit, view.latest
    return (
        benefit.get_absolute_url(),
        benefit.title,
        marked_as_sample(benefit.is_sample and not project.is_sample),
        benefit.get_benefit_class_display(),
        filled(LATEST, _number(latest.measured), benefit.unit, _number(benefit.baseline))
        if latest
        else "",
        UNPRICED
        if benefit.benefit_class == "ub"
        else filled(AMOUNTS, *map(money, (view.promised, view.measured, view.verified))),
    )


def _number(value: Any) -> str:
    """Two decimals at most, and none of a whole number."""
    return str(floatformat(value, "-2g"))
