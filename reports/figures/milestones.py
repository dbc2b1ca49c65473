"""Milestones as they were known at the moment."""

from collections.abc import Iterator
from decimal import Decimal

from grants.delivery.queries import MilestoneView

from .facts import Facts
from .model import How, Row, Unit
from .registry import figure
from .stocks import Grain

FACTS = "Milestones of the grant agreements; forecasts, reports and confirmations as recorded"
ONE = Decimal(1)


def rows(facts: Facts, *wanted: str) -> Iterator[Row]:
    """Milestones in one of the `wanted` conditions on the as-at day; all where none is named."""
    for view, row in zip(facts.milestones, facts.kept("milestones", _rows), strict=True):
        if not wanted or view.status(facts.day) in wanted:
            yield row


def _rows(facts: Facts) -> Iterator[Row]:
    for view in facts.milestones:
        yield _row(facts, view)


def _row(facts: Facts, view: MilestoneView) -> Row:
    milestone, award = view.milestone, facts.award_of[view.milestone.project_id]
    return Row(
        record="Milestone",
        pk=milestone.pk,
        what=f"{award.reference} {milestone.title}",
        who=award.holder.short_name,
        on=view.achieved_on or view.expected_on,
        amount=ONE,
        tags=facts.project_tags[award.pk],
        sample=milestone.is_sample,
        source=award.source,
    )


def _counted(code: str, title: str, words: str, *wanted: str) -> None:
    def counted(facts: Facts, _grain: Grain) -> Iterator[Row]:
        yield from rows(facts, *wanted)

    formula = f"Number of milestones: {words[0].lower()}{words[1:].rstrip('.')}"
    declare = figure(
        code, title, words, formula=formula, source=FACTS, unit=Unit.NUMBER, how=How.COUNT
    )
    declare(counted)


_counted("milestones", "Milestones planned", "All that the grant agreements promise.")
_counted(
    "milestones_achieved",
    "Milestones achieved",
    "Reported by the funded organisation and confirmed by the department.",
    "achieved",
)
_counted(
    "milestones_overdue",
    "Milestones overdue",
    "The agreed date has passed and achievement has not been confirmed.",
    "overdue",
)
_counted(
    "milestones_late",
    "Milestones forecast late",
    "The agreed date is still ahead, the latest forecast is later than it.",
    "late",
)


@figure(
    "milestones_on_time",
    "Milestones due by now that are achieved",
    "Of the milestones whose agreed date has passed, how many are confirmed.",
    formula="Achieved with an agreed date up to the as-at day ÷ all with such a date × 100",
    source=FACTS,
    unit=Unit.PERCENT,
    how=How.SHARE,
)
def due_achieved(facts: Facts, _grain: Grain) -> Iterator[Row]:
    for view, row in zip(facts.milestones, facts.kept("milestones", _rows), strict=True):
        if view.milestone.baseline_on <= facts.day:
            yield row.as_whole()
            if view.achieved_on:
                yield row
