"""Parts of a project's page that grow with its years: written here, in a fraction of the time."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.utils.safestring import SafeString

from carefund.core.formats import uk_date
from carefund.core.markup import filled_each
from carefund.core.paths import path_to
from carefund.core.tags import marked_as_sample, state_tag

register = template.Library()
MILESTONE = """<tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header">{}. <a class="govuk-link" href="{}">{}</a>{}</th>
      <td class="govuk-table__cell" data-label="Promised">{}</td>
      <td class="govuk-table__cell" data-label="Expected">{}</td>
      <td class="govuk-table__cell" data-label="Achieved">{}</td>
      <td class="govuk-table__cell" data-label="Status">{}</td>
    </tr>"""
RETURN = """<li><a class="govuk-link" href="{}">{} to {}</a> {}</li>"""


@register.simple_tag
def milestone_rows(milestones: Iterable[Any], project: Any) -> SafeString:
    """Of pairs: a milestone as it was known at a moment, and its status."""
    return filled_each("\n    ", MILESTONE, _milestones(milestones, project))


def _milestones(milestones: Iterable[Any], project: Any) -> Iterator[tuple[Any, ...]]:
    for view, status in milestones:
        one = view.milestone
        days = (one.baseline_on, view.expected_on, view.achieved_on)
        yield (
            one.position,
            path_to("delivery:milestone", project.reference, one.position),
            one.title,
            marked_as_sample(one.is_sample and not project.is_sample),
            *(uk_date(day) if day else "" for day in days),
            state_tag(status, ""),
        )


@register.simple_tag
def return_items(returns: Iterable[Any], project: Any) -> SafeString:
    return filled_each("", RETURN, (_return(row, project) for row in returns))


def _return(row: Any, project: Any) -> tuple[Any, ...]:
    address = path_to("delivery:return", project.reference, row.pk)
    return address, uk_date(row.period_starts_on), uk_date(row.period_ends_on), state_tag(row)
