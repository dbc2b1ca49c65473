"""Claims of a project, month by month or quarter by quarter, up to the end of the history."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from carefund.core.years import financial_year
from grants.payments.models import Claim, ClaimLine, Payment

from . import ledger
from .bids import Amounts
from .grants import Grant
from .record import Record
from .world import UNTIL, World, at

MONTHLY = 0.5  # part of the projects that claim each month
SETTLED = timedelta(days=75)


def make(world: World, record: Record, grant: Grant) -> None:
    random, case = world.random, grant.case
    months = 1 if random.random() < MONTHLY else 3
    periods = list(_periods(case.starts, case.ends, months))
    in_year: dict[int, int] = {}
    for begins, _ in periods:
        year = financial_year(begins)
        in_year[year] = in_year.get(year, 0) + 1
    for begins, ends in periods:
        if ends >= UNTIL:
            return
        year = financial_year(begins)
        amounts = {}
        for kind in ("capital", "revenue"):
            most = int(case.amounts.get((year, kind), 0) // in_year[year])
            if spent := int(most * random.uniform(0.8, 1)):
                amounts[year, kind] = Decimal(spent)
        if amounts:
            _claim(world, record, grant, (begins, ends), amounts)


def _periods(starts: date, ends: date, months: int) -> Iterator[tuple[date, date]]:
    begins = starts
    while begins < ends:
        month = begins.month - 1 + months
        following = date(begins.year + month // 12, month % 12 + 1, 1)
        yield begins, following - timedelta(days=1)
        begins = following


def _claim(
    world: World, record: Record, grant: Grant, period: tuple[date, date], amounts: Amounts
) -> None:
    case, place, (begins, ends) = grant.case, grant.case.place, period
    state = _state(world, ends)
    sent = state not in {"draft", "withdrawn"}
    submitted = min(ends + timedelta(days=12), UNTIL)
    officer = world.random.choice(world.officers)
    decided = state in {"approved", "paid"}
    reference = world.reference(f"{case.call.fund.prefix}C", ends.year)
    approved = at(world.later(submitted, 30), 60)
    claim = world.bulk.add(
        Claim,
        project_id=grant.pk,
        reference=reference,
        state=state,
        period_starts_on=begins,
        period_ends_on=ends,
        total=sum(amounts.values(), Decimal(0)),
        narrative=world.words.text(),
        prepared_by_id=place.leads[0],
        prepared_at=at(ends, 30),
        certified_by_id=place.certifier if sent else None,
        certified_at=at(submitted, -30) if sent else None,
        submitted_at=at(submitted) if sent else None,
        approved_by_id=officer if decided else None,
        approved_at=approved if decided else None,
        decision_reason="" if state != "refused" else world.words.sentence(),
        is_sample=True,
    )
    for (year, kind), amount in amounts.items():
        world.bulk.add(ClaimLine, claim_id=claim, financial_year=year, kind=kind, amount=amount)
    if not decided:
        return
    subject = ledger.Subject(Claim, claim, reference, case)
    common: dict[str, Any] = {"key": f"claim:{reference}", "when": approved, "by": officer}
    reason = f"Claim {reference} approved"
    ledger.post(world, subject, "claimed", amounts, reason=reason, **common)
    if state == "paid":
        _pay(world, record, subject, amounts, approved_by=officer, approved=approved)


def _state(world: World, ends: date) -> str:
    chance = world.random.random()
    if chance < 0.03:  # noqa: PLR2004
        return "refused" if chance < 0.02 else "withdrawn"  # noqa: PLR2004
    if UNTIL - ends > SETTLED:
        return "paid"
    return world.random.choice(["draft", "submitted", "submitted", "approved", "paid"])


def _pay(world, record, subject, amounts, *, approved_by, approved) -> None:
    released = min(approved + timedelta(days=world.random.randint(1, 20)), at(UNTIL, 120))
    by = world.random.choice(world.finance)
    world.bulk.add(
        Payment,
        claim_id=subject.pk,
        amount=sum(amounts.values(), Decimal(0)),
        approved_by_id=approved_by,
        released_by_id=by,
        released_at=released,
        paid_on=released.date(),
    )
    reason, key = f"Claim {subject.name} paid", f"claim:{subject.name}"
    ledger.post(world, subject, "paid", amounts, key=key, reason=reason, when=released, by=by)
    moved = ("approved", "paid")
    record.write("claim.pay", Claim, subject.pk, subject.name, when=released, actor=by, moved=moved)
