"""Milestones as they were known at the moment."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grants.delivery.queries import MilestoneView

from .facts import Facts
from .model import Change, How, Row, Unit
from .money import as_whole
from .registry import figure
from .stocks import Grain

FACTS = "Milestones of the grant agreements; forecasts, reports and confirmations as recorded"
ONE = Decimal(1)


@dataclass(frozen=True)
class Counted:
    """Milestones in one of the `wanted` conditions on the as-at day; all where none is named.

    Of those with an agreed date up to that day where it is about what is `due`.
    """

    wanted: tuple[str, ...] = ()
    due: bool = False

    def among(self, facts: Facts) -> list[MilestoneView]:
        return [
            view
            for view in facts.milestones
            if (not self.wanted or view.status(facts.day) in self.wanted)
            and not (self.due and view.milestone.baseline_on > facts.day)
        ]

    def sums(self, facts: Facts, grain: Grain) -> list[Row]:
        """How many there are, of each project where these are told apart."""
        return facts.kept((self, grain), lambda _: self._sums(facts, grain))

    def _sums(self, facts: Facts, grain: Grain) -> Iterator[Row]:
        by_project = grain in {Grain.CASE, Grain.BOTH}
        found: dict[int, list[MilestoneView]] = {}
        for view in self.among(facts):
            project = view.milestone.project_id if by_project else 0
            found.setdefault(project, []).append(view)
        for project, views in found.items():
            yield Row(
                record="Milestone",
                pk=0,
                what="",
                who="",
                on=facts.day,
                amount=Decimal(len(views)),
                tags=facts.project_tags[project] if by_project else {},
                sample=any(view.milestone.is_sample for view in views),
                count=len(views),
                pile=self,
                summed=project,
            )

    def rows(
        self, facts: Facts, tags: Iterable[str], sums: Sequence[Row], start: int, stop: int
    ) -> Sequence[Row]:
        found = self.among(facts)
        if tags:
            of = {row.summed for row in sums} - {0}
            found = [view for view in found if not of or view.milestone.project_id in of]
        return [_row(facts, view) for view in found[start:stop]]

    def changed(self, facts: Facts, other: Facts, _most: int, *, gone: bool) -> Change:
        """Those that are among `facts` and not among the `other`."""
        del gone  # which of the two is the earlier makes no difference
        known = {view.milestone.pk for view in self.among(other)}
        rows = [_row(facts, v) for v in self.among(facts) if v.milestone.pk not in known]
        return Change(rows, len(rows), Decimal(len(rows)))


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
    def counted(facts: Facts, grain: Grain) -> Iterator[Row]:
        yield from Counted(wanted).sums(facts, grain)

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
def due_achieved(facts: Facts, grain: Grain) -> Iterator[Row]:
    yield from Counted(("achieved",), due=True).sums(facts, grain)
    yield from as_whole(Counted(due=True).sums(facts, grain))
