from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from carefund.core.formats import uk_date
from carefund.notify.message import Message


@dataclass(frozen=True, kw_only=True)
class WaiverAgreed(Message):
    kind: ClassVar[str] = "waivers.agreed"
    title: str
    scope: str
    starts_on: date
    ends_on: date

    def subject(self) -> str:
        return f"A rule is waived for you: {self.title}"

    def paragraphs(self) -> list[str]:
        days = f"from {uk_date(self.starts_on)} to {uk_date(self.ends_on)}"
        return [f"The department has waived “{self.title}” for {self.scope}, {days}."]

    def path(self) -> str:
        return "/your-organisation/"
