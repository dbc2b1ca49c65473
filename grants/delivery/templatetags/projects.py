"""Parts of a project's page that grow with its years: written here, in a fraction of the time."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.utils.safestring import SafeString

from carefund.core.formats import uk_date
from carefund.core.markup import filled_each
from carefund.core.paths import path_to
from carefund.core.tags import marked_as_sample, state_tag
from grants.delivery.queries import status_of_return

register = template.Library()
MILESTONE = """<tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header">{}. <a class="govuk-link" href="{}">{}</a>{}</th>
      <td class="govuk-table__cell" data-label="Promised">{}</td>
      <td class="govuk-table__cell" data-label="Expected">{}</td>
      <td class="govuk-table__cell" data-label="Achieved">{}</td>
      <td class="govuk-table__cell" data-label="Status">{}</td>
    </tr>"""
RETURN = """<li><a class="govuk-link" href="{}">{} to {}</a> {}</li>"""


TICK = """<line x1="{0}" y1="22" x2="{0}" y2="{1}" stroke="#cecece"/><text x="{0}" y="16" \
font-size="15" text-anchor="middle" fill="#484949">April {2}</text>"""
MARK = """<text x="2" y="{0}" font-size="15" fill="#0b0c0c">{1}</text>
  <line x1="{2}" y1="{3}" x2="{4}" y2="{3}" stroke="{5}" stroke-width="3"{6}/>
  <circle cx="{2}" cy="{3}" r="9" fill="#ffffff" stroke="{5}" stroke-width="3"/>
  <circle cx="{4}" cy="{3}" r="5" fill="{5}"/>"""
DASHED = SafeString(' stroke-dasharray="6 4"')


@register.simple_tag
def picture_ticks(picture: dict[str, Any]) -> SafeString:
    """Where each financial year begins."""
    return filled_each("", TICK, ((x, picture["height"], year) for x, year in picture["ticks"]))


@register.simple_tag
def picture_marks(picture: dict[str, Any]) -> SafeString:
    """Each milestone as a ring and a dot, with a line between them."""
    return filled_each("\n  ", MARK, map(_mark, picture["marks"]))


def _mark(mark: Any) -> tuple[Any, ...]:
    dashed = "" if mark.done else DASHED
    return mark.y + 5, mark.position, mark.promised, mark.y, mark.now, mark.colour, dashed


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
    status = state_tag(status_of_return(row), "")
    return address, uk_date(row.period_starts_on), uk_date(row.period_ends_on), status
