from dataclasses import dataclass
from typing import ClassVar

from carefund.notify.message import Message


@dataclass(frozen=True, kw_only=True)
class AssessmentWanted(Message):
    kind: ClassVar[str] = "assessment.wanted"
    reference: str
    call: str
    assignment_id: int

    def subject(self) -> str:
        return f"Please assess bid {self.reference}"

    def paragraphs(self) -> list[str]:
        return [
            f"You are asked to assess bid {self.reference} to “{self.call}”.",
            "First say whether you have a conflict of interest. Only then can you open the bid.",
        ]

    def path(self) -> str:
        return f"/manage/assessments/{self.assignment_id}/"
