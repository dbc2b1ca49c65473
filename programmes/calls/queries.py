"""What is read about calls: what is missing, what a person may do, how the public finds them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import Q, QuerySet

from carefund.accounts.models import User
from carefund.accounts.roles import StaffRole
from carefund.core import clock
from carefund.core.formats import money
from carefund.core.money import ZERO
from carefund.core.paths import path_to
from carefund.questions.definition import BadDefinition, FormDefinition
from programmes.funds.models import LedgerEntry, RoleAssignment
from programmes.funds.queries import reserved_by

from . import readiness
from .models import Call, CutOff, Follower, FollowRequest
from .states import CALL

WHOLE = 100  # per cent


def problems_with(call: Call) -> list[str]:
    """What stands between a call and its announcement, as sentences."""
    problems = []
    form = call.forms.order_by("-version").first()
    if form is None:
        problems.append("It has no form.")
    else:
        try:
            FormDefinition.parse(form.definition)
        except BadDefinition as error:
            problems += error.problems
    if sum(call.criteria.values_list("weight", flat=True)) != WHOLE:
        problems.append("The weights of its criteria do not add up to 100 per cent.")
    problems += _money_problems(call)
    if not call.eligible_kinds:
        problems.append("It does not say who may bid.")
    return problems + _time_problems(call) + readiness.further(call)


def _money_problems(call: Call) -> list[str]:
    lines = list(call.budget_lines.all())
    if not lines:
        return ["No budget line pays for it."]
    free = sum((max(line.free, ZERO) for line in lines), ZERO)
    if call.total > free:
        rest = "is free on the budget lines of the years in which projects run."
        return [f"It offers {money(call.total)}, but {money(free)} {rest}"]
    return []


def _time_problems(call: Call) -> list[str]:
    problems = []
    if call.closes_at <= clock.now():
        problems.append("Its closing time has passed.")
    if call.always_open and not call.cut_offs.exists():
        problems.append("It is always open, but has no cut-off at which bids are assessed.")
    if call.invited_only and not call.follows_id and not call.invitations.exists():
        problems.append("It is for invited organisations only, and nobody is invited.")
    return problems


def public_path(call: Call) -> str:
    """Where the public reads the call: the page that its editors wrote."""
    return f"/calls/{call.code}/"


def officers_of(call: Call) -> QuerySet[User]:
    """Who runs the call."""
    scope = Q(programme=call.programme_id) | Q(programme=None)
    rows = RoleAssignment.objects.current().filter(scope, role=StaffRole.PROGRAMME_OFFICER)
    return User.objects.filter(pk__in=rows.values("user"), is_active=True).order_by("pk")


def token_fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def request_of_token(token: str) -> FollowRequest | None:
    return FollowRequest.objects.filter(token_hash=token_fingerprint(token)).first()


STOP = signing.Signer(salt="calls.stop")


def stop_path(follower: Follower) -> str:
    """The link that ends the messages to one follower, for whoever holds the message."""
    return path_to("calls:stop_following", STOP.sign(str(follower.pk)))


def stop_headers(row: Any) -> dict[str, str]:
    """What lets a mail program end the messages with one click (RFC 8058)."""
    follower = row.about
    if follower is None:
        return {}
    return {
        "List-Unsubscribe": f"<{settings.WAGTAILADMIN_BASE_URL}{stop_path(follower)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def follower_of_link(link: str) -> Follower | None:
    """Whose link it is; None for a link that we did not write."""
    try:
        return Follower.objects.filter(pk=int(STOP.unsign(link))).first()
    except (signing.BadSignature, ValueError):
        return None


def cut_off_of(
    call: Call, submitted_at: datetime | None, cut_offs: list[CutOff] | None = None
) -> CutOff | None:
    """The cut-off that a bid belongs to: the first after it was submitted; None after the last."""
    if submitted_at is None:
        return None
    rows = list(call.cut_offs.all()) if cut_offs is None else cut_offs
    return next((row for row in sorted(rows, key=lambda r: r.at) if submitted_at < row.at), None)


def why_not_assessed_yet(call: Call, submitted_at: datetime | None) -> str:
    """Why a bid of an always-open call still waits, as a sentence; empty when it does not."""
    if not call.always_open or submitted_at is None:
        return ""
    row = cut_off_of(call, submitted_at)
    if row is None:
        return "" if call.phase.value not in {"forecast", "open"} else NO_TURN
    if row.state == "ahead":
        return f"This bid belongs to the {str(row).lower()}, whose assessment has not started."
    return ""


def read_by_assessors(call: Call) -> frozenset[str] | None:
    """Keys of the questions whose answers assessors of the call may read; None: of all.

    A criterion that names no question is fed by all answers.
    """
    if call.assessors_read_all:
        return None
    fed = [criterion.questions for criterion in call.criteria.all()]
    return frozenset(chain.from_iterable(fed)) if all(fed) else None


NO_TURN = "This bid came after the last cut-off. Add a cut-off, or wait until the call closes."


def reserved_for(call: Call) -> Decimal:
    """Pounds that are set aside for the call now."""
    return sum(reserved_by(call).values(), ZERO)


def without_reservation() -> QuerySet[Call]:
    """Announced and undecided calls for which nothing was ever set aside: those of old."""
    kind = ContentType.objects.get_for_model(Call)
    entries = LedgerEntry.objects.filter(
        subject_type=kind, column=LedgerEntry.Column.RESERVED
    ).values_list("subject_id", flat=True)
    known = {int(pk) for pk in entries.distinct()}
    rows = Call.objects.filter(state__in=["forecast", "open", "closed", "in_assessment"])
    return rows.exclude(pk__in=known).select_related("programme").order_by("closes_at", "pk")


@dataclass(frozen=True)
class Step:
    """A move that a person may make with a call now: its name in the URL and its words."""

    name: str
    words: str


STEPS = (
    Step("send_for_review", "Send for review"),
    Step("announce", "Announce"),
    Step("return_to_draft", "Return to draft"),
    Step("start_assessment", "Start assessment"),
    Step("archive", "Archive"),
)


def steps_of(call: Call) -> list[Step]:
    """The moves that the call's state, as the clock has it, allows."""
    state = call.phase.value
    return [
        step
        for step in STEPS
        if state in CALL.moves[step.name].sources
        # What the public waits for is taken back only before it opens.
        and not (step.name == "return_to_draft" and state == "open")
    ]


def follower_of(person: Any) -> Follower | None:
    """What a person with an account follows now."""
    rows = Follower.objects.current().filter(email__iexact=person.email)
    return rows.prefetch_related("themes", "regions", "calls").first()


def call_to_follow(code: str) -> Call | None:
    """A public call named in an address; None for anything else."""
    named = code.isascii() and code.isprintable() and code[:40]
    return Call.objects.public().filter(code=named).first() if named else None
