"""Funding calls of the past, made through the same actions as those of today."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from carefund.core import clock, years
from carefund.core.actors import SYSTEM
from carefund.core.clock import LONDON
from programmes.calls import actions as calls
from programmes.calls.models import Call
from programmes.calls.standard_form import definition
from programmes.funds.actions import Movement, change_budget
from programmes.funds.models import Programme, Theme
from programmes.organisations.models import Organisation

AUTHORITY = Organisation.Kind.LOCAL_AUTHORITY.value
BOARD = Organisation.Kind.INTEGRATED_CARE_BOARD.value
PROVIDER = Organisation.Kind.CARE_PROVIDER.value
CHARITY = Organisation.Kind.CHARITY.value
OTHER = Organisation.Kind.OTHER.value
CRITERIA = (
    ("Need", "Who gains, how many, and how you know.", 30),
    ("Delivery", "Whether the plan, the people and the partners can deliver.", 40),
    ("Value and benefits", "What comes of the money, with a baseline and a measure.", 30),
)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


@dataclass
class PastCall:
    """What is known of a call that has run; `sample` names what is not published."""

    code: str
    title: str
    summary: str
    opens: datetime
    closes: datetime
    total: str
    largest: str
    project: tuple[date, date]
    kinds: list[str] = field(default_factory=lambda: [AUTHORITY])
    smallest: str = "1.00"
    source: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    themes: Iterable[Theme] = ()
    # Makes the form of this call of the standard one.
    form: Callable[[dict[str, Any]], dict[str, Any]] = dict


def make_programme(
    *, funder: str, themes: Iterable[tuple[str, str]] = (), **values: Any
) -> Programme:
    programme = Programme.objects.create(funder=Organisation.objects.get(org_id=funder), **values)
    for code, name in themes:
        Theme.objects.create(programme=programme, code=code, name=name)
    return programme


def give_budget(programme: Programme, pots: dict[tuple[int, str], str], reason: str) -> None:
    for (year, kind), amount in sorted(pots.items()):
        change_budget(
            programme=programme,
            movement=Movement(year, kind, Decimal(amount)),
            key=f"example:{programme.code}:{year}:{kind}:{reason}",
            reason=reason,
            by=SYSTEM,
        )


def run_call(programme: Programme, past: PastCall) -> Call:
    """Announce and open a call at the moments when it was; it stays open for the caller."""
    with clock.replaying(past.opens - timedelta(days=14)):
        call = calls.create_call(
            programme=programme,
            code=past.code,
            title=past.title,
            summary=past.summary,
            opens_at=past.opens,
            closes_at=past.closes,
            total=Decimal(past.total),
            smallest_award=Decimal(past.smallest),
            largest_award=Decimal(past.largest),
            eligibility="See the published call.",
            eligible_kinds=past.kinds,
            project_starts_on=past.project[0],
            project_ends_on=past.project[1],
            published_counts=past.counts,
            source=past.source,
            by=SYSTEM,
        )
        call.themes.set(past.themes)
        _questions(call, past.form)
        calls.announce(call=call, by=SYSTEM)
    with clock.replaying(past.opens):
        calls.open_call(call=call)
    call.refresh_from_db()
    return call


def _questions(call: Call, adapt: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    first, last = (years.financial_year(d) for d in (call.project_starts_on, call.project_ends_on))
    form = definition(
        years=range(first, last + 1), smallest=call.smallest_award, largest=call.largest_award
    )
    calls.save_form(call=call, definition=adapt(form), by=SYSTEM)
    calls.save_criteria(call=call, criteria=criteria_rows(), by=SYSTEM)


def criteria_rows() -> list[dict[str, Any]]:
    words = ("Not answered", "Very weak", "Weak", "Sound", "Good", "Excellent")
    return [
        {
            "code": title.lower().replace(" ", "-"),
            "title": title,
            "guidance": guidance,
            "weight": weight,
            "descriptors": [{"score": n, "text": text} for n, text in enumerate(words)],
        }
        for title, guidance, weight in CRITERIA
    ]


def close_and_decide(call: Call, decided: datetime) -> None:
    with clock.replaying(call.closes_at):
        calls.close_call(call=call)
    with clock.replaying(call.closes_at + timedelta(hours=1)):
        calls.start_assessment(call=call, by=SYSTEM)
    with clock.replaying(decided):
        calls.decide(call=call, by=SYSTEM)
