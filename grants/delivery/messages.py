from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole
from carefund.core.formats import money, uk_date
from carefund.core.paths import path_to
from carefund.notify.message import Message, Quote, Topic, Typed, Urgency

from .models import ChangeRequest, LevelCondition, Project
from .queries import PAUSED

TOLD = (AuthorityRole.PROJECT_LEAD, AuthorityRole.ADMINISTRATOR)


@dataclass(frozen=True, kw_only=True)
class ToAuthority(Message):
    """To who leads projects of the authority, and who administers it."""

    topic: ClassVar[Topic] = Topic.DELIVERY
    urgency: ClassVar[Urgency] = Urgency.CAN_WAIT

    @property
    @abstractmethod
    def organisation_id(self) -> int: ...

    def recipients(self) -> Iterable[Any]:
        rows = User.objects.filter(
            is_active=True,
            memberships__organisation=self.organisation_id,
            memberships__role__in=TOLD,
            memberships__ended_at__isnull=True,
        )
        return list(rows.distinct().order_by("pk"))


@dataclass(frozen=True, kw_only=True)
class ChangeDecided(ToAuthority):
    kind: ClassVar[str] = "delivery.change_decided"
    change: ChangeRequest

    @property
    def organisation_id(self) -> int:
        return self.change.project.organisation_id

    def about(self) -> ChangeRequest:
        return self.change

    def subject(self) -> str:
        made = "approved" if self.change.state == "approved" else "refused"
        return f"The change of project {self.change.project.reference} is {made}"

    def paragraphs(self) -> list[str | Quote]:
        row = self.change
        made = "approved" if row.state == "approved" else "refused"
        title = Typed(row.project.title)
        said: list[str | Quote] = [
            f"You asked for a change of {title} ({row.get_kind_display().lower()}):",
            Quote(row.what),
            f"The department has {made} it:",
            Quote(row.decision_reason),
        ]
        return [*said, row.next_step] if row.next_step else said

    def path(self) -> str:
        return f"{self.change.project.get_absolute_url()}#changes"


@dataclass(frozen=True, kw_only=True)
class AboutProject(ToAuthority):
    project: Project

    @property
    def organisation_id(self) -> int:
        return self.project.organisation_id

    def about(self) -> Project:
        return self.project

    def path(self) -> str:
        return self.project.get_absolute_url()


@dataclass(frozen=True, kw_only=True)
class ProjectCompleted(AboutProject):
    kind: ClassVar[str] = "delivery.project_completed"
    rest: Decimal

    def subject(self) -> str:
        return f"Project {self.project.reference} is completed"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"Every milestone of {Typed(self.project.title)} is achieved: it is completed.",
            *_gone_back(self.rest),
            "Claims that you have begun go on as before.",
            "Its benefits are still measured: record here what you find.",
        ]


@dataclass(frozen=True, kw_only=True)
class ProjectEnded(AboutProject):
    kind: ClassVar[str] = "delivery.project_ended"
    reason: Quote
    rest: Decimal

    def subject(self) -> str:
        return f"Project {self.project.reference} has ended early"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"The department has ended {Typed(self.project.title)} early:",
            self.reason,
            *_gone_back(self.rest),
            "Claims that were approved are still paid. Those you had not submitted are withdrawn.",
            "You need not report milestones or write returns any more.",
        ]


@dataclass(frozen=True, kw_only=True)
class ProjectPaused(AboutProject):
    kind: ClassVar[str] = "delivery.project_paused"
    reason: Quote

    def subject(self) -> str:
        return f"Project {self.project.reference} is paused"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"The department has paused {Typed(self.project.title)}:",
            self.reason,
            f"{PAUSED} You can ask for a change.",
        ]


@dataclass(frozen=True, kw_only=True)
class ProjectResumed(AboutProject):
    kind: ClassVar[str] = "delivery.project_resumed"
    reason: Quote

    def subject(self) -> str:
        return f"Project {self.project.reference} goes on"

    def paragraphs(self) -> list[str | Quote]:
        return [
            f"{Typed(self.project.title)} is no longer paused:",
            self.reason,
            "You can claim again.",
            "Look at the dates of its milestones. Ask for a change where they cannot be kept.",
        ]


def _gone_back(rest: Decimal) -> list[str]:
    if not rest:
        return []
    return [
        f"{money(rest)} of the grant was not claimed. It has gone back to the department’s budget.",
        "It can no longer be claimed.",
    ]


@dataclass(frozen=True, kw_only=True)
class LevelDue(ToAuthority):
    kind: ClassVar[str] = "delivery.level_due"
    condition: LevelCondition

    @property
    def organisation_id(self) -> int:
        return self.condition.organisation_id

    def about(self) -> LevelCondition:
        return self.condition

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
