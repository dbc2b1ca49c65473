"""A project is completed or ends early, and what nobody claims of its grant goes back."""

from collections.abc import Callable
from decimal import Decimal

from django.db import transaction

from carefund.core import states
from carefund.core.actors import Actor
from carefund.core.errors import Refused, WrongState
from carefund.core.permissions import require
from carefund.notify.actions import send
from carefund.notify.message import Quote

from .. import messages, queries
from ..models import Project
from ..purse import Closing, purse


class RestChanged(Refused):
    message = (
        "What goes back to the budget has changed since you opened the page. Read the new amount "
        "on this page. If it is right, confirm again."
    )


def complete(
    *, project: Project, by: Actor, reason: str = "", seen: Decimal | None = None
) -> Project:
    """Close a project whose milestones have all been achieved, and tell its authority.

    What is neither paid nor in a claim under way goes back to the budget lines at once; where
    that is anything, `reason` says how one knows that the last claim is in. `seen` are the pounds
    that the person was shown. Raises `RestChanged`.
    """
    require(by, "delivery.close", project)

    def may_close(locked: Project) -> Closing:
        found = purse().closing(locked, early=False)
        _nothing_is_left(queries.left_to_complete(locked))
        _as_seen(found, seen)
        if found.rest and not reason.strip():
            raise Refused("Say how you know that the authority has made its last claim.")
        return found

    with transaction.atomic():
        closed, found = _close(project, "complete", may_close, reason.strip(), by)
        send(messages.ProjectCompleted(project=closed, rest=found.rest), key=str(closed.pk))
    return closed


def end_early(*, project: Project, reason: str, by: Actor, seen: Decimal | None = None) -> Project:
    """End a project that will not be completed, and tell its authority why.

    Claims that wait for the department are decided first. Those not handed in are withdrawn, and
    what is not paid or approved goes back to the budget lines at once. `seen` as in `complete`.
    """
    require(by, "delivery.close", project)
    if not reason.strip():
        raise Refused("Say why the project ends early.")

    def may_end(locked: Project) -> Closing:
        found = purse().closing(locked, early=True)
        _nothing_is_left(queries.left_to_end(locked, found.undecided))
        _as_seen(found, seen)
        return found

    with transaction.atomic():
        closed, found = _close(project, "terminate", may_end, reason.strip(), by)
        told = messages.ProjectEnded(project=closed, reason=Quote(reason), rest=found.rest)
        send(told, key=str(closed.pk))
    return closed


def _close(
    project: Project, move: str, check: Callable[[Project], Closing], reason: str, by: Actor
) -> tuple[Project, Closing]:
    found: list[Closing] = []
    try:
        closed = states.move(
            project, move, by=by, reason=reason, guard=lambda locked: found.append(check(locked))
        )
    except WrongState as wrong:
        # The move has a name that nobody sees; the person reads what the project is by now.
        said = " ".join(queries.barred(wrong.source, move))
        raise WrongState(wrong.obj, wrong.source, move, wrong.target, said) from wrong
    early = closed.state == "terminated"
    ending = "ended early" if early else "completed"
    words = f"Project {closed.reference} {ending}: {reason or 'all is claimed'}"
    purse().close(project=closed, early=early, reason=words[:300], by=by)
    return closed, found[0]


def _nothing_is_left(sentences: list[str]) -> None:
    if sentences:
        raise Refused(" ".join(sentences))


def _as_seen(found: Closing, seen: Decimal | None) -> None:
    if seen is not None and seen != found.rest:
        raise RestChanged
