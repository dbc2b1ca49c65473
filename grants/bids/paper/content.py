"""What stands on the paper, whatever it is written as."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from carefund.core import clock
from carefund.core.formats import money, uk_instant
from carefund.questions.answers import Checked
from carefund.questions.definition import Question, Section
from carefund.questions.types.base import Table
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
    choices: tuple[str, ...] = ()
    room: bool = False


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
    local = submission.submitted_at.astimezone(clock.LONDON)
    moment = f"{local.day} {local:%B %Y at %H:%M:%S} (UK time)"
    withdrawn = " Withdrawn since." if bid.state == "withdrawn" else ""
    return (
        f"Submitted on {moment}. Reference {bid.reference}.{withdrawn} "
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
        facts.append(("Certified", f"by {who} on {uk_instant(bid.certified_at)} (UK time)"))
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
    first = [Item(one.label, hint=one.hint, room=True) for one in form.eligibility]
    parts = [Part("Before you start", "", first)] if first else []
    for section in form.sections:
        asked = [question for question in section.questions if not question.type.is_computed]
        parts.append(
            Part(section.title, section.introduction, [_room(question) for question in asked])
        )
    closes = f"{uk_instant(call.closes_at)} (UK time)"
    return Paper(
        f"{call.title}: blank form",
        f"To prepare answers. Bids are made in the service only. The call closes on {closes}.",
        [("Each bid", f"{money(call.smallest_award)} to {money(call.largest_award)}")],
        parts,
    )


def _room(question: Question) -> Item:
    hints = [question.hint, question.type.advice, _condition(question), _limit(question)]
    labels = [
        str(one.get("label", one)) if isinstance(one, dict) else str(one)
        for one in question.options.get("choices", [])
    ]
    return Item(
        question.label,
        hint=" ".join(hint for hint in hints if hint),
        guidance=question.guidance,
        choices=("Yes", "No") if question.kind == "yes_no" else tuple(labels),
        table=_empty_table(question) if question.type.is_table else None,
        room=True,
    )


def _condition(question: Question) -> str:
    return "Answered only in some cases: the service says when." if question.show_if else ""


def _limit(question: Question) -> str:
    words = question.options.get("words")
    return f"At most {words} words." if words else ""


def _empty_table(question: Question) -> Table:
    """The head of the table and rows to fill in; those of a budget are its kinds of cost."""
    head = question.type.table(None, question.options).head
    named = [str(one["label"]) for one in question.options.get("categories", [])]
    rows = [[name, *[""] * (len(head) - 1)] for name in named] or [[""] * len(head)] * 3
    return Table(head, rows)
