"""The form of a call page: its definition, what is wrong with it, what a bidder would see.

`page` is a `CallPage` everywhere here; its module stands above this one.
"""

from collections.abc import Mapping
from typing import Any

from carefund.core import years
from carefund.questions.definition import BadDefinition, FormDefinition
from programmes.calls.facts import facts_of

from . import conditions
from .blocks import FormBlock, RulesBlock, ScreeningsBlock
from .writing import CONDITIONS, definition, streams


def design(page: Any) -> dict[str, Any]:
    """The definition of the form as the page has it now, complete or not."""
    return definition(page.form, page.form_rules, page.screening, of_call=of_call(page))


def of_call(page: Any) -> dict[str, Any]:
    """What the call says of the budgets of its form, as far as it is filled in."""
    found: dict[str, Any] = {}
    if page.project_starts_on and page.project_ends_on:
        first = years.financial_year(page.project_starts_on)
        last = years.financial_year(page.project_ends_on)
        found["years"] = list(range(first, last + 1))
    for name, value in (("smallest", page.smallest_award), ("largest", page.largest_award)):
        if value is not None:
            found[name] = str(value)
    return found


def problems(page: Any) -> list[str]:
    """What must be put right before the call can open, as sentences."""
    try:
        FormDefinition.parse(design(page))
    except BadDefinition as error:
        return list(error.problems)
    return []


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two definitions of one call say the same, however their defaults are spelled."""
    return _arranged(one) == _arranged(other)


def _arranged(data: Mapping[str, Any]) -> dict[str, Any]:
    raw = streams(data)
    blocks: dict[str, Any] = {
        "form": FormBlock(),
        "form_rules": RulesBlock(),
        "screening": ScreeningsBlock(),
    }
    return definition(*(blocks[name].to_python(raw[name]) for name in blocks), of_call={})


def readable(page: Any) -> tuple[FormDefinition | None, list[str]]:
    """The form without the questions that cannot be read yet, and what is wrong with these."""
    data, found = design(page), list[str]()
    facts = _facts(page)
    for _ in range(2):
        try:
            return FormDefinition.parse(data, facts), found
        except BadDefinition as error:
            found = found or list(error.problems)
            data = _without(data, {fault.key for fault in error.problems})
    return None, found


def _without(data: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    sections = []
    for section in data["sections"]:
        left = [q for q in section["questions"] if q["key"] not in keys]
        left = [q for q in left if not keys & set(_named(q))]
        if left and section["title"]:
            sections.append({**section, "questions": left})
    return {"sections": sections}


def _named(question: Mapping[str, Any]) -> list[str]:
    """The questions that the conditions of this one look at."""
    return [key for name in CONDITIONS for key in conditions.named(question.get(name))]


def _facts(page: Any) -> dict[str, Any]:
    """As the call will tell its rules, as far as the page says."""
    return facts_of(page) if page.closes_at else {}
