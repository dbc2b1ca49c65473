from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from carefund.core.formats import uk_date
from carefund.core.paths import path_to
from carefund.notify.message import Message, Quote, Topic, Typed, Urgency
from programmes.organisations.queries import administrators_of

from .models import Waiver


@dataclass(frozen=True, kw_only=True)
class WaiverAgreed(Message):
    kind: ClassVar[str] = "waivers.agreed"
    topic: ClassVar[Topic] = Topic.BIDS
    urgency: ClassVar[Urgency] = Urgency.CAN_WAIT
    waiver: Waiver

    def about(self) -> Waiver:
        return self.waiver

    def recipients(self) -> Iterable[Any]:
        return administrators_of(self.waiver.organisation)

    def subject(self) -> str:
        return f"A rule is waived for you: {self.waiver.title}"

    def paragraphs(self) -> list[str | Quote]:
        row = self.waiver
        days = f"from {uk_date(row.starts_on)} to {uk_date(row.ends_on)}"
        return [f"The department has waived “{row.title}” for {Typed(row.scope)}, {days}."]

    def path(self) -> str:
        return path_to("dashboards:organisation")
