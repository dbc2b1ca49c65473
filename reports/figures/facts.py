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

from django.db.models import Case, F, When

from carefund.core import clock
from grants.awards.models import Offer
from grants.benefits.models import BenefitProfile
from grants.delivery.models import Project
from grants.delivery.queries import MilestoneView, holders_as_at, milestones_as_at
from programmes.funds.models import Programme
from programmes.organisations.models import BoardShare, Organisation
from programmes.organisations.queries import names_as_at
from programmes.targets import queries as targets
from programmes.targets.models import Target, TargetObservation

from . import stocks
from .model import Change, Definition, Row
from .reading import Reader, Rows
from .stocks import Grain, Stock, Sum

NO_THEME, NO_REGION, NO_BOARD = "No theme", "More than one region", "No single board"


# Long, and wanted of few projects.
TEXTS = ("project__summary", "project__story", "reply")
# Facts read one by one are remembered up to so many: several figures are made of the same.
KEPT = 5000
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


class Facts:
    """With `whole`, both grains of a stock are read when one is wanted: a report wants both."""

    def __init__(self, programme: Programme, moment: datetime, *, whole: bool = False) -> None:
        self.programme, self.moment, self.whole = programme, moment, whole
        self.day: date = moment.astimezone(clock.LONDON).date()
        self.organisations: dict[int, Organisation] = {}
        self.themes: dict[int, str | None] = {}
        self._figures: dict[tuple[str, Grain], tuple[Row, ...]] = {}
        self._sums: dict[tuple[str, Grain], list[Sum]] = {}
        self._made_of: dict[tuple[Pile, Grain], list[Row]] = {}
        self._read: dict[Any, list[Row]] = {}

    def sums(self, definition: Definition, tags: Iterable[str]) -> tuple[Row, ...]:
        """What a figure adds up, at the coarsest grain that tells `tags` apart."""
        grain = Grain.of(tags)
        if (definition.code, grain) not in self._figures:
            self._figures[definition.code, grain] = tuple(definition.sums(self, grain))
        return self._figures[definition.code, grain]

    def kept(self, name: str, make: Callable[["Facts"], Iterable[Row]]) -> list[Row]:
        """Rows that several figures show, made once."""
        if name not in self._read:
            self._read[name] = list(make(self))
        return self._read[name]

    def of(self, pile: Pile, grain: Grain) -> list[Row]:
        """The sums of a pile as rows of figures."""
        if (pile, grain) not in self._made_of:
            self._made_of[pile, grain] = [
                Row(**pile.row(self, found), pk=0, count=found.count, pile=pile, key=found.key)
                for found in self._made(pile, self._summed(pile, grain))
                if found.sort in pile.among
            ]
        return self._made_of[pile, grain]

    def _summed(self, pile: Pile, grain: Grain) -> list[Sum]:
        if (pile.stock, grain) not in self._sums:
            stock = self.stock(pile)
            if self.whole and grain != Grain.BOTH:
                for each, sums in self.reader.both(stock).items():
                    self._sums[pile.stock, each] = sums
            else:
                self._sums[pile.stock, grain] = self.reader.sums(stock, grain)
        return self._sums[pile.stock, grain]

    def rows(
        self, pile: Pile, tags: Iterable[str], sums: Sequence[Row], start: int, stop: int
    ) -> Sequence[Row]:
        """Facts of a pile by themselves; where it is narrowed to `tags`, only those in `sums`."""
        rows = self.reader.rows(self.stock(pile), pile.among)
        if tags:
            rows = rows.of_keys(Grain.of(tags), (row.key for row in sums))
        return self._singly(pile, rows, start, stop)

    def changed(self, pile: Pile, moment: datetime, most: int, *, gone: bool) -> Change:
        """The facts of a pile that became known since `moment`, or were replaced until then."""
        rows = self.reader.rows(self.stock(pile), pile.among)
        window = rows.gone(moment) if gone else rows.new(moment)
        found = list(self._singly(pile, window, 0, most + 1))
        if len(found) > most:
            return Change(found[:most], *window.total())
        return Change(found, len(found), sum((row.amount for row in found), Decimal(0)))

    def _singly(self, pile: Pile, rows: Rows, start: int, stop: int) -> Sequence[Row]:
        key = (pile.stock, pile.among, rows.where, start, stop)
        if key not in self._read or stop - start > KEPT:
            found = self._made(pile, rows.part(start, stop))
            self._read[key] = [Row(**pile.row(self, each), pk=each.number) for each in found]
        return self._read[key]

    def _made(self, pile: Pile, sums: list[Sum]) -> list[Sum]:
        if pile.stock == "entries":
            self._meet({found.case[1] for found in sums})
        return sums

    def _meet(self, numbers: set[int]) -> None:
        """Read the organisations that are not known yet."""
        rows = Organisation.objects.filter(pk__in=numbers - self.organisations.keys() - {0})
        for organisation in rows.select_related("region") if numbers - {0} else ():
            self.as_named(organisation)
            self.organisations[organisation.pk] = organisation

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.programme.pk, self.moment)

    def stock(self, pile: Pile) -> Stock:
        if pile.stock == "due":
            return stocks.forecasts(stocks.elapsed(self.day))
        return STOCKS[pile.stock]()

    @cached_property
    def offers(self) -> list[Offer]:
        """Awards: offers that had been accepted at the moment."""
        rows = Offer.objects.filter(
            bid__call__programme=self.programme, state="accepted", answered_at__lte=self.moment
        )
        told = Case(When(project__story="", then=False), default=True)
        found: list[Any] = list(
            rows.select_related("project")
            .defer(*TEXTS)
            .annotate(is_told=told, theme_name=F("bid__theme__name"))
            .order_by("answered_at", "pk")
        )
        # Far fewer than offers: each is read once.
        self._meet({offer.organisation_id for offer in found})
        for offer in found:
            offer.organisation = self.organisations[offer.organisation_id]
        self.themes = {offer.pk: offer.theme_name for offer in found}
        return found

    @cached_property
    def names(self) -> dict[int, tuple[str, str]]:
        return names_as_at(self.moment)

    def as_named(self, organisation: Organisation | None) -> Organisation | None:
        """The organisation under the name that it had at the moment."""
        if organisation is not None and organisation.pk in self.names:
            organisation.name, organisation.short_name = self.names[organisation.pk]
        return organisation

    @cached_property
    def projects(self) -> list[Project]:
        """The projects of the awards, each with who held it at the moment.

        Their words are of now, their figures of the moment. An award stays with whom it was made
        to; a successor only goes on with the project.
        """
        started = [
            offer
            for offer in self.offers
            if hasattr(offer, "project") and offer.project.started_at <= self.moment
        ]
        holders = holders_as_at([offer.project for offer in started], self.moment)
        for offer in started:
            holder = self.as_named(holders.get(offer.project.pk)) or offer.organisation
            offer.project.offer, offer.project.organisation = offer, holder
        return [offer.project for offer in started]

    @cached_property
    def project_of(self) -> dict[int, Project]:
        return {project.pk: project for project in self.projects}

    @cached_property
    def boards(self) -> dict[int, str]:
        """Authority -> the integrated care board in which most of it lies, on the day."""
        shares = BoardShare.objects.valid_on(self.day).filter(is_primary=True)
        return dict(shares.values_list("authority_id", "board__short_name"))

    def place(self, organisation: Organisation | None) -> dict[str, str]:
        if organisation is None:
            return {"region": NO_REGION, "board": NO_BOARD}
        own = organisation.kind == Organisation.Kind.INTEGRATED_CARE_BOARD
        board = organisation.short_name if own else self.boards.get(organisation.pk)
        region = organisation.region.name if organisation.region else NO_REGION
        return {"region": region, "board": board or NO_BOARD}

    @cached_property
    def project_tags(self) -> dict[int, dict[str, str]]:
        """Project -> what its facts can be grouped by."""
        return {
            p.pk: {
                **self.place(p.offer.organisation),
                "theme": self.themes.get(p.offer_id) or NO_THEME,
                "project": p.reference,
            }
            for p in self.projects
        }

    @cached_property
    def milestones(self) -> list[MilestoneView]:
        """Without those that a change request has removed, which have no facts of their end."""
        found = milestones_as_at(self.projects, self.moment, brief=True)
        return [view for view in found if view.milestone.state != "removed"]

    @cached_property
    def benefits(self) -> dict[int, BenefitProfile]:
        rows = BenefitProfile.objects.filter(project__in=self.projects)
        found = list(rows.order_by("pk"))
        for benefit in found:
            benefit.project = self.project_of[benefit.project_id]
        return {benefit.pk: benefit for benefit in found}

    @cached_property
    def target(self) -> Target | None:
        """The programme's own target, else the national one."""
        rows = Target.objects.order_by("pk")
        own = [t for t in rows if t.programme_id == self.programme.pk]
        return next(iter(own or list(rows)), None)

    @cached_property
    def statements(self) -> list[TargetObservation]:
        return list(targets.known(self.target, self.moment)) if self.target else []
