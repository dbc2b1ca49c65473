from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole
from carefund.core.formats import uk_date
from carefund.core.paths import path_to
from carefund.notify.message import Message, Quote, Topic, Typed, Urgency

from .models import LevelCondition

TOLD = (AuthorityRole.PROJECT_LEAD, AuthorityRole.ADMINISTRATOR)


@dataclass(frozen=True, kw_only=True)
class LevelDue(Message):
    kind: ClassVar[str] = "delivery.level_due"
    topic: ClassVar[Topic] = Topic.DELIVERY
    urgency: ClassVar[Urgency] = Urgency.CAN_WAIT
    condition: LevelCondition

    def about(self) -> LevelCondition:
        return self.condition

    def recipients(self) -> Iterable[Any]:
        """Who leads projects of the authority, and who administers it."""
        rows = User.objects.filter(
            is_active=True,
            memberships__organisation=self.condition.organisation_id,
            memberships__role__in=TOLD,
            memberships__ended_at__isnull=True,
        )
        return list(rows.distinct().order_by("pk"))

    def subject(self) -> str:
        day = uk_date(self.condition.due_on)
        return f"Condition of grant {self.condition.project.reference} is due on {day}"

    def paragraphs(self) -> list[str | Quote]:
        row = self.condition
        title, day = Typed(row.project.title), uk_date(row.due_on)
        return [
            f"The grant for {title} is on condition that you reach {row.words} by {day}.",
            "Your last self-assessment does not show this level. Assess yourselves and submit it.",
        ]

    def path(self) -> str:
        return path_to("standards:own", self.condition.organisation_id)
