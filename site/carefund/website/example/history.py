"""What happened to projects after their award: all of it sample, on real and fictional awards."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from carefund.accounts.models import User
from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.clock import LONDON
from grants.benefits import actions as benefits
from grants.benefits.models import BenefitProfile
from grants.delivery import actions as delivery
from grants.delivery.models import Milestone, Project
from grants.payments import actions as payments

from .samples import dice

Moment = datetime
# How likely it is that a benefit is measured, and that what was measured is verified.
MEASURED, VERIFIED = 0.75, 0.85


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)


def live(project: Project, people: dict[str, User], until: datetime) -> None:
    """Report, claim and measure up to the moment `until`."""
    chance = dice("history", project.reference)
    for milestone in project.milestones.order_by("position"):
        _milestone(milestone, people, until, late=chance.choice([0, 0, 0, 21, 45, 90]))
    _claims(project, people, until)
    for benefit in project.benefits.order_by("number"):
        if chance.random() < MEASURED:  # some promises are never measured, as in life
            reached = chance.uniform(0.35, 1.05)
            # A few are found wanting and stay unverified; the newest always wait for an officer.
            _observe(benefit, people, until, reached, verified=chance.random() < VERIFIED)
    if not project.milestones.exclude(state="achieved").exists():
        _complete(project, until)


def _complete(project: Project, until: datetime) -> None:
    days = [m.achieved_on for m in project.milestones.all() if m.achieved_on]
    # After the last claim was paid: completing gives back what is not claimed by then.
    closed = _noon(max([project.ends_on, *days]) + timedelta(days=80))
    if closed < until:
        with clock.replaying(closed):
            delivery.complete(project=project, reason="Sample: the last claim is in.", by=SYSTEM)


def _milestone(milestone: Milestone, people: dict[str, User], until: datetime, late: int) -> None:
    if late:
        told = _noon(milestone.baseline_on - timedelta(days=14))
        if told < until and told > milestone.project.started_at:
            with clock.replaying(told):
                delivery.forecast(
                    milestone=milestone,
                    on=milestone.baseline_on + timedelta(days=late),
                    note="Sample: the supplier needs longer.",
                    by=SYSTEM,
                )
    achieved = milestone.baseline_on + timedelta(days=late)
    reported, confirmed = (_noon(achieved + timedelta(days=n)) for n in (3, 10))
    if reported >= until:
        return
    with clock.replaying(reported):
        delivery.report(
            milestone=milestone,
            achieved_on=achieved,
            note="Sample: evidence was sent by the authority.",
            by=SYSTEM,
        )
    if confirmed < until:
        with clock.replaying(confirmed):
            delivery.confirm(
                milestone=milestone, note="Sample: evidence accepted.", by=people["officer"]
            )


def _claims(project: Project, people: dict[str, User], until: datetime) -> None:
    """A claim for each financial year of the grant, after its end.

    Of made-up grants some claim less than they have. Of published ones they claim all, so that no
    made-up money goes back from them.
    """
    made_up = project.offer.is_sample or project.offer.amount_precision.startswith("sample")
    for line in project.offer.lines.order_by("financial_year", "kind"):
        starts = max(date(line.financial_year, 4, 1), project.starts_on)
        ends = min(date(line.financial_year + 1, 3, 31), max(project.ends_on, starts))
        ends = max(ends, starts + timedelta(days=1))
        if _noon(ends + timedelta(days=75)) >= until:
            continue
        part = dice("claim", line.pk).choice([Decimal(1), Decimal(1), Decimal("0.94")])
        part = part if made_up else Decimal(1)
        amount = (line.amount * part).quantize(Decimal("0.01"))
        with clock.replaying(_noon(ends + timedelta(days=21))):
            claim = payments.make_claim(
                project=project,
                period_starts_on=starts,
                period_ends_on=ends,
                amounts={(line.financial_year, line.kind): amount},
                narrative="Sample: costs of the period.",
                by=SYSTEM,
            )
            claim.is_sample = True
            claim.save(update_fields=["is_sample"])
            payments.certify(claim=claim, by=SYSTEM)
            payments.submit(claim=claim, by=SYSTEM)
        with clock.replaying(_noon(ends + timedelta(days=40))):
            payments.approve(claim=claim, reason="Sample: eligible.", by=people["officer"])
        with clock.replaying(_noon(ends + timedelta(days=47))):
            payments.release(claim=claim, by=people["finance"])


def _observe(
    benefit: BenefitProfile,
    people: dict[str, User],
    until: datetime,
    reached: float,
    *,
    verified: bool,
) -> None:
    """Measure a benefit for each financial year after its project, up to three."""
    first = benefit.forecasts.order_by("financial_year").first()
    start = first.financial_year if first else benefit.project.ends_on.year + 1
    for number in range(3):
        year = start + number
        told = _noon(date(year + 1, 5, 20))
        if told >= until:
            return
        step = Decimal(str(round(reached * (0.4, 0.8, 1.0)[number], 3)))
        measured = benefit.baseline + (benefit.target - benefit.baseline) * step
        with clock.replaying(told):
            seen = benefits.observe(
                benefit=benefit,
                period_starts_on=date(year, 4, 1),
                period_ends_on=date(year + 1, 3, 31),
                measured=measured.quantize(Decimal(1)),  # people and days are whole
                method="Sample: counted from the authority’s own system.",
                by=SYSTEM,
            )
        if _noon(date(year + 1, 7, 1)) < until - timedelta(days=365):
            note = "Sample: agrees with the evidence."
            with clock.replaying(_noon(date(year + 1, 7, 1))):
                benefits.verify(
                    observation=seen,
                    accepted=verified,
                    note=note if verified else "Sample: the count includes other services.",
                    by=people["officer"],
                )
