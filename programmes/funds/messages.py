from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from carefund.core.formats import money
from carefund.notify.message import Message, Quote, Topic, Typed, Urgency

from . import queries
from .models import Virement


@dataclass(frozen=True, kw_only=True)
class AboutVirement(Message):
    topic: ClassVar[Topic] = Topic.SERVICE
    urgency: ClassVar[Urgency] = Urgency.CAN_WAIT
    virement: Virement

    def about(self) -> Virement:
        return self.virement

    def path(self) -> str:
        return self.virement.get_absolute_url()

    def what(self) -> str:
        row = self.virement
        return f"{money(row.amount)}: {row.words} ({Typed(row.programme)})."


@dataclass(frozen=True, kw_only=True)
class VirementProposed(AboutVirement):
    kind: ClassVar[str] = "funds.virement_proposed"

    def recipients(self) -> Iterable[Any]:
        rows = queries.senior_officers(self.virement.programme)
        return rows.exclude(pk=self.virement.proposed_by_id or 0)

    def subject(self) -> str:
        return f"A change of the budget of {Typed(self.virement.programme)} awaits you"

    def paragraphs(self) -> list[str | Quote]:
        return [self.what(), "The reason:", Quote(self.virement.reason)]


@dataclass(frozen=True, kw_only=True)
class VirementDecided(AboutVirement):
    kind: ClassVar[str] = "funds.virement_decided"

    def recipients(self) -> Iterable[Any]:
        by = self.virement.proposed_by
        return [by] if by else []

    def subject(self) -> str:
        state = self.virement.status.label.lower()
        return f"Your change of the budget of {Typed(self.virement.programme)} is {state}"

    def paragraphs(self) -> list[str | Quote]:
        reason = self.virement.decision_reason
        return [self.what(), *([Quote(reason)] if reason else [])]
