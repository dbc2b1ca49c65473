"""Who works on a bid together: who can write, who is where now, what was said and saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Prefetch, Q

from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole
from carefund.core import clock
from carefund.questions.comparing import differing
from carefund.questions.definition import Question
from programmes.organisations.models import GuestAccess, Membership
from programmes.organisations.queries import memberships_of

from . import queries
from .models import AnswerRevision, Bid, BidGuest, Comment, KeptAnswer, Mention, SectionHolder

WRITERS = [AuthorityRole.BID_AUTHOR, AuthorityRole.ADMINISTRATOR]
# A page with JavaScript says every 20 seconds that it is open; one without says so once.
OPEN_FOR = timedelta(minutes=15)
# Texts that are longer than anybody reads beside each other are compared as wholes.
MOST_VERSIONS = 50
LONGEST_NUMBER = 18  # digits


def writers_of(bid: Bid) -> list[User]:
    """Who may answer questions of the bid now: authors, administrators, contributing guests."""
    return _people(bid, WRITERS)


def colleagues_of(bid: Bid) -> list[User]:
    """Who reads the comments on the bid now: its organisation, and guests who contribute."""
    return _people(bid, list(AuthorityRole))


def people_around(user: Any) -> set[int]:
    """Guests of the person's organisations, and whoever works on bids that they are let in to."""
    own = [membership.organisation_id for membership in memberships_of(user)]
    bids = list(queries.guest_roles(user))
    rows = BidGuest.objects.filter(Q(bid__organisation__in=own) | Q(bid__in=bids))
    found = set(rows.filter(user__isnull=False).values_list("user", flat=True))
    if bids:
        hosts = Bid.objects.filter(pk__in=bids).values("organisation")
        members = Membership.objects.filter(organisation__in=hosts)
        found |= set(members.values_list("user", flat=True))
    return found


def _people(bid: Bid, roles: Iterable[AuthorityRole]) -> list[User]:
    guests = BidGuest.objects.current().filter(bid=bid, role=GuestAccess.Role.CONTRIBUTOR)
    member = Q(
        memberships__organisation=bid.organisation_id,
        memberships__role__in=roles,
        memberships__ended_at__isnull=True,
    )
    found = User.objects.filter(member | Q(pk__in=guests.values("user")), is_active=True)
    return list(found.distinct().order_by("name", "pk"))


@dataclass(frozen=True)
class Here:
    name: str
    seen_at: datetime


def others_in(bid: Bid, section: str, user: Any) -> list[Here]:
    """Who else has had the section open within the last quarter of an hour."""
    rows = bid.presences.filter(section=section, seen_at__gt=clock.now() - OPEN_FOR)
    rows = rows.exclude(user=user).select_related("user").order_by("-seen_at", "pk")
    return [Here(str(row.user), row.seen_at) for row in rows]


def everywhere(bid: Bid, user: Any) -> dict[str, list[str]]:
    """Section -> the names of the others who have it open now."""
    rows = bid.presences.filter(seen_at__gt=clock.now() - OPEN_FOR).exclude(user=user)
    found: dict[str, list[str]] = {}
    for row in rows.select_related("user").order_by("pk"):
        found.setdefault(row.section, []).append(str(row.user))
    return found


def holders_of(bid: Bid) -> dict[str, SectionHolder]:
    return {row.section: row for row in bid.section_holders.select_related("person")}


def talk_of(bid: Bid) -> dict[str, int]:
    """Question -> the number of comments on it."""
    rows = bid.comments.values_list("question").annotate(n=Count("pk")).order_by()
    return dict(rows)


def comments_on(bid: Bid, question: str) -> list[Comment]:
    rows = bid.comments.filter(question=question).select_related("by")
    asked = Mention.objects.select_related("person").order_by("person__name", "pk")
    return list(rows.prefetch_related(Prefetch("mentions", asked)).order_by("pk"))


@dataclass(frozen=True)
class Version:
    """One saved text of an answer. `chosen`: it became the answer, then or now."""

    key: str
    who: str
    at: datetime
    pieces: list[tuple[str, bool]]
    is_current: bool
    chosen: bool
    value: Any


def versions_of(bid: Bid, question: Question) -> list[Version]:
    """Every text that was saved for the question, the latest first, with what was new in it."""
    rows = bid.revisions.filter(question=question.key).select_related("saved_by")
    kept = bid.kept_answers.filter(question=question.key).select_related("saved_by")
    found: list[AnswerRevision | KeptAnswer] = [
        *rows.order_by("-revision")[: MOST_VERSIONS + 1],
        *kept.order_by("-pk")[:MOST_VERSIONS],
    ]
    found.sort(key=lambda row: (row.saved_at, _place(row)), reverse=True)
    top = rows.aggregate(top=Max("revision"))["top"]
    return [
        _version(question, row, found[place + 1 :], top)
        for place, row in enumerate(found[:MOST_VERSIONS])
    ]


def _place(row: AnswerRevision | KeptAnswer) -> tuple[int, int]:
    if isinstance(row, KeptAnswer):
        return row.met, 1
    return row.revision, 0


def _version(
    question: Question,
    row: AnswerRevision | KeptAnswer,
    earlier: list[AnswerRevision | KeptAnswer],
    top: int | None,
) -> Version:
    text = _words(question, row.value)
    before = next((one for one in earlier if isinstance(one, AnswerRevision)), None)
    pieces = differing(text, _words(question, before.value)) if before else [(text, False)]
    chosen = isinstance(row, AnswerRevision)
    return Version(
        key=f"{'revision' if chosen else 'kept'}-{row.pk}",
        who=str(row.saved_by or "The system"),
        at=row.saved_at,
        pieces=[piece for piece in pieces if piece[0]],
        is_current=isinstance(row, AnswerRevision) and row.revision == top,
        chosen=chosen,
        value=row.value,
    )


def _words(question: Question, value: Any) -> str:
    if not question.type.fits(value, question.options):
        return str(value)
    return question.type.display(value, question.options)


def version_of(bid: Bid, question: str, key: str) -> Any:
    """The text with that key among those saved for the question, or None."""
    kind, _, number = key.partition("-")
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return None
    if kind == "revision":
        return bid.revisions.filter(question=question, pk=int(number)).first()
    if kind == "kept":
        return bid.kept_answers.filter(question=question, pk=int(number)).first()
    return None
