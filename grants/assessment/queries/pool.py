"""Who could assess which bid, and a proposal who should."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from carefund.accounts.models import User
from carefund.accounts.roles import StaffRole
from carefund.core import clock
from grants.bids.models import Bid
from programmes.calls.models import Call
from programmes.organisations.models import Membership

from ..assigning import Place, Reader, spread
from ..likeness import plain_name
from ..models import Assignment, PoolMember

MOST = 10  # bids at the same time, of an assessor of whom the pool says nothing
OPEN = ("assigned", "in_progress")


def assessors_of(programme_id: int) -> QuerySet[User]:
    """Who holds the role of assessor for the programme today."""
    scope = Q(role_assignments__programme=programme_id) | Q(
        role_assignments__programme__isnull=True
    )
    holders = User.objects.filter(
        scope,
        is_active=True,
        role_assignments__role=StaffRole.ASSESSOR,
        role_assignments__ended_at__isnull=True,
    )
    return holders.distinct().order_by("name", "pk")


@dataclass
class PoolRow:
    """An assessor with what the pool knows and how much they have to do."""

    person: User
    member: PoolMember | None
    themes: list[Any]
    load: int = 0
    done: int = 0
    conflicts: int = 0

    @property
    def most(self) -> int:
        return self.member.most if self.member else MOST

    @property
    def is_available(self) -> bool:
        today, known = clock.today(), self.member
        if known is None:
            return True
        begun = known.available_from is None or known.available_from <= today
        return begun and (known.available_until is None or today <= known.available_until)

    @property
    def free(self) -> int:
        return max(self.most - self.load, 0) if self.is_available else 0


def pool_of(programme_id: int) -> list[PoolRow]:
    """Every assessor of the programme, in four queries."""
    known = {
        row.person_id: row
        for row in PoolMember.objects.filter(programme=programme_id).prefetch_related("themes")
    }
    people = list(assessors_of(programme_id))
    counted = Assignment.objects.filter(assessor__in=people).values_list("assessor", "state")
    load: dict[int, Counter[str]] = defaultdict(Counter)
    for person, state, number in counted.annotate(n=Count("pk")):
        load[person][state] += number
    return [
        PoolRow(
            person,
            member := known.get(person.pk),
            list(member.themes.all()) if member else [],
            sum(load[person.pk][state] for state in OPEN),
            load[person.pk]["submitted"],
            load[person.pk]["conflicted"],
        )
        for person in people
    ]


@dataclass
class ProposedBid:
    """A bid that wants assessors: who may be asked, and who is proposed."""

    bid: Bid
    wanted: int
    may: list[User]
    proposed: list[User] = field(default_factory=list)
    matches: frozenset[int] = frozenset()

    @property
    def slots(self) -> list[User | None]:
        return [*self.proposed, *[None] * (self.wanted - len(self.proposed))]


def proposal(call: Call, bids: QuerySet[Bid]) -> list[ProposedBid]:
    """The fairest way to give out the bids that still want assessors; see `assigning`."""
    pool = pool_of(call.programme_id)
    rows = _wanting(call, bids, pool)
    readers = [Reader(row.person.pk, row.load, row.free) for row in pool]
    places = [
        Place(row.bid.pk, row.wanted, frozenset(u.pk for u in row.may), row.matches) for row in rows
    ]
    chosen = spread(places, readers)
    people = {row.person.pk: row.person for row in pool}
    for row in rows:
        row.proposed = [people[key] for key in chosen[row.bid.pk]]
    return rows


def _wanting(call: Call, bids: QuerySet[Bid], pool: Sequence[PoolRow]) -> list[ProposedBid]:
    open_bids = (
        bids.filter(call=call, state__in=["eligible", "in_assessment"])
        .select_related("organisation", "theme", "call")
        .prefetch_related("assignments")
        .order_by("reference")
    )
    members = _members([row.person for row in pool])
    found = []
    for bid in open_bids:
        given = [a for a in bid.assignments.all() if a.state not in {"conflicted", "declined"}]
        wanted = call.assessors_per_bid - len(given)
        if wanted > 0:
            may = [r for r in pool if _may(r, bid, members)]
            expert = frozenset(r.person.pk for r in may if bid.theme in r.themes)
            found.append(ProposedBid(bid, wanted, [r.person for r in may], matches=expert))
    return found


def _members(people: list[User]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Membership.objects.filter(user__in=people, ended_at__isnull=True)
    for person, organisation in rows.values_list("user", "organisation"):
        found[person].add(organisation)
    return found


def _may(row: PoolRow, bid: Bid, members: Mapping[int, set[int]]) -> bool:
    """Neither asked already nor belonging to, or working for, the organisation that bids."""
    asked = {a.assessor_id for a in bid.assignments.all()}
    if row.person.pk in asked or bid.organisation_id in members[row.person.pk]:
        return False
    return not works_for(row.member, bid)


def works_for(member: PoolMember | None, bid: Bid) -> bool:
    if member is None or not member.employer:
        return False
    names = (bid.organisation.name, bid.organisation.short_name)
    return plain_name(member.employer) in {plain_name(name) for name in names}
