"""The whole made-up world, case by case, with memory that does not grow."""

from collections.abc import Callable
from random import Random

from django.db import models, transaction

from carefund.accounts.models import User
from carefund.audit.models import Entry, Link, Particulars, Seal
from carefund.core.models import ReferenceSequence
from grants.assessment.models import Assignment, EligibilityCheck, Score
from grants.awards.models import Agreement, AllocationRound, Choice, Offer, OfferLine
from grants.benefits.models import (
    BenefitForecast,
    BenefitObservation,
    BenefitProfile,
    Verification,
)
from grants.bids.models import Answer, AnswerRevision, Bid, BidWords, RequestedAmount, Submission
from grants.delivery.models import (
    Milestone,
    MilestoneFact,
    MonitoringReturn,
    Project,
    Risk,
    RiskAssessment,
)
from grants.payments.models import Claim, ClaimLine, Payment
from programmes.calls.models import Call, Criterion, FormVersion
from programmes.funds.models import BudgetLine, LedgerEntry, Programme, RoleAssignment, Theme
from programmes.organisations.models import BoardShare, Membership, Organisation
from programmes.targets.models import Location, LocationChange, Target

from . import benefits, bids, calls, claims, grants, ledger, locations, people
from .bulk import Bulk
from .record import Record
from .words import Words
from .world import LAST_YEAR, UNTIL, Sizes, World, at

ORDER: list[type[models.Model]] = [
    *(Organisation, User, BoardShare, Membership, RoleAssignment),
    *(Programme, Theme, BudgetLine, Call, FormVersion, Criterion, AllocationRound),
    *(Bid, RequestedAmount, Answer, AnswerRevision, Submission, BidWords),
    *(EligibilityCheck, Assignment, Score, Choice, Offer, OfferLine, Agreement),
    *(Project, Milestone, MilestoneFact, MonitoringReturn, Risk, RiskAssessment),
    *(Claim, ClaimLine, Payment, LedgerEntry),
    *(BenefitProfile, BenefitForecast, BenefitObservation, Verification),
    *(Target, Location, LocationChange),
    *(Entry, Particulars, Link, Seal),
]
# Grants begin in these years, with how often: most of them have a long history.
GRANT_YEARS = {2017: 12, 2018: 18, 2019: 20, 2020: 20, 2021: 18, 2022: 12, 2023: 5, 2024: 3}
TELL_EVERY = 5000


@transaction.atomic
def seed(sizes: Sizes, number: int, say: Callable[[str], None]) -> int:
    """Write it all, or nothing. Returns how many rows were written."""
    random = Random(number)  # noqa: S311 - chance that can be repeated is wanted
    bulk = Bulk(ORDER, say)
    world = World(bulk, random, Words(random), sizes)
    record = Record(world)
    calls.make(world, people.make(world))
    _make_bids(world, record)
    _make_grants(world, record)
    ledger.settle(world)
    locations.make(world)
    record.seal(at(UNTIL, 300))
    bulk.finish()
    for (prefix, year), last in world.numbers.items():
        ReferenceSequence.objects.update_or_create(
            prefix=prefix, year=year, defaults={"last": last}
        )
    return bulk.written


def _make_bids(world: World, record: Record) -> None:
    shares = [_share(world, call) for call in world.calls]
    for number in range(1, world.sizes.bids + 1):
        (call,) = world.random.choices(world.calls, shares)
        states = bids.DECIDED if call.round_id else bids.OPEN
        bids.make(world, record, call, bids.pick(world, states))
        _tell(world, number, "bids")


def _share(world: World, call: calls.Round) -> float:
    """A call's part of the bids; the long form is for few."""
    if call.questions:
        return 0.005
    siblings = [c for c in world.calls if c.fund is call.fund and c.year == call.year]
    part = next(part for code, *_, part in calls.FUNDS if code == call.fund.code)
    return part / len([c for c in siblings if not c.questions]) / (LAST_YEAR - 2016)


def _make_grants(world: World, record: Record) -> None:
    decided = [call for call in world.calls if call.round_id]
    shares = [_share(world, call) * GRANT_YEARS[call.year] for call in decided]
    wanted, left = world.sizes.observations, world.sizes.grants
    for number in range(1, world.sizes.grants + 1):
        (call,) = world.random.choices(decided, shares)
        grant = grants.make(world, record, bids.make(world, record, call, "awarded"))
        claims.make(world, record, grant)
        most = wanted if left == 1 else int(wanted / left * world.random.uniform(0.2, 1.8))
        wanted -= benefits.make(world, grant, min(most, wanted))
        left -= 1
        _tell(world, number, "grants")


def _tell(world: World, number: int, what: str) -> None:
    world.bulk.breathe()
    if number % TELL_EVERY == 0:
        world.bulk.say(f"{number} {what}")
