"""From the award to the end of the project: offer, agreement, milestones, returns, risks."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from grants.awards.clauses import CLAUSES
from grants.awards.models import Agreement, Offer, OfferLine
from grants.bids.queries import fingerprint
from grants.delivery.models import (
    Milestone,
    MilestoneFact,
    MonitoringReturn,
    Project,
    Risk,
    RiskAssessment,
)

from . import ledger
from .bids import Case
from .record import Record
from .world import UNTIL, World, at

HALF_YEAR = 182
CONFIDENT = ["on_track", "on_track", "on_track", "at_risk", "off_track"]


@dataclass(frozen=True)
class Grant:
    """A project with what its claims and benefits need to know."""

    pk: int
    reference: str
    offer: int
    case: Case


def make(world: World, record: Record, case: Case) -> Grant:
    offered = at(date(case.call.year, 9, 1))
    reference = world.reference(f"{case.call.fund.prefix}O", case.call.year)
    offer = world.bulk.add(
        Offer,
        bid_id=case.pk,
        round_id=case.call.round_id,
        organisation_id=case.place.pk,
        reference=reference,
        state="accepted",
        amount=sum(case.amounts.values(), Decimal(0)),
        offered_at=offered,
        expires_at=offered + timedelta(days=28),
        answered_at=offered + timedelta(days=world.random.randint(1, 25)),
        answered_by_id=case.place.chief,
        amount_precision="sample",
        is_sample=True,
    )
    for (year, kind), amount in case.amounts.items():
        world.bulk.add(OfferLine, offer_id=offer, financial_year=year, kind=kind, amount=amount)
    subject = ledger.Subject(Offer, offer, f"{reference} to {case.place.name}", case)
    ledger.post(
        world,
        subject,
        "committed",
        case.amounts,
        key=f"offer:{case.reference}",
        reason=f"Award {reference}",
        when=offered,
        by=world.seniors[0],
    )
    _agreement(world, record, case, offer, reference)
    grant = Grant(_project(world, record, case, offer), "", offer, case)
    _milestones(world, grant)
    _returns(world, grant)
    _risks(world, grant)
    return grant


def _agreement(world: World, record: Record, case: Case, offer: int, reference: str) -> None:
    content = {
        "reference": reference,
        "recipient": {"name": case.place.name, "id": case.place.org_id},
        "funder": "Sample Department",
        "programme": case.call.fund.name,
        "project": case.title,
        "maximum_sum": str(sum(case.amounts.values(), Decimal(0))),
        "schedule_of_amounts": [
            {"year": year, "kind": kind, "amount": str(amount)}
            for (year, kind), amount in case.amounts.items()
        ],
        "clauses": [{"title": title, "text": text} for title, text in CLAUSES],
        "annex_1_bid": {},
    }
    when = at(date(case.call.year, 9, 20))
    world.bulk.add(
        Agreement,
        offer_id=offer,
        content=content,
        fingerprint=fingerprint(content),
        accepted_at=when,
        accepted_by_id=case.place.chief,
    )
    moved = ("offered", "accepted")
    record.write(
        "offer.accept", Offer, offer, reference, when=when, actor=case.place.chief, moved=moved
    )


def _project(world: World, record: Record, case: Case, offer: int) -> int:
    reference, ended = (
        world.reference(f"{case.call.fund.prefix}P", case.call.year),
        case.ends < (UNTIL),
    )
    lost = world.random.random()
    state = "terminated" if lost < 0.03 else "completed" if ended else "active"  # noqa: PLR2004
    began = at(case.starts)
    pk = world.bulk.add(
        Project,
        offer_id=offer,
        reference=reference,
        programme_id=case.call.fund.pk,
        organisation_id=case.place.pk,
        theme_id=case.theme,
        title=case.title,
        summary=world.words.text(),
        story=world.words.text(),
        state=state,
        starts_on=case.starts,
        ends_on=case.ends,
        started_at=began,
        is_sample=True,
    )
    name = f"{reference} {case.title}"
    record.write("project.start", Project, pk, name, when=began, actor=case.place.chief)
    return pk


def _milestones(world: World, grant: Grant) -> None:
    random, case = world.random, grant.case
    count = random.choice([4, 4, 5, 6, 8, 12])
    step = (case.ends - case.starts) // count
    for position in range(1, count + 1):
        promised = case.starts + step * position
        done = promised + timedelta(days=int(random.gauss(15, 40)))
        achieved = done < UNTIL - timedelta(days=60) and random.random() < 0.95  # noqa: PLR2004
        reported = not achieved and done < UNTIL and random.random() < 0.5  # noqa: PLR2004
        milestone = world.bulk.add(
            Milestone,
            project_id=grant.pk,
            position=position,
            title=f"Stage {position}: {world.words.sentence()[:60]}",
            evidence_required="Report",
            baseline_on=promised,
            state="achieved" if achieved else "reported" if reported else "planned",
            achieved_on=done if achieved or reported else None,
            is_sample=True,
        )
        facts = [("forecast", promised, case.starts)]
        if random.random() < 0.5:  # noqa: PLR2004
            facts.append(("forecast", done, world.later(case.starts, 300)))
        if achieved or reported:
            facts.append(("reported", done, min(done + timedelta(days=9), UNTIL)))
        if achieved:
            facts.append(("confirmed", done, min(done + timedelta(days=20), UNTIL)))
        for kind, on, known in facts:
            department = kind == "confirmed"
            world.bulk.add(
                MilestoneFact,
                milestone_id=milestone,
                kind=kind,
                on=on,
                note=world.words.sentence(),
                recorded_at=at(known),
                recorded_by_id=world.officers[0] if department else case.place.leads[0],
            )


def _returns(world: World, grant: Grant) -> None:
    case, begins = grant.case, grant.case.starts
    while (ends := begins + timedelta(days=HALF_YEAR - 1)) <= min(case.ends, UNTIL):
        late = UNTIL - ends < timedelta(days=90)
        state = world.random.choice(["due", "submitted"]) if late else "accepted"
        sent = state != "due"
        world.bulk.add(
            MonitoringReturn,
            project_id=grant.pk,
            period_starts_on=begins,
            period_ends_on=ends,
            due_on=ends + timedelta(days=30),
            state=state,
            progress=world.words.text() if sent else "",
            confidence=world.random.choice(CONFIDENT) if sent else "",
            submitted_at=at(world.later(ends, 40)) if sent else None,
            submitted_by_id=case.place.leads[0] if sent else None,
            is_sample=True,
        )
        begins = ends + timedelta(days=1)


def _risks(world: World, grant: Grant) -> None:
    random, case = world.random, grant.case
    for _ in range(random.choice([0, 1, 1, 2, 3])):
        closed = random.random() < 0.6  # noqa: PLR2004
        risk = world.bulk.add(
            Risk,
            project_id=grant.pk,
            title=world.words.sentence(),
            mitigation=world.words.text(),
            raised_at=at(case.starts, 60),
            closed_at=at(UNTIL) if closed else None,
            is_sample=True,
        )
        for month in range(random.randint(1, 4)):
            world.bulk.add(
                RiskAssessment,
                risk_id=risk,
                likelihood=random.randint(1, 5),
                impact=random.randint(1, 5),
                recorded_at=at(min(case.starts + timedelta(days=30 * month), UNTIL)),
                recorded_by_id=case.place.leads[0],
            )
