"""What stands on the paper, whatever it is written as."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carefund.core import clock
from carefund.core.formats import money, uk_exact, uk_instant
from carefund.questions.answers import Checked
from carefund.questions.definition import FormDefinition, Question, Section
from carefund.questions.forms.section import asked_when
from carefund.questions.types.base import Table
from carefund.questions.types.rows import RowsType
from programmes.calls.models import Call

from .. import queries
from ..models import Bid, Submission
from ..states import IN_PROGRESS


@dataclass(frozen=True)
class Item:
    """A question with its answer: `text` or `table`; on a blank form room for one."""

    label: str
    text: str = ""
    table: Table | None = None
    hint: str = ""
    guidance: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    room: bool = False
    # What is asked for each row, and what a row is called: on paper each is a list of its own.
    asks: tuple[str, ...] = ()
    noun: str = ""


@dataclass(frozen=True)
class Part:
    title: str
    introduction: str
    items: Sequence[Item]


@dataclass(frozen=True)
class Paper:
    title: str
    # What the paper is, as one sentence that stands on every page: a draft, or submitted when.
    mark: str
    facts: Sequence[tuple[str, str]]
    parts: Sequence[Part]


def paper_of(bid: Bid) -> Paper:
    """The bid as it stands, or as it was submitted where it was."""
    working = bid.state in IN_PROGRESS
    submission = None if working else bid.submissions.order_by("-number").first()
    answers = submission.content["answers"] if submission else queries.answers_of(bid)
    form = queries.form_of(bid)
    checked = Checked(form, answers)
    parts = [
        Part(section.title, "", list(_answered(section, checked))) for section in form.sections
    ]
    return Paper(f"{bid.reference} {bid.title}", _mark(bid, submission), _facts(bid), parts)


def _mark(bid: Bid, submission: Submission | None) -> str:
    now = f"{uk_instant(clock.now())} (UK time)"
    if submission is None:
        return f"{bid.status.label}, not submitted. Reference {bid.reference}. Copy of {now}."
    withdrawn = " Withdrawn since." if bid.state == "withdrawn" else ""
    return (
        f"Submitted on {uk_exact(submission.submitted_at)}. Reference {bid.reference}.{withdrawn} "
        f"Fingerprint {submission.fingerprint}."
    )


def _facts(bid: Bid) -> list[tuple[str, str]]:
    facts = [
        ("Organisation", bid.organisation.name),
        ("Call", bid.call.title),
        ("Asks for", money(bid.requested) if bid.requested is not None else "No budget yet"),
    ]
    if bid.theme:
        facts.append(("Theme", bid.theme.name))
    if bid.certified_at:
        who = bid.certified_by or "the system"
        facts.append(("Certified", f"by {who} on {uk_exact(bid.certified_at)}"))
    return facts


def _answered(section: Section, checked: Checked) -> Iterator[Item]:
    for question in section.questions:
        if question.key not in checked.applied.shown:
            continue
        source = checked.applied.computed if question.type.is_computed else checked.given
        yield _answer(question, source.get(question.key))


def _answer(question: Question, value: Any) -> Item:
    kind, options = question.type, question.options
    if kind.is_table and (made := kind.table(value, options)).rows:
        return Item(question.label, made.note, made)
    return Item(question.label, kind.display(value, options) or "Not answered")


def blank_form(call: Call) -> Paper:
    """The questions of the call with room for answers."""
    row = call.forms.order_by("-version")[0]
    form = queries.read_form(row, call)
    first = [
        Item(one.label, hint=one.hint, choices=_choices(one.kind, one.options), room=True)
        for one in form.eligibility
    ]
    parts = [Part("Before you start", "", first)] if first else []
    for section in form.sections:
        asked = [question for question in section.questions if not question.type.is_computed]
        parts.append(Part(section.title, section.introduction, [_room(one, form) for one in asked]))
    closes = f"{uk_instant(call.closes_at)} (UK time)"
    return Paper(
        f"{call.title}: blank form",
        f"To prepare answers. Bids are made in the service only. The call closes on {closes}.",
        [("Each bid", f"{money(call.smallest_award)} to {money(call.largest_award)}")],
        parts,
    )


def _room(question: Question, form: FormDefinition) -> Item:
    kind, options = question.type, question.options
    hints = [question.hint, kind.advice, _condition(question, form), _limit(question)]
    hints.append("Attach it in the service." if question.kind == "files" else "")
    asks = tuple(kind.asks(options)) if isinstance(kind, RowsType) else ()
    is_grid = kind.is_table and not asks
    optional = not question.required and question.require_if is None
    return Item(
        f"{question.label} (optional)" if optional else question.label,
        hint=" ".join(hint for hint in hints if hint),
        guidance=question.guidance,
        example=question.example,
        choices=_choices(question.kind, options),
        table=_empty_table(question) if is_grid else None,
        text=MATCH if question.kind == "budget" and options.get("match", True) else "",
        room=True,
        asks=asks,
        noun=kind.noun(options) if isinstance(kind, RowsType) else "",
    )


MATCH = "Match funding from elsewhere: £"


def _choices(kind: str, options: Mapping[str, Any]) -> tuple[str, ...]:
    if kind == "yes_no":
        return ("Yes", "No")
    if kind == "declaration":
        return (str(options.get("text") or "I agree"),)
    found = options.get("choices", [])
    return tuple(str(one["label"]) if isinstance(one, Mapping) else str(one) for one in found)


def _condition(question: Question, form: FormDefinition) -> str:
    if question.show_if:
        return asked_when(question.show_if, form)
    if question.require_if:
        return f"You must answer this if {question.require_if.sentence(form.asked)}."
    return ""


def _limit(question: Question) -> str:
    words = question.options.get("words")
    return f"At most {words} words." if words else ""


def _empty_table(question: Question) -> Table:
    """The head of the table and rows to fill in; those that are given have their names."""
    kind, options = question.type, question.options
    head = kind.table(None, options).head
    named = [str(one["label"]) for one in options.get("categories", [])]
    named = named or [str(line) for line in options.get("lines") or []]
    rows = [[name, *[""] * (len(head) - 1)] for name in named] or [[""] * len(head)] * 3
    return Table(head, rows)
