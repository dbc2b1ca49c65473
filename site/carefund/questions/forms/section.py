"""The questions of one section as a person types them in."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..applying import Applied
from ..conditions import Condition, Test
from ..definition import FormDefinition, Question, Section
from ..entries import Entry, Files, Page

# Benefits come after the money: so many years beyond those of the budget.
YEARS_AFTER = 3
LONGEST_REVISION = 9  # digits
LONGEST_ROW = 4
LONGEST_WORDS = 100


@dataclass(frozen=True)
class Posted:
    """What a person sent. `removed` is the row they asked to take out, as (question, number)."""

    data: Any
    removed: tuple[str, int] | None = None
    uploads: Any = None

    @classmethod
    def of(cls, data: Any, uploads: Any = None) -> "Posted":
        key, _, number = data.get("remove", "").rpartition(":")
        fits = key and number.isdecimal() and len(number) <= LONGEST_ROW
        return cls(data, (key, int(number)) if fits else None, uploads)


@dataclass(frozen=True)
class Revealed:
    """When a question is asked: a tree for the script that shows it, words for people without."""

    tree: str
    words: str


class SectionForm:
    """The questions of one section, with what stands saved or what was typed.

    Errors concern only what cannot be read; what is missing may be missing in a draft.
    Looks like a formset to the tags that list errors. `extra` names the question to which a row
    is added, `find` the question and the words searched for, `files` keeps uploads.
    """

    management_form = None

    def __init__(
        self,
        form: FormDefinition,
        section: Section,
        answers: Mapping[str, Any],
        *,
        revisions: Mapping[str, int] | None = None,
        posted: Posted | None = None,
        extra: str = "",
        find: tuple[str, str] = ("", ""),
        files: Files | None = None,
    ) -> None:
        self.definition, self.section, self.answers = form, section, answers
        self.posted = posted
        self.revisions = self._typed_revisions() if posted else dict(revisions or {})
        self.applied: Applied = form.apply(answers)
        self.page = Page(
            data=posted.data if posted else None,
            uploads=posted.uploads if posted else None,
            extra=extra,
            removed=posted.removed if posted else None,
            find=find,
            years=_years(form),
            files=files,
            required=frozenset(self._required()),
            computed=self._computed(),
        )
        self.entries = [self._entry(question) for question in self._asked()]
        self.refused = ""

    @property
    def is_bound(self) -> bool:
        return self.posted is not None

    @property
    def forms(self) -> list[Any]:
        return [form for entry in self.entries for form in entry.forms]

    @property
    def wide(self) -> bool:
        return any(entry.wide for entry in self.entries)

    @property
    def multipart(self) -> bool:
        return any(entry.multipart for entry in self.entries)

    def non_form_errors(self) -> list[str]:
        told = [self.refused, *(entry.refused for entry in self.entries if self.is_bound)]
        return [sentence for sentence in told if sentence]

    def is_valid(self) -> bool:
        return not [entry for entry in self.entries if not entry.is_valid()]

    def values(self, only: Collection[str] | None = None) -> dict[str, Any]:
        """What to save by question; answers that are empty and always were are left out."""
        typed = [
            entry
            for entry in self.entries
            if not entry.question.type.is_computed and (only is None or entry.question.key in only)
        ]
        found = {entry.question.key: (entry.question.type, entry.stored()) for entry in typed}
        return {
            key: value
            for key, (kind, value) in found.items()
            if key in self.answers or not kind.is_blank(value)
        }

    @staticmethod
    def searched(section: Section, data: Any) -> dict[str, str]:
        """What a person searches a register for: `find` the question, and the words.

        By the button beside the words, or by Enter after new words.
        """
        wanted = data.get("find", "")
        for key in (q.key for q in section.questions):
            words = data.get(f"{key}-words", "").strip()
            by_enter = "continue" in data and words and words != data.get(f"{key}-searched", "")
            if key == wanted or by_enter:
                return {"find": key, "words": words[:LONGEST_WORDS]}
        return {}

    def _asked(self) -> Iterator[Question]:
        """Questions on this page: not those that an answer on another page rules out."""
        here: set[str] = set()
        for question in self.section.questions:
            hidden = question.key in self.applied.hidden
            if hidden and not self._may_be_revealed(question, here):
                continue
            here.add(question.key)
            if self.posted is None or question.key in self.revisions or question.type.is_computed:
                yield question

    def _may_be_revealed(self, question: Question, here: set[str]) -> bool:
        """Whether what is typed on this page can still lead to the question."""
        condition = question.show_if
        tree = condition.tree(here, self.applied.readings) if condition else True
        return _possible(tree)

    def _required(self) -> Iterator[str]:
        """What must be answered now, or would have to be once it is asked."""
        for question in self.section.questions:
            if question.key in self.applied.shown:
                if question.key in self.applied.required:
                    yield question.key
            elif question.required and not question.require_if:
                yield question.key

    def _computed(self) -> dict[str, str]:
        found = self.applied.computed
        asked = self.definition.asked
        return {k: asked[k].type.display(v, asked[k].options) for k, v in found.items()}

    def _typed_revisions(self) -> dict[str, int]:
        """The revision each question had when the page was made; absent: it was not asked."""
        typed = {}
        for question in self.section.questions:
            number = self.posted.data.get(f"revision-{question.key}", "") if self.posted else ""
            if number.isdecimal() and len(number) <= LONGEST_REVISION:
                typed[question.key] = int(number)
        return typed

    def _entry(self, question: Question) -> Entry:
        value = self.answers.get(question.key)
        revealed = self._revealed(question)
        page = self.page
        if question.require_if and question.key not in page.required:
            words = (
                f"You must answer this if {question.require_if.sentence(self.definition.asked)}."
            )
            question = replace(question, hint=" ".join(filter(None, [words, question.hint])))
        entry = question.type.entry(question, value, page)
        entry.revision = self.revisions.get(question.key, 0)
        entry.revealed = revealed
        return entry

    def _revealed(self, question: Question) -> Revealed | None:
        """Only for a question that an answer on this page can show or hide."""
        condition = question.show_if
        if condition is None:
            return None
        here = {asked.key for asked in self.section.questions}
        if not any(test.question in here for test in condition.tests()):
            return None
        tree = condition.tree(here, self.applied.readings)
        return Revealed(json.dumps(tree), asked_when(condition, self.definition))


def _years(form: FormDefinition) -> tuple[int, ...]:
    """The years of the first budget and those in which its benefits come."""
    budget = form.first("budget")
    spent = list(budget.options["years"]) if budget else []
    return (*spent, *range(spent[-1] + 1, spent[-1] + 1 + YEARS_AFTER)) if spent else ()


def _possible(tree: Any) -> bool:
    """Whether a condition can still hold, whatever is answered on the page."""
    if isinstance(tree, bool):
        return tree
    if "all" in tree:
        return all(_possible(part) for part in tree["all"])
    return any(_possible(part) for part in tree["any"]) if "any" in tree else True


def asked_when(condition: Condition, form: FormDefinition) -> str:
    """When a question is to be answered, as an instruction to the bidder."""
    words = condition.sentence(form.asked)
    if isinstance(condition, Test) and condition.test == "is_not":
        return f"Answer this unless {words.replace('did not answer', 'answered', 1)}."
    return f"Answer this only if {words}."


def empty_form(form: FormDefinition) -> dict[str, Any]:
    """What `questions/as_bidder.html` shows: every section, to be tried without saving."""
    return {
        "sections": [(section, SectionForm(form, section, {})) for section in form.sections],
        "screening": form.eligibility,
        "rules": form.rules,
    }
