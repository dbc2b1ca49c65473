"""Awards and what was promised with them, as small rows: a report has thousands of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, When

from carefund.core import clock
from grants.benefits.models import BenefitProfile
from grants.delivery.models import Project
from grants.delivery.queries import holders_as_at
from programmes.funds.models import Programme
from programmes.organisations.models import Organisation

NO_THEME = "No theme"


@dataclass(slots=True)
class Body:
    """An organisation under the name that it had at a moment."""

    pk: int
    short_name: str
    region: str
    is_board: bool
    is_sample: bool


@dataclass(slots=True)
class Award:
    """An accepted offer and its project; an award stays with whom it was made to (`to`).

    A successor (`holder`) only goes on with the project. Its words are of now.
    """

    FIELDS = (
        "offer_id",
        "offer__reference",
        "offer__amount",
        "offer__answered_at",
        "offer__amount_precision",
        "offer__source",
        "offer__is_sample",
        "pk",
        "reference",
        "title",
        "started_at",
        "source",
        "is_sample",
        "offer__bid__theme__name",
        "is_told",
    )

    offer: int
    offer_reference: str
    amount: Decimal
    answered_at: datetime
    precision: str
    offer_source: str
    offer_is_sample: bool
    pk: int
    reference: str
    title: str
    started_at: datetime
    source: str
    is_sample: bool
    theme: str | None
    is_told: bool
    to: Body
    holder: Body

    @property
    def on(self) -> date:
        return self.answered_at.astimezone(clock.LONDON).date()

    @property
    def made_up(self) -> bool:
        return self.offer_is_sample or self.precision.startswith("sample")


@dataclass(slots=True)
class Promise:
    """A benefit profile."""

    FIELDS = (
        "pk",
        "project_id",
        "title",
        "benefit_class",
        "measure",
        "source",
        "is_sample",
    )

    pk: int
    project_id: int
    title: str
    benefit_class: str
    measure: str
    source: str
    is_sample: bool


class Bodies:
    """Organisations that are met, each read once, under their names of one moment."""

    def __init__(self, names: Mapping[int, tuple[str, str]]) -> None:
        self.names = names
        self.known: dict[int, Body] = {}

    def meet(self, numbers: Iterable[int]) -> dict[int, Body]:
        wanted = set(numbers) - self.known.keys() - {0}
        rows = Organisation.objects.filter(pk__in=wanted).select_related("region")
        for organisation in rows if wanted else ():
            self.add(organisation)
        return self.known

    def add(self, organisation: Organisation) -> Body:
        _, name = self.names.get(organisation.pk, ("", organisation.short_name))
        region = organisation.region.name if organisation.region else ""
        is_board = organisation.kind == Organisation.Kind.INTEGRATED_CARE_BOARD
        found = Body(organisation.pk, name, region, is_board, organisation.is_sample)
        return self.known.setdefault(organisation.pk, found)


def awards(programme: Programme, moment: datetime, bodies: Bodies) -> list[Award]:
    """Offers that had been accepted at the moment and whose projects had begun, the first first."""
    rows = Project.objects.filter(
        programme=programme,
        started_at__lte=moment,
        offer__state="accepted",
        offer__answered_at__lte=moment,
    )
    told = Case(When(story="", then=False), default=True)
    found: list[Any] = list(
        rows.annotate(is_told=told)
        .order_by("offer__answered_at", "offer_id")
        .values_list(*Award.FIELDS, "offer__organisation_id")
    )
    known = bodies.meet(row[-1] for row in found)
    holders = held(programme, moment, bodies)
    return [Award(*(*row, known[to], holders.get(row[7], known[to]))) for *row, to in found]


def held(programme: Programme, moment: datetime, bodies: Bodies) -> dict[int, Body]:
    """Project -> who went on with it, for those that were ever handed over."""
    found = holders_as_at(Project.objects.filter(programme=programme), moment)
    return {project: bodies.add(holder) for project, holder in found.items()}


def earlier(
    programme: Programme, awards: Iterable[Award], moment: datetime, bodies: Bodies
) -> list[Award]:
    """Those of the awards that were there at an earlier moment, under the names of then."""
    found = [a for a in awards if a.answered_at <= moment and a.started_at <= moment]
    known = bodies.meet(award.to.pk for award in found)
    holders = held(programme, moment, bodies)
    return [replace(a, to=known[a.to.pk], holder=holders.get(a.pk, known[a.to.pk])) for a in found]


def promises(programme: Programme) -> list[Promise]:
    rows = BenefitProfile.objects.filter(project__programme=programme)
    return [Promise(*row) for row in rows.order_by("pk").values_list(*Promise.FIELDS)]
