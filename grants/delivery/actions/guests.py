from datetime import date
from typing import Any

from carefund.core.actors import Actor
from carefund.core.permissions import require
from programmes.organisations.actions import guests
from programmes.organisations.models import Invitation

from ..models import Project, ProjectGuest


def invite_guest(
    *, project: Project, email: str, name: str, role: str, ends_on: date, by: Actor
) -> ProjectGuest:
    """Let a partner or consultant read this project, or as a contributor help to report on it."""
    require(by, "delivery.invite_guest", project)
    return guests.let_in(
        model=ProjectGuest,
        kind="project",
        organisation=project.organisation,
        email=email,
        name=name,
        role=role,
        ends_on=ends_on,
        by=by,
        project=project,
    )


def end_guest(*, access: ProjectGuest, by: Actor) -> ProjectGuest:
    require(by, "delivery.end_guest", access.project)
    return guests.end(access=access, by=by)


def take_up_guest(invitation: Invitation, user: Any) -> None:
    guests.take_up(ProjectGuest, invitation, user)


def has_guest_access(user: Any) -> bool:
    return ProjectGuest.objects.current().filter(user=user).exists()
