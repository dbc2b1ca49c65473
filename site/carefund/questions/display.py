"""Answers to be read: on the check page, in a case, by an assessor, on paper."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from carefund.core.markup import filled

from .answers import Checked
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
    # Only for those who assess.
    assessment: str = ""


@dataclass
class Block:
    """Either answers one below the other, or one answer that is a table."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    table: TableAnswer | None = None


@dataclass(frozen=True)
class NotAsked:
    """A question that does not apply, why, and whether an answer to it is kept all the same."""

    label: str
    reason: str
    is_kept: bool


@dataclass(frozen=True)
class ShownSection:
    section: Section
    blocks: list[Block]
    not_asked: list[NotAsked]


def shown(
    form: FormDefinition,
    answers: Mapping[str, Any],
    *,
    link: Link | None = None,
    problems: bool = False,
    notes: bool = False,
    only: Collection[str] | None = None,
) -> list[ShownSection]:
    """The sections with every answer that was asked for, in order.

    `link` gives where to change an answer; `problems` adds what is wrong with each; `notes` what
    its author wrote for assessors, which no bidder may read. `only` leaves out all questions but
    these, and then nothing is said of what was answered to others.
    """
    checked = Checked(form, answers)
    return [
        ShownSection(
            section,
            _blocks(section, checked, link, problems=problems, notes=notes),
            _not_asked(section, checked, only),
        )
        for section in _narrowed(form.sections, only)
    ]


def _narrowed(sections: Iterable[Section], only: Collection[str] | None) -> Iterable[Section]:
    """The sections with the questions wanted; those without any are left out."""
    if only is None:
        return sections
    kept = ((s, tuple(q for q in s.questions if q.key in only)) for s in sections)
    return [replace(section, questions=questions) for section, questions in kept if questions]


def _blocks(
    section: Section, checked: Checked, link: Link | None, *, problems: bool, notes: bool
) -> list[Block]:
    blocks: list[Block] = []
    for question in section.questions:
        if question.key not in checked.applied.shown:
            continue
        computed = question.type.is_computed
        source = checked.applied.computed if computed else checked.given
        value = source.get(question.key)
        href = link(section, question) if link and not computed else ""
        problem = checked.message(question) if problems else ""
        note = question.assessment if notes else ""
        if question.type.is_table:
            blocks.append(Block(table=_table(question, value, href, problem, note)))
            continue
        if not blocks or blocks[-1].table:
            blocks.append(Block())
        blocks[-1].rows.append(_row(question, value, href, problem, note))
    return blocks


def _not_asked(section: Section, checked: Checked, only: Collection[str] | None) -> list[NotAsked]:
    return [
        NotAsked(
            question.label,
            _reason(question, checked, only),
            not question.type.is_blank(checked.given.get(question.key)),
        )
        for question in section.questions
        if question.key in checked.applied.hidden
    ]


def _reason(question: Question, checked: Checked, only: Collection[str] | None) -> str:
    """Why a question is not asked: not where that would tell an answer that is left out."""
    looked_at = {test.question for test in question.show_if.tests()} if question.show_if else set()
    if only is not None and not looked_at <= set(only):
        return "This bid was not asked it."
    return f"It is asked only if {checked.applied.hidden[question.key]}."


def _row(question: Question, value: Any, href: str, problem: str, note: str) -> dict[str, Any]:
    answer = question.type.html(value, question.options)
    if question.type.is_computed and not answer:
        answer = "Not known yet"
    if problem:
        answer = filled(
            '{}<span class="govuk-error-message">{}</span>', answer or "Not answered", problem
        )
    if note:
        answer = filled(
            '{}<p class="cf-note">For assessors: {}</p>', answer or "Not answered", note
        )
    return {"key": question.label, "value": answer, "href": href}


def _table(question: Question, value: Any, href: str, problem: str, note: str) -> TableAnswer:
    kind, options = question.type, question.options
    made = kind.table(value, options)
    unread = "" if made.rows or kind.fits(value, options) else kind.display(value, options)
    return TableAnswer(
        question.label,
        _cells(made.head, made.numeric),
        [_cells(row, made.numeric) for row in made.rows],
        _cells(made.total, made.numeric) if made.total else None,
        made.note or unread,
        href,
        problem,
        note,
    )


def _cells(texts: list[str], numeric: frozenset[int]) -> list[dict[str, str]]:
    return [
        {"text": text, "format": "numeric" if place in numeric else ""}
        for place, text in enumerate(texts)
    ]
