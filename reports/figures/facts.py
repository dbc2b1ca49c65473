"""Everything that was known about a programme at a moment, read once.

Each property is a fixed number of queries however many projects there are; what became known
later is not read at all, so an answer for a past moment never changes.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType

from carefund.core import clock
from grants.awards.models import Offer
from grants.benefits.models import BenefitForecast, BenefitObservation, BenefitProfile
from grants.delivery.models import Project
from grants.delivery.queries import MilestoneView, holders_as_at, milestones_as_at
from grants.payments.models import Claim, Recovery
from programmes.funds.models import LedgerEntry, Programme
from programmes.organisations.models import BoardShare, Organisation
from programmes.organisations.queries import names_as_at
from programmes.targets import queries as targets
from programmes.targets.models import Target, TargetObservation

from .model import Definition, Row

NO_THEME, NO_REGION, NO_BOARD = "No theme", "More than one region", "No single board"


class Facts:
    def __init__(self, programme: Programme, moment: datetime) -> None:
        self.programme, self.moment = programme, moment
        self.day: date = moment.astimezone(clock.LONDON).date()
        self._rows: dict[str, tuple[Row, ...]] = {}

    def rows(self, definition: Definition) -> tuple[Row, ...]:
        if definition.code not in self._rows:
            self._rows[definition.code] = tuple(definition.rows(self))
        return self._rows[definition.code]

    @cached_property
    def offers(self) -> list[Offer]:
        """Awards: offers that had been accepted at the moment."""
        rows = Offer.objects.filter(
            bid__call__programme=self.programme, state="accepted", answered_at__lte=self.moment
        )
        related = ("bid__call", "bid__theme", "organisation__region", "project")
        found = list(rows.select_related(*related).order_by("answered_at", "pk"))
        for offer in found:
            self.as_named(offer.organisation)
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
                "theme": p.offer.bid.theme.name if p.offer.bid.theme else NO_THEME,
                "project": p.reference,
            }
            for p in self.projects
        }

    @cached_property
    def entries(self) -> list[LedgerEntry]:
        rows = LedgerEntry.objects.filter(
            line__programme=self.programme, recorded_at__lte=self.moment
        )
        found = list(rows.select_related("line", "organisation__region").order_by("pk"))
        for entry in found:
            self.as_named(entry.organisation)
        return found

    @cached_property
    def subjects(self) -> dict[tuple[Any, str], tuple[int | None, bool]]:
        """(type, id) of what a ledger entry stands for -> its project, and whether a sample."""
        kinds = {model: ContentType.objects.get_for_model(model).pk for model in SUBJECTS}
        found: dict[tuple[Any, str], tuple[int | None, bool]] = {}
        for offer in self.offers:
            if hasattr(offer, "project"):
                sample = offer.is_sample or offer.amount_precision.startswith("sample")
                found[kinds[Offer], str(offer.pk)] = (offer.project.pk, sample)
        for model in (Claim, Recovery):
            rows: Any = model._default_manager.filter(project__programme=self.programme)
            name = "is_sample" if model is Claim else "project__is_sample"
            for pk, project, sample in rows.values_list("pk", "project_id", name):
                found[kinds[model], str(pk)] = (project, bool(sample))
        return found

    @cached_property
    def milestones(self) -> list[MilestoneView]:
        """Without those that a change request has removed, which have no facts of their end."""
        found = milestones_as_at(self.projects, self.moment)
        for view in found:
            view.milestone.project = self.project_of[view.milestone.project_id]
        return [view for view in found if view.milestone.state != "removed"]

    @cached_property
    def benefits(self) -> dict[int, BenefitProfile]:
        rows = BenefitProfile.objects.filter(project__in=self.projects)
        found = list(rows.order_by("pk"))
        for benefit in found:
            benefit.project = self.project_of[benefit.project_id]
        return {benefit.pk: benefit for benefit in found}

    @cached_property
    def forecasts(self) -> list[BenefitForecast]:
        rows = BenefitForecast.objects.filter(
            benefit__project__in=self.projects, recorded_at__lte=self.moment
        )
        return _standing(rows.order_by("benefit", "financial_year", "pk"))

    @cached_property
    def observations(self) -> list[BenefitObservation]:
        rows = BenefitObservation.objects.filter(
            benefit__project__in=self.projects, recorded_at__lte=self.moment
        )
        related = rows.select_related("verification")
        return _standing(related.order_by("benefit", "period_starts_on", "pk"))

    def finding(self, observation: BenefitObservation) -> bool | None:
        """True: verified by the moment; False: found not to hold; None: not decided then."""
        found = getattr(observation, "verification", None)
        if found is None or found.verified_at > self.moment:
            return None
        return bool(found.accepted)

    @cached_property
    def target(self) -> Target | None:
        """The programme's own target, else the national one."""
        rows = Target.objects.order_by("pk")
        own = [t for t in rows if t.programme_id == self.programme.pk]
        return next(iter(own or list(rows)), None)

    @cached_property
    def statements(self) -> list[TargetObservation]:
        return list(targets.known(self.target, self.moment)) if self.target else []


SUBJECTS: tuple[Any, ...] = (Offer, Claim, Recovery)


def _standing(rows: Iterable[Any]) -> list[Any]:
    """What nothing known at the moment supersedes."""
    rows = list(rows)
    replaced = {row.supersedes_id for row in rows if row.supersedes_id}
    return [row for row in rows if row.pk not in replaced]


def by_benefit(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.benefit_id].append(row)
    return found
