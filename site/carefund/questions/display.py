"""Answers to be read: on the check page, in a case, by an assessor, on paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html

from .answers import problem_with
from .definition import FormDefinition, Question, Section

Link = Callable[[Section, Question], str]


@dataclass(frozen=True)
class TableAnswer:
    label: str
    head: list[dict[str, str]]
    body: list[list[dict[str, str]]]
    total: list[dict[str, str]] | None
    note: str
    href: str
    problem: str


@dataclass
class Block:
    """Either answers one below the other, or one answer that is a table."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    table: TableAnswer | None = None


@dataclass(frozen=True)
class ShownSection:
    section: Section
    blocks: list[Block]


def shown(
    form: FormDefinition,
    answers: Mapping[str, Any],
    *,
    link: Link | None = None,
    problems: bool = False,
) -> list[ShownSection]:
    """The sections with every answer that was asked for, in order.

    `link` gives where to change an answer; `problems` adds what is wrong with each.
    """
    return [
        ShownSection(section, _blocks(section, answers, link, problems=problems))
        for section in form.sections
    ]


def _blocks(
    section: Section, answers: Mapping[str, Any], link: Link | None, *, problems: bool
) -> list[Block]:
    blocks: list[Block] = []
    for question in section.questions:
        if not question.is_shown(answers):
            continue
        value = answers.get(question.key)
        href = link(section, question) if link else ""
        problem = problem_with(question, answers) if problems else ""
        if question.kind in {"budget", "milestones", "benefits"}:
            blocks.append(Block(table=_table(question, value, href, problem)))
            continue
        if not blocks or blocks[-1].table:
            blocks.append(Block())
        blocks[-1].rows.append(_row(question, value, href, problem))
    return blocks


def _row(question: Question, value: Any, href: str, problem: str) -> dict[str, Any]:
    text = question.type.display(value, question.options)
    answer = format_html('<span class="cf-plain">{}</span>', text) if text else ""
    if problem:
        answer = format_html(
            '{}<span class="govuk-error-message">{}</span>', answer or "Not answered", problem
        )
    return {"key": question.label, "value": answer, "href": href}


def _table(question: Question, value: Any, href: str, problem: str) -> TableAnswer:
    numeric = question.kind == "budget"
    head, body = question.type.table(value, question.options)
    empty = question.type.is_empty(value)
    rows = [] if empty else [_cells(row, numeric=numeric) for row in body]
    total = rows.pop() if numeric and rows else None
    note = question.type.note(value)
    return TableAnswer(
        question.label, _cells(head, numeric=numeric), rows, total, note, href, problem
    )


def _cells(texts: list[str], *, numeric: bool) -> list[dict[str, str]]:
    return [
        {"text": text, "format": "numeric" if numeric and place else ""}
        for place, text in enumerate(texts)
    ]
