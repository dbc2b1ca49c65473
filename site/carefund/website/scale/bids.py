"""Bids with their answers, every saved text, submission, checks, scores and decision."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from grants.assessment.models import Assignment, EligibilityCheck, Score
from grants.awards.models import Choice
from grants.bids.models import Answer, AnswerRevision, Bid, BidWords, RequestedAmount, Submission
from grants.bids.queries import fingerprint
from grants.bids.states import WITH_DEPARTMENT
from grants.bids.wording import head_of, text_of

from .calls import LARGEST
from .record import Record
from .world import Place, Round, World, at

DECLARATION = "What this bid says is true to the best of our knowledge."
# What became of bids that were not funded, with how often; and of bids to the last calls.
DECIDED = [("unsuccessful", 72), ("reserve", 8), ("ineligible", 10), ("withdrawn", 10)]
OPEN = [
    ("draft", 15),
    ("awaiting_certificate", 5),
    ("submitted", 30),
    ("eligible", 10),
    ("in_assessment", 15),
    ("assessed", 25),
]
CHECKED = {"eligible", "ineligible", "in_assessment", "assessed", "awarded", "reserve"}
SCORED = {"assessed", "awarded", "reserve", "unsuccessful"}
DURATIONS = [(1, 10), (2, 20), (3, 30), (4, 10), (5, 30)]  # years, how often
Amounts = dict[tuple[int, str], Decimal]


@dataclass
class Case:
    """A bid on its way to a grant. `amounts` are pounds by (financial year, kind)."""

    pk: int
    reference: str
    title: str
    place: Place
    call: Round
    theme: int
    starts: date
    ends: date
    amounts: Amounts
    benefits: int = 0


def pick(world: World, weighted: list[tuple[Any, int]]) -> Any:
    values, weights = zip(*weighted, strict=True)
    return world.random.choices(values, weights)[0]


def amounts(world: World, starts: date, ends: date) -> Amounts:
    """A few large sums and many small ones, spread over the financial years of the project."""
    random = world.random
    total = min(int(LARGEST), max(9_000, int(random.lognormvariate(11.3, 0.9))))
    capital = random.choice([0, 0.2, 0.3, 0.5])
    last = ends.year - 1 if ends.month < 4 else ends.year  # noqa: PLR2004 - April
    years = range(starts.year, last + 1)
    found: Amounts = {}
    for kind, part in (("capital", capital), ("revenue", 1 - capital)):
        each = Decimal(int(total * part) // len(years))
        found |= {(year, kind): each for year in years if each}
    return found


def make(world: World, record: Record, call: Round, state: str) -> Case:
    """One bid in `state`; the caller takes it further."""
    place, random = world.place(), world.random
    starts = date(call.year, 10, 1)
    ends = date(call.year + pick(world, DURATIONS), 9, 30)
    title = world.words.title(place.name.removesuffix(" Council"))
    asked = amounts(world, starts, ends)
    reference = world.reference(call.fund.prefix, call.year)
    case = Case(
        0, reference, title, place, call, random.choice(call.fund.themes), starts, ends, asked
    )
    sent = call.closes - timedelta(days=int(random.expovariate(0.2)) % 80)
    case.pk = _bid(world, case, state, sent)
    for (year, kind), amount in asked.items():
        world.bulk.add(
            RequestedAmount, bid_id=case.pk, financial_year=year, kind=kind, amount=amount
        )
    answers = _answers(world, case, sent)
    if state in WITH_DEPARTMENT:
        _submission(world, record, case, answers, sent)
    _assessment(world, case, state)
    return case


def _bid(world: World, case: Case, state: str, sent: date) -> int:
    with_us, place = state in WITH_DEPARTMENT, case.place
    certified = with_us and {
        "certified_by_id": place.certifier,
        "certified_at": at(sent, -60),
        "submitted_by_id": place.authors[0],
        "submitted_at": at(sent, world.random.randint(0, 300)),
    }
    return world.bulk.add(
        Bid,
        reference=case.reference,
        call_id=case.call.pk,
        form_id=case.call.form_id,
        organisation_id=place.pk,
        title=case.title,
        theme_id=case.theme,
        state=state,
        started_at=at(sent - timedelta(days=world.random.randint(2, 60))),
        started_by_id=place.authors[0],
        prepared_by_id=None if state == "draft" else place.authors[0],
        requested=sum(case.amounts.values(), Decimal(0)),
        score=_score(world) if state in SCORED else None,
        is_sample=True,
        **(certified or {}),
    )


def _score(world: World) -> Decimal:
    return Decimal(world.random.randint(3000, 9800)) / 100


def _answers(world: World, case: Case, sent: date) -> dict[str, Any]:
    """Every answer, and every text that was saved before it."""
    random, values = world.random, _values(world, case)
    for question, value in values.items():
        last = 1 + min(6, int(random.expovariate(2)))
        for revision in range(1, last + 1):
            saved = {
                "bid_id": case.pk,
                "question": question,
                "revision": revision,
                "value": value if revision == last else _earlier(world, value),
                "saved_at": at(sent, -600 + revision * 7),
                "saved_by_id": random.choice(case.place.authors),
            }
            world.bulk.add(AnswerRevision, **saved)
        world.bulk.add(Answer, **saved)
    return values


def _earlier(world: World, value: Any) -> Any:
    return world.words.sentence() if isinstance(value, str) else value


def _values(world: World, case: Case) -> dict[str, Any]:
    random, words = world.random, world.words
    partners = random.random() < 0.4  # noqa: PLR2004
    case.benefits = random.randint(1, 4)
    lines = [
        {"category": "staff", "year": year, "kind": kind, "amount": f"{amount:.2f}"}
        for (year, kind), amount in case.amounts.items()
    ]
    found = {
        "summary": words.text(150),
        "contact": f"bids@council{case.place.pk}.example",
        "has_partners": partners,
        "need": words.text(),
        "people_reached": str(int(random.paretovariate(0.8) * 20)),
        "delivery": words.text(),
        "milestones": [
            {"title": f"Stage {n}", "date": str(case.starts + timedelta(days=90 * n))}
            | {"evidence": "Report"}
            for n in range(1, 5)
        ],
        "budget": {"lines": lines, "match_funding": "0.00"},
        "value_for_money": words.text(250),
        "benefits": [_benefit(case, number) for number in range(1, case.benefits + 1)],
    }
    more = {"partners": words.text(200)} if partners else {}
    return found | more | {key: words.text() for key in case.call.questions}


def _benefit(case: Case, number: int) -> dict[str, Any]:
    return {
        "title": f"Fewer incidents, strand {number}",
        "class": "crb",
        "measure": "Incidents a month",
        "unit": "incidents",
        "baseline": "100",
        "baseline_on": str(case.starts),
        "target": "60",
        "owner": "Head of service",
        "unit_value": "500.00",
        "unit_value_source": "Made-up costing",
        "attribution": "80",
        "forecast": {str(case.starts.year + 1): "16000.00"},
    }


def _submission(
    world: World, record: Record, case: Case, answers: dict[str, Any], sent: date
) -> None:
    content = {
        "reference": case.reference,
        "call": case.call.code,
        "organisation": case.place.org_id,
        "title": case.title,
        "form_version": 1,
        "answers": answers,
    }
    world.bulk.add(BidWords, bid_id=case.pk, head=head_of(content), body=text_of(content))
    author = case.place.authors[0]
    world.bulk.add(
        Submission,
        bid_id=case.pk,
        number=1,
        content=content,
        fingerprint=fingerprint(content),
        declaration=DECLARATION,
        submitted_at=at(sent),
        submitted_by_id=author,
    )
    name, moved = f"{case.reference} {case.title}", ("certified", "submitted")
    record.write("bid.submit", Bid, case.pk, name, when=at(sent), actor=author, moved=moved)


def _assessment(world: World, case: Case, state: str) -> None:
    if state in CHECKED or state in SCORED:
        passed = state != "ineligible"
        world.bulk.add(
            EligibilityCheck,
            bid_id=case.pk,
            passed=passed,
            reason="" if passed else "The bid is for work that another fund pays for.",
            checked_at=at(case.call.closes + timedelta(days=7)),
            checked_by_id=world.random.choice(world.officers),
        )
    if state in SCORED or state == "in_assessment":
        _scores(world, case, done=state in SCORED)
    if case.call.round_id and state in {"awarded", "reserve", "unsuccessful"}:
        decision = {"awarded": "fund", "reserve": "reserve"}.get(state, "refuse")
        case.call.rank += 1
        world.bulk.add(
            Choice,
            round_id=case.call.round_id,
            bid_id=case.pk,
            decision=decision,
            reason=world.words.sentence(),
            rank=case.call.rank,
        )


def _scores(world: World, case: Case, *, done: bool) -> None:
    day = case.call.closes + timedelta(days=30)
    for assessor in world.random.sample(world.assessors, 2):
        assignment = world.bulk.add(
            Assignment,
            bid_id=case.pk,
            assessor_id=assessor,
            state="submitted" if done else "in_progress",
            assigned_at=at(case.call.closes + timedelta(days=8)),
            submitted_at=at(day) if done else None,
            is_sample=True,
        )
        for criterion in case.call.criteria if done else []:
            world.bulk.add(
                Score,
                assignment_id=assignment,
                criterion_id=criterion,
                score=world.random.randint(1, 5),
                justification=world.words.text(),
                recorded_at=at(day),
            )
