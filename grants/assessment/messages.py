from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse

from carefund.notify.message import Message, Quote, Topic

from .models import Assignment


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
        ]

    def path(self) -> str:
        return reverse("assessment:detail", args=[self.assignment.pk])
