"""Two versions of a form beside each other, in words for people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..question import Question

# A FormDefinition, which is made of what this module offers.
Form = Any
ADDED, REMOVED, CHANGED, MOVED = "Added", "No longer asked", "Changed", "Moved"
TEXTS = {
    "label": "Question",
    "hint": "Hint",
    "guidance": "How this is assessed",
    "example": "Example",
}
INSIDE = {"assessment": "Note for assessors"}


@dataclass(frozen=True)
class Change:
    """`what` became of `name`: `details` are (part, before, after)."""

    what: str
    name: str
    key: str = ""
    details: tuple[tuple[str, str, str], ...] = ()


def changes(old: Form, new: Form, *, inside: bool = False) -> list[Change]:
    """What differs for the person who answers, in the order of the new form.

    `inside` adds what bidders do not read: the notes for assessors.
    """
    texts = {**TEXTS, **INSIDE} if inside else TEXTS
    return [
        *_questions(old, new, texts),
        *_sections(old, new),
        *_rules(old, new),
        *_screening(old, new),
    ]


def _questions(old: Form, new: Form, texts: Mapping[str, str]) -> Iterator[Change]:
    before, after = _places(old), _places(new)
    for question in new.questions():
        earlier = old.asked.get(question.key)
        if earlier is None:
            yield Change(ADDED, question.label, question.key)
            continue
        details = (*_texts(earlier, question, texts), *_details(earlier, question, old, new))
        if before[question.key] != after[question.key]:
            details = (("Section", before[question.key], after[question.key]), *details)
        if details:
            yield Change(CHANGED, question.label, question.key, details)
    for question in old.questions():
        if question.key not in new.asked:
            yield Change(REMOVED, question.label, question.key)
    same = [q.key for q in new.questions() if q.key in old.asked]
    if same != [q.key for q in old.questions() if q.key in new.asked]:
        yield Change(MOVED, "The order of the questions changed")


def _places(form: Form) -> dict[str, str]:
    return {q.key: section.title for section in form.sections for q in section.questions}


def _texts(
    old: Question, new: Question, texts: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    for name, words in texts.items():
        if getattr(old, name) != getattr(new, name):
            yield words, getattr(old, name), getattr(new, name)


def _details(
    old: Question, new: Question, before: Form, after: Form
) -> Iterator[tuple[str, str, str]]:
    if old.kind != new.kind:
        yield "Type", old.type.title, new.type.title
    if old.required != new.required:
        yield "Must be answered", _yes(old.required), _yes(new.required)
    for name, words in (("show_if", "Asked if"), ("require_if", "Must be answered if")):
        texts = [_condition(q, name, f) for q, f in ((old, before), (new, after))]
        if texts[0] != texts[1]:
            yield words, texts[0], texts[1]
    if old.kind == new.kind:
        yield from _settings(old, new)


def _settings(old: Question, new: Question) -> Iterator[tuple[str, str, str]]:
    for setting in new.type.settings:
        was, now = (q.options.get(setting.name) for q in (old, new))
        if was != now:
            yield setting.label, spoken(was), spoken(now)


def _condition(question: Question, name: str, form: Form) -> str:
    condition = getattr(question, name)
    return (
        str(condition.sentence(form.asked)) if condition else "always" if name == "show_if" else ""
    )


def _yes(value: bool) -> str:  # noqa: FBT001 - it is what is spoken
    return "Yes" if value else "No"


def spoken(value: Any) -> str:
    """A setting as people read it."""
    if value in (None, "", []):
        return "not set"
    if isinstance(value, bool):
        return _yes(value)
    if isinstance(value, list):
        names = (item.get("label", "") if isinstance(item, dict) else item for item in value)
        return ", ".join(str(name) for name in names)
    return str(value)


def _sections(old: Form, new: Form) -> Iterator[Change]:
    titles = {section.key: section for section in old.sections}
    for section in new.sections:
        earlier = titles.get(section.key)
        if earlier is None:
            continue
        pairs = (
            ("Title", earlier.title, section.title),
            ("Introduction", earlier.introduction, section.introduction),
        )
        details = tuple(pair for pair in pairs if pair[1] != pair[2])
        if details:
            yield Change(CHANGED, f"Section {section.title}", section.key, details)


def _rules(old: Form, new: Form) -> Iterator[Change]:
    before = {(rule.message, rule.expression.text) for rule in old.rules}
    after = {(rule.message, rule.expression.text) for rule in new.rules}
    yield from (Change("Rule added", message) for message, _ in sorted(after - before))
    yield from (Change("Rule taken out", message) for message, _ in sorted(before - after))


def _screening(old: Form, new: Form) -> Iterator[Change]:
    before, after = ({one.label for one in form.eligibility} for form in (old, new))
    yield from (Change("Screening question added", label) for label in sorted(after - before))
    yield from (Change("Screening question taken out", label) for label in sorted(before - after))
