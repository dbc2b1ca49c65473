"""Everything that was known about a programme at a moment, read once.

Each property is a fixed number of queries however many projects there are; what became known
later is not read at all, so an answer for a past moment never changes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from weakref import ref

from carefund.core import clock
from grants.benefits.models import BenefitClass
from grants.delivery.queries import MilestoneView
from programmes.funds.models import Programme
from programmes.organisations.models import BoardShare, Organisation
from programmes.organisations.queries import names_as_at
from programmes.targets import queries as targets
from programmes.targets.models import Target, TargetObservation

from . import awarded, progress, stocks
from .awarded import NO_THEME, Award, Bodies, Body, Promise
from .model import Change, Definition, Row
from .reading import Reader, Rows
from .stocks import Grain, Stock, Sum

NO_REGION, NO_BOARD = "More than one region", "No single board"
# Facts read one by one are remembered up to so many: several figures are made of the same.
KEPT = 5000
CLASSES = dict(BenefitClass.choices)
STOCKS: dict[str, Callable[[], Stock]] = {
    "entries": stocks.entries,
    "forecasts": stocks.forecasts,
    "observations": stocks.observations,
}


@dataclass(frozen=True)
class Pile:
    """A part of a stock that figures are made of: its facts of the sorts `among`.

    `row` says a fact, or the sum of many, as what a row of a figure has.
    """

    stock: str
    among: tuple[Any, ...]
    row: Callable[["Facts", Sum], dict[str, Any]]

    def rows(
        self, facts: "Facts", tags: Iterable[str], sums: Sequence[Row], start: int, stop: int
    ) -> Sequence[Row]:
        """Its facts by themselves; where a figure is narrowed to `tags`, only those in `sums`."""
        rows = self._in(facts)
        if tags:
            rows = rows.of_sums(Grain.of(tags), (row.summed for row in sums))
        return facts.singly(self, rows, start, stop)

    def changed(self, facts: "Facts", other: "Facts", most: int, *, gone: bool) -> Change:
        """Those that became known since the `other` moment, or were replaced until then."""
        rows = self._in(facts)
        window = rows.gone(other.moment) if gone else rows.new(other.moment)
        found = list(facts.singly(self, window, 0, most + 1))
        if len(found) > most:
            return Change(found[:most], *window.total())
        return Change(found, len(found), sum((row.amount for row in found), Decimal(0)))

    def _in(self, facts: "Facts") -> Rows:
        return facts.reader.rows(facts.stock(self), self.among)


class Facts:
    """With those of an earlier moment, `before`, what both need is read once for both."""

    def __init__(
        self, programme: Programme, moment: datetime, *, before: "Facts | None" = None
    ) -> None:
        self.programme, self.moment, self.before = programme, moment, before
        self._after: Callable[[], Facts | None] = lambda: None
        if before:
            # Weak, or the two would hold each other, and all they know, when nobody wants them.
            before._after = ref(self)  # noqa: SLF001 - the other day of the same report
        self.day: date = moment.astimezone(clock.LONDON).date()
        self._figures: dict[tuple[str, Grain], tuple[Row, ...]] = {}
        self._sums: dict[tuple[str, Grain], list[Sum]] = {}
        self._made_of: dict[tuple[Pile, Grain], list[Row]] = {}
        self._read: dict[Any, list[Row]] = {}

    @property
    def after(self) -> "Facts | None":
        """The facts of the later moment, where these are those before."""
        return self._after()

    def sums(self, definition: Definition, tags: Iterable[str]) -> tuple[Row, ...]:
        """What a figure adds up, at the coarsest grain that tells `tags` apart."""
        grain = Grain.of(tags)
        if (definition.code, grain) not in self._figures:
            self._figures[definition.code, grain] = tuple(definition.sums(self, grain))
        return self._figures[definition.code, grain]

    def kept(self, name: Any, make: Callable[["Facts"], Iterable[Row]]) -> list[Row]:
        """Rows that several figures show, made once."""
        if name not in self._read:
            self._read[name] = list(make(self))
        return self._read[name]

    def of(self, pile: Pile, grain: Grain) -> list[Row]:
        """The sums of a pile as rows of figures."""
        if (pile, grain) not in self._made_of:
            self._made_of[pile, grain] = [
                Row(**pile.row(self, found), pk=0, count=found.count, pile=pile, summed=found)
                for found in self._made(pile, self._summed(pile, grain))
                if found.sort in pile.among
            ]
        return self._made_of[pile, grain]

    def _summed(self, pile: Pile, grain: Grain) -> list[Sum]:
        if (pile.stock, grain) not in self._sums:
            if self.before and grain != Grain.BOTH:
                self._sum_both(pile, self.before)
            elif self.after and grain == Grain.ALL:
                self.after._sum_both(pile, self)  # noqa: SLF001 - the other day of the report
            else:
                self._sums[pile.stock, grain] = self.reader.sums(self.stock(pile), grain)
        return self._sums[pile.stock, grain]

    def _sum_both(self, pile: Pile, before: "Facts") -> None:
        """A report wants years and cases of its day, and of the earlier one the whole."""
        found, earlier = self.reader.both(self.stock(pile), before.moment)
        for grain, sums in found.items():
            self._sums[pile.stock, grain] = sums
        self._sums[pile.stock, Grain.ALL] = found[Grain.YEAR]
        before._sums[pile.stock, Grain.ALL] = earlier  # noqa: SLF001 - as above

    def singly(self, pile: Pile, rows: Rows, start: int, stop: int) -> Sequence[Row]:
        key = (pile.stock, pile.among, rows.where, start, stop)
        if key not in self._read or stop - start > KEPT:
            found = self._made(pile, rows.part(start, stop))
            self._read[key] = [Row(**pile.row(self, each), pk=each.number) for each in found]
        return self._read[key]

    def _made(self, pile: Pile, sums: list[Sum]) -> list[Sum]:
        if pile.stock == "entries":
            self.bodies.meet(found.case[1] for found in sums)
        return sums

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.programme.pk, self.moment)

    def stock(self, pile: Pile) -> Stock:
        if pile.stock == "due":
            then = stocks.elapsed(self.before.day) if self.before else None
            return stocks.forecasts(stocks.elapsed(self.day), then)
        return STOCKS[pile.stock]()

    @cached_property
    def names(self) -> dict[int, tuple[str, str]]:
        return names_as_at(self.moment)

    @cached_property
    def bodies(self) -> Bodies:
        return Bodies(self.names)

    def as_named(self, organisation: Organisation) -> Organisation:
        """The organisation under the name that it had at the moment."""
        if organisation.pk in self.names:
            organisation.name, organisation.short_name = self.names[organisation.pk]
        return organisation

    @cached_property
    def awards(self) -> list[Award]:
        if self.after:
            return awarded.earlier(self.programme, self.after.awards, self.moment, self.bodies)
        return awarded.awards(self.programme, self.moment, self.bodies)

    @cached_property
    def award_of(self) -> dict[int, Award]:
        """Project -> its award."""
        return {award.pk: award for award in self.awards}

    @cached_property
    def boards(self) -> dict[int, str]:
        """Authority -> the integrated care board in which most of it lies, on the day."""
        shares = BoardShare.objects.valid_on(self.day).filter(is_primary=True)
        return dict(shares.values_list("authority_id", "board__short_name"))

    def place(self, body: Body | None) -> dict[str, str]:
        if body is None:
            return {"region": NO_REGION, "board": NO_BOARD}
        board = body.short_name if body.is_board else self.boards.get(body.pk)
        return {"region": body.region or NO_REGION, "board": board or NO_BOARD}

    @cached_property
    def project_tags(self) -> dict[int, dict[str, str]]:
        """Project -> what its facts can be grouped by."""
        return {
            a.pk: {**self.place(a.to), "theme": a.theme or NO_THEME, "project": a.reference}
            for a in self.awards
        }

    @cached_property
    def milestones(self) -> list[MilestoneView]:
        """Those of the awards."""
        found = self.after.milestones_of_both[1] if self.after else self.milestones_of_both[0]
        return [view for view in found if view.milestone.project_id in self.award_of]

    @cached_property
    def milestones_of_both(self) -> tuple[list[MilestoneView], list[MilestoneView]]:
        since = self.before.moment if self.before else self.moment
        return progress.known(self.programme, self.moment, since)

    @cached_property
    def benefits(self) -> dict[int, Promise]:
        found = awarded.promises(self.programme)
        return {each.pk: each for each in found if each.project_id in self.award_of}

    @cached_property
    def benefit_tags(self) -> dict[int, dict[str, str]]:
        """Benefit -> what its facts of all years can be grouped by."""
        return {
            pk: {
                "year": "",
                **self.project_tags[each.project_id],
                "class": CLASSES[each.benefit_class],
            }
            for pk, each in self.benefits.items()
        }

    @cached_property
    def target(self) -> Target | None:
        """The programme's own target, else the national one."""
        rows = Target.objects.order_by("pk")
        own = [t for t in rows if t.programme_id == self.programme.pk]
        return next(iter(own or list(rows)), None)

    @cached_property
    def statements(self) -> list[TargetObservation]:
        return list(targets.known(self.target, self.moment)) if self.target else []
