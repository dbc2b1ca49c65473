"""A project of a fictional council that is in delivery, with money moved between years."""

from datetime import date, datetime
from decimal import Decimal

from carefund.accounts.models import User
from carefund.core import clock
from grants.delivery import actions as delivery
from grants.delivery.models import Project
from grants.payments import actions as payments
from programmes.calls.models import Call
from programmes.funds.models import Programme
from programmes.organisations.models import Organisation

from .awards import award
from .calls import PastCall, at, close_and_decide, run_call

CODE = "digital-care-spring-2026"
THIS_YEAR, NEXT_YEAR = (2026, "revenue"), (2027, "revenue")


def load(programme: Programme, people: dict[str, User]) -> None:
    call = _call(programme)
    close_and_decide(call, at(date(2026, 5, 12)))
    project = award(
        call=call,
        organisation=Organisation.objects.get(org_id="XX-SAMPLE-EXAMPLESHIRE"),
        title="Sensors that learn a person’s usual day",
        summary="Sample: sensors in 400 homes notice when a usual day changes.",
        amount=Decimal(240_000),
        pots=[(THIS_YEAR, 7), (NEXT_YEAR, 5)],
        decided=at(date(2026, 5, 12), 10),
        source="Sample award",
        precision="sample",
        theme=programme.themes.get(code="sensors"),
    )
    _first_milestone(project, people)
    _claim(project, people)
    _later(project, people)


def _call(programme: Programme) -> Call:
    call = run_call(
        programme,
        PastCall(
            code=CODE,
            title="Digital care at home: spring 2026",
            summary="A sample call that has been decided: a project of it is in delivery.",
            opens=at(date(2026, 2, 2)),
            closes=at(date(2026, 3, 16), 12),
            total="300000.00",
            smallest="20000.00",
            largest="300000.00",
            project=(date(2026, 6, 1), date(2028, 3, 31)),
            themes=programme.themes.all(),
        ),
    )
    call.is_sample = True
    call.save(update_fields=["is_sample"])
    return call


def _noon(month: int, day: int) -> datetime:
    return at(date(2026, month, day), 12)


def _first_milestone(project: Project, people: dict[str, User]) -> None:
    milestone = project.milestones.order_by("position")[0]
    with clock.replaying(_noon(9, 3)):
        delivery.report(
            milestone=milestone,
            achieved_on=date(2026, 9, 1),
            note="Sample: the agreements are signed.",
            by=people["lead.exampleshire"],
        )
    with clock.replaying(_noon(9, 8)):
        delivery.confirm(milestone=milestone, note="Sample: seen.", by=people["officer"])


def _claim(project: Project, people: dict[str, User]) -> None:
    with clock.replaying(_noon(9, 14)):
        claim = payments.make_claim(
            project=project,
            period_starts_on=date(2026, 6, 1),
            period_ends_on=date(2026, 8, 31),
            amounts={THIS_YEAR: Decimal("31480.50")},
            narrative="Sample: staff and the first sensors.",
            by=people["lead.exampleshire"],
        )
        payments.certify(claim=claim, by=people["certifier.exampleshire"])
        payments.submit(claim=claim, by=people["lead.exampleshire"])
    with clock.replaying(_noon(9, 23)):
        payments.approve(claim=claim, reason="Sample: eligible.", by=people["officer"])
    with clock.replaying(_noon(9, 28)):
        payments.release(claim=claim, by=people["finance"])


def _later(project: Project, people: dict[str, User]) -> None:
    """£40,000 of this year move to the next."""
    with clock.replaying(_noon(10, 12)):
        change = delivery.request_money_change(
            project=project,
            amounts={THIS_YEAR: Decimal(100_000), NEXT_YEAR: Decimal(140_000)},
            why="Sample: the supplier delivers the second half of the sensors in May.",
            by=people["lead.exampleshire"],
        )
    with clock.replaying(_noon(10, 19)):
        delivery.decide_change(
            request=change,
            approve=True,
            reason="Sample: the benefits stay the same.",
            by=people["officer"],
        )
