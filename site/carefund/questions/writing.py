"""Answers to read as markup, filled in here: a form may have more than a hundred questions."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from carefund.core.markup import filled, filled_each
from carefund.core.parts import data_table, summary_rows

from .display import Block, NotAsked, ShownSection, TableAnswer

SECTION = """<section aria-labelledby="{0}">
  <h2 class="govuk-heading-m" id="{0}">{1}</h2>
  {2}{3}
</section>"""
LIST = """<dl class="govuk-summary-list">
  {}
</dl>"""
TABLE = """<div class="cf-answer-table">
  <div class="cf-results__bar">
    <h3 class="govuk-heading-s">{}</h3>{}
  </div>
  {}{}{}{}
</div>"""
CHANGE = """
    <a class="govuk-link govuk-body" href="{}">Change\
<span class="govuk-visually-hidden"> {}</span></a>"""
NOT_ASKED = """<details class="govuk-details">
  <summary class="govuk-details__summary">\
<span class="govuk-details__summary-text">{}</span></summary>
  <div class="govuk-details__text">
    <ul class="govuk-list govuk-list--bullet">{}</ul>
  </div>
</details>"""
KEPT = " An earlier answer is kept, but is not part of the bid."


def answers(sections: Iterable[ShownSection], prefix: str = "") -> SafeString:
    """`prefix` is of the anchors, where several stand on one page."""
    return filled_each("\n", SECTION, (_section(part, prefix) for part in sections))


def _section(part: ShownSection, prefix: str) -> tuple[Any, ...]:
    blocks = filled_each("\n  ", "{}", ((_block(block),) for block in part.blocks))
    not_asked = _not_asked(part.not_asked) if part.not_asked else ""
    return f"{prefix}section-{part.section.key}", part.section.title, blocks, not_asked


def _block(block: Block) -> SafeString:
    return filled(LIST, summary_rows(block.rows)) if block.table is None else _table(block.table)


def _table(answer: TableAnswer) -> SafeString:
    if answer.body:
        body = data_table(answer.label, answer.head, answer.body, answer.total)
    else:
        body = filled('<p class="govuk-body">Not answered</p>')
    return filled(
        TABLE,
        answer.label,
        filled(CHANGE, answer.href, answer.label) if answer.href else "",
        body,
        _under('<p class="govuk-body">{}</p>', answer.note),
        _under('<p class="cf-note">For assessors: {}</p>', answer.assessment),
        _under('<p class="govuk-error-message">{}</p>', answer.problem),
    )


def _under(markup: str, text: str) -> SafeString | str:
    return filled(markup, text) if text else ""


def _not_asked(questions: list[NotAsked]) -> SafeString:
    number = len(questions)
    said = "1 question here does" if number == 1 else f"{number} questions here do"
    items = ((one.label, one.reason, KEPT if one.is_kept else "") for one in questions)
    listed = filled_each("", "<li><strong>{}</strong> {}{}</li>", items)
    return filled(NOT_ASKED, f"{said} not apply", listed)
