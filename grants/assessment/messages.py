from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from carefund.core.formats import uk_date
from carefund.core.paths import path_to
from carefund.notify.message import Message, Quote, Topic
from programmes.calls.queries import officers_of

from .models import Assignment, SubsidyTest


@dataclass(frozen=True, kw_only=True)
class AssessmentWanted(Message):
    kind: ClassVar[str] = "assessment.wanted"
    topic: ClassVar[Topic] = Topic.ASSESSMENT
    assignment: Assignment

    def about(self) -> Assignment:
        return self.assignment

    def recipients(self) -> Iterable[Any]:
        return [self.assignment.assessor]

    def subject(self) -> str:
        return f"Please assess bid {self.assignment.bid.reference}"

    def paragraphs(self) -> list[str | Quote]:
        bid = self.assignment.bid
        return [
            f"You are asked to assess bid {bid.reference} to “{bid.call.title}”.",
            "First say whether you have a conflict of interest. Only then can you open the bid.",
            *([f"Scores are due on {uk_date(day)}."] if (day := self.assignment.due_on) else []),
            "If you cannot do it, decline on the same page and say why.",
        ]

    def path(self) -> str:
        return path_to("assessment:detail", self.assignment.pk)


@dataclass(frozen=True, kw_only=True)
class AssessmentDeclined(Message):
    kind: ClassVar[str] = "assessment.declined"
    topic: ClassVar[Topic] = Topic.ASSESSMENT
    assignment: Assignment

    def about(self) -> Assignment:
        return self.assignment

    def recipients(self) -> Iterable[Any]:
        return officers_of(self.assignment.bid.call)

    def subject(self) -> str:
        return f"An assessor declined bid {self.assignment.bid.reference}"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"An assessor of bid {self.assignment.bid.reference} declined. The reason:",
            Quote(self.assignment.declined_because),
            "Choose somebody else.",
        ]

    def path(self) -> str:
        return path_to("assessment:case", self.assignment.bid.reference)


@dataclass(frozen=True, kw_only=True)
class ScoresDue(Message):
    kind: ClassVar[str] = "assessment.due"
    topic: ClassVar[Topic] = Topic.ASSESSMENT
    assignment: Assignment
    days: int

    def about(self) -> Assignment:
        return self.assignment

    def recipients(self) -> Iterable[Any]:
        return [self.assignment.assessor]

    def subject(self) -> str:
        late = "were" if self.days < 0 else "are"
        return f"Scores for bid {self.assignment.bid.reference} {late} due"

    def paragraphs(self) -> list[str | Quote]:
        bid, due_on = self.assignment.bid, self.assignment.due_on
        word = "were" if self.days < 0 else "are"
        return [
            f"Your scores for bid {bid.reference} to “{bid.call.title}” {word} due on "
            f"{uk_date(due_on)}."
            if due_on
            else "",
            "If you cannot finish in time, decline on the same page and say why.",
        ]

    def path(self) -> str:
        return path_to("assessment:detail", self.assignment.pk)


@dataclass(frozen=True, kw_only=True)
class EntryDue(Message):
    kind: ClassVar[str] = "assessment.entry_due"
    topic: ClassVar[Topic] = Topic.ASSESSMENT
    test: SubsidyTest

    def about(self) -> Any:
        return self.test.bid

    def recipients(self) -> Iterable[Any]:
        return officers_of(self.test.bid.call)

    def subject(self) -> str:
        return f"Enter the subsidy of bid {self.test.bid.reference} in the database"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"The award for bid {self.test.bid.reference} must be entered in the subsidy database "
            f"by {uk_date(self.test.enter_by)}."
            if self.test.enter_by
            else "",
            "When it is done, record the day with the subsidy test.",
        ]

    def path(self) -> str:
        return path_to("assessment:subsidy", self.test.bid.reference)
