"""What came of a project, as lists that may be long: written here, at a fraction of the time."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.utils.safestring import SafeString

from carefund.core.formats import money, tenths, uk_date
from carefund.core.markup import filled_each
from carefund.core.tags import marked_as_sample

register = template.Library()


@register.simple_tag
def verified_items(observations: Iterable[Any]) -> SafeString:
    return filled_each("", "<li>{}: {}, {} to {}{}</li>", _observed(observations))


def _observed(observations: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for seen in observations:
        measured = f"{tenths(seen.improvement)} {seen.unit}" if seen.amount is None else None
        days = uk_date(seen.begins), uk_date(seen.ends)
        sample = marked_as_sample(seen.is_sample or seen.of_a_sample)
        yield seen.title, measured or money(seen.amount), *days, sample


@register.simple_tag
def achieved_items(milestones: Iterable[Any]) -> SafeString:
    rows = ((m.title, uk_date(m.on), marked_as_sample(m.is_sample)) for m in milestones)
    return filled_each("", "<li>{}, {}{}</li>", rows)
