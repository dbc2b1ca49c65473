from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..conditions import Condition
from ..definition import FormDefinition, Question, Section
from .budget import BudgetEntry
from .entries import Entry, SingleEntry
from .rows import BenefitsEntry, MilestonesEntry, RowsEntry

# Benefits come after the money: so many years beyond those of the budget.
YEARS_AFTER = 3
LONGEST_REVISION = 9  # digits
YES_NO = {True: "yes", False: "no"}


@dataclass(frozen=True)
class Posted:
    """What a person sent. `removed` is the row they asked to take out, as (question, number)."""

    data: Any
    removed: tuple[str, int] | None = None

    @classmethod
    def of(cls, data: Any) -> "Posted":
        key, _, number = data.get("remove", "").rpartition(":")
        return cls(data, (key, int(number)) if key and number.isdigit() else None)


@dataclass(frozen=True)
class Revealed:
    """When a question is asked, for the script that shows it and for the people without it."""

    question: str
    test: str
    value: str
    words: str


class SectionForm:
    """The questions of one section, with what stands saved or what was typed.

    Errors concern only what cannot be read; what is missing may be missing in a draft.
    Looks like a formset to the tags that list errors.
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
    ) -> None:
        self.definition, self.section, self.answers = form, section, answers
        self.posted, self.extra = posted, extra
        self.revisions = self._typed_revisions() if posted else dict(revisions or {})
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

    def non_form_errors(self) -> list[str]:
        told = [self.refused, *(entry.refused for entry in self.entries if self.is_bound)]
        return [sentence for sentence in told if sentence]

    def is_valid(self) -> bool:
        return not [entry for entry in self.entries if not entry.is_valid()]

    def values(self) -> dict[str, Any]:
        """What to save by question; answers that are empty and always were are left out."""
        found = {entry.question.key: entry.stored() for entry in self.entries}
        return {
            key: value
            for key, value in found.items()
            if key in self.answers or not self._is_blank(key, value)
        }

    def _is_blank(self, key: str, value: Any) -> bool:
        if isinstance(value, dict) and not value.get("lines"):
            return not Decimal(value.get("match_funding") or 0)
        return self.definition.question(key).type.is_empty(value)

    def _asked(self) -> Iterator[Question]:
        """Questions on this page: not those that an answer on another page rules out."""
        here = {question.key for question in self.section.questions}
        for question in self.section.questions:
            elsewhere = question.show_if and question.show_if.question not in here
            if elsewhere and not question.is_shown(self.answers):
                continue
            if self.posted is None or question.key in self.revisions:
                yield question

    def _typed_revisions(self) -> dict[str, int]:
        """The revision each question had when the page was made; absent: it was not asked."""
        typed = {}
        for question in self.section.questions:
            number = self.posted.data.get(f"revision-{question.key}", "") if self.posted else ""
            if number.isdigit() and len(number) <= LONGEST_REVISION:
                typed[question.key] = int(number)
        return typed

    def _entry(self, question: Question) -> Entry:
        value = self.answers.get(question.key)
        data = self.posted.data if self.posted else None
        kinds = {"milestones": MilestonesEntry, "benefits": BenefitsEntry}
        if question.kind == "budget":
            entry: Entry = BudgetEntry(question, value, data)
        elif question.kind in kinds:
            entry = self._rows(kinds[question.kind], question, value, data)
        else:
            entry = SingleEntry(question, value, data)
        entry.revision = self.revisions.get(question.key, 0)
        entry.revealed = self._revealed(question)
        return entry

    def _rows(self, kind: type[RowsEntry], question: Question, value: Any, data: Any) -> RowsEntry:
        removed = self.posted.removed if self.posted else None
        return kind(
            question,
            value,
            data,
            extra=1 if self.extra == question.key else 0,
            removed=removed[1] if removed and removed[0] == question.key else None,
            forecast_years=self._forecast_years(question),
        )

    def _forecast_years(self, question: Question) -> list[int]:
        if wanted := question.options.get("years"):
            return list(wanted)
        budget = self.definition.first("budget")
        spent = list(budget.options["years"]) if budget else []
        return [*spent, *range(spent[-1] + 1, spent[-1] + 1 + YEARS_AFTER)] if spent else []

    def _revealed(self, question: Question) -> Revealed | None:
        condition = question.show_if
        if condition is None:
            return None
        asked = self.definition.question(condition.question)
        return Revealed(
            condition.question,
            condition.test,
            str(YES_NO.get(condition.value, condition.value)),
            _sentence(condition, asked),
        )


def _sentence(condition: Condition, asked: Question) -> str:
    answer = (
        asked.type.display([condition.value], asked.options)
        if condition.test == "includes"
        else asked.type.display(condition.value, asked.options)
    )
    if condition.test == "is_not":
        return f"Answer this unless you answered “{answer}” to “{asked.label}”."
    return f"Answer this only if you answered “{answer}” to “{asked.label}”."
