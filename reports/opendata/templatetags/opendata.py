"""What came of a project, as lists that may be long: written here, at a fraction of the time."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.template.defaultfilters import floatformat
from django.utils.safestring import SafeString

from carefund.core.formats import money, uk_date
from carefund.core.markup import filled, filled_each
from carefund.core.tags import marked_as_sample

register = template.Library()


@register.simple_tag
def verified_items(observations: Iterable[Any]) -> SafeString:
    return filled_each("", "<li>{}: {}, {} to {}{}</li>", _observed(observations))


def _observed(observations: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for seen in observations:
        benefit = seen.benefit
        measured = (
            filled("{} {}", floatformat(seen.improvement), benefit.unit)
            if seen.amount is None
            else money(seen.amount)
        )
        days = uk_date(seen.period_starts_on), uk_date(seen.period_ends_on)
        yield benefit.title, measured, *days, marked_as_sample(seen.is_sample or benefit.is_sample)


@register.simple_tag
def achieved_items(milestones: Iterable[Any]) -> SafeString:
    rows = ((m.title, uk_date(m.achieved_on), marked_as_sample(m.is_sample)) for m in milestones)
    return filled_each("", "<li>{}, {}{}</li>", rows)
