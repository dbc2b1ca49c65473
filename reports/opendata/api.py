"""The public API: read only, nothing that the public pages do not show."""
# ruff: noqa: ARG001 - every operation is handed the request

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, NinjaAPI, Query, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from programmes.calls.eligibility import kinds_of
from programmes.calls.models import Call
from programmes.calls.queries import public_path
from programmes.calls.search import narrowed
from programmes.organisations.models import Organisation
from programmes.standards.models import CallDemand
from programmes.targets.models import Target, TargetObservation
from programmes.targets.queries import known

from . import queries

api = NinjaAPI(
    title="Digital Care Fund",
    version="1",
    description="Funding calls, grants, organisations and national targets. Read only, no key.",
    docs_url=None,
    openapi_url="",  # served by a view that says who may enter
    urls_namespace="api",
)


class CallChoices(Schema):
    """Choices of one name widen, of two names narrow. `status`: open, forecast or closed."""

    q: str = ""
    status: list[str] = []
    theme: list[str] = []
    kind: list[str] = []
    region: list[str] = []
    amount: list[str] = []


class LevelOut(Schema):
    """A level of a standard: to be had before bidding, or `by` a day as a condition of the grant.

    `measure`: None for every measure of the standard.
    """

    standard: str
    version: str
    measure: str | None
    level: int
    by: date | None
    words: str

    @staticmethod
    def resolve_standard(row: CallDemand) -> str:
        return row.standard.name

    @staticmethod
    def resolve_version(row: CallDemand) -> str:
        return row.standard.version

    @staticmethod
    def resolve_measure(row: CallDemand) -> str | None:
        return row.measure.title if row.measure else None

    @staticmethod
    def resolve_by(row: CallDemand) -> date | None:
        return row.due_on


class CallOut(Schema):
    code: str
    title: str
    summary: str
    programme: str
    status: str
    opens_at: datetime
    closes_at: datetime
    total: Decimal
    smallest_award: Decimal
    largest_award: Decimal
    funder: str
    who_can_bid: list[str]
    themes: list[str]
    # Names of regions; none: all of England.
    regions: list[str]
    always_open: bool
    levels: list[LevelOut]
    page: str
    source: str
    is_sample: bool

    @staticmethod
    def resolve_programme(row: Call) -> str:
        return row.programme.code

    @staticmethod
    def resolve_funder(row: Call) -> str:
        return str(row.programme.funder)

    @staticmethod
    def resolve_who_can_bid(row: Call) -> list[str]:
        return kinds_of(row)

    @staticmethod
    def resolve_themes(row: Call) -> list[str]:
        return [theme.name for theme in row.themes.all()]

    @staticmethod
    def resolve_regions(row: Call) -> list[str]:
        return [region.name for region in row.eligible_regions.all()]

    @staticmethod
    def resolve_levels(row: Call) -> list[CallDemand]:
        return list(row.demands.all())

    @staticmethod
    def resolve_page(row: Call) -> str:
        return public_path(row)

    @staticmethod
    def resolve_status(row: Call) -> str:
        return str(row.phase.label)


class AwardOut(Schema):
    reference: str
    title: str
    organisation: str
    organisation_id: str
    programme: str
    region: str | None
    awarded_on: date
    amount: Decimal
    amount_precision: str
    source: str
    is_sample: bool

    @staticmethod
    def resolve_reference(row: Any) -> str:
        return row.project.reference

    @staticmethod
    def resolve_title(row: Any) -> str:
        return row.project.title

    @staticmethod
    def resolve_organisation(row: Any) -> str:
        return row.awarded_to

    @staticmethod
    def resolve_organisation_id(row: Any) -> str:
        return row.organisation.org_id

    @staticmethod
    def resolve_programme(row: Any) -> str:
        return row.bid.call.programme.code

    @staticmethod
    def resolve_region(row: Any) -> str | None:
        return row.organisation.region.name if row.organisation.region else None

    @staticmethod
    def resolve_awarded_on(row: Any) -> date:
        return row.answered_in_london.date()


class OrganisationOut(Schema):
    org_id: str
    name: str
    kind: str
    gss_code: str
    region: str | None
    valid_from: date
    valid_to: date | None
    is_sample: bool

    @staticmethod
    def resolve_region(row: Organisation) -> str | None:
        return row.region.name if row.region else None


class StatementOut(Schema):
    on: date
    value: Decimal
    kind: str
    statement: str
    source: str
    is_sample: bool


class TargetOut(Schema):
    code: str
    name: str
    definition: str
    unit: str
    baseline: Decimal
    baseline_on: date
    goal: Decimal
    goal_on: date
    source: str


@api.get("/calls", response=list[CallOut], summary="Funding calls that have been announced")
@paginate(LimitOffsetPagination)
def calls(request: Any, wanted: Query[CallChoices]) -> Any:
    """The same choices as on the page of calls."""
    rows = narrowed({**wanted.dict(), "q": wanted.q[:100].replace("\x00", "")})
    return rows.prefetch_related("demands__standard", "demands__measure")


@api.get("/awards", response=list[AwardOut], summary="Grants that have been accepted")
@paginate(LimitOffsetPagination)
def awards(request: Any, programme: str = "", region: str = "", year: int | None = None) -> Any:
    wanted = {
        "programme": [programme] if programme else [],
        "region": [region] if region else [],
        "year": [year] if year else [],
    }
    return queries.narrowed(queries.grants(), wanted)


class DeterminedOut(Schema):
    """A section 31 grant to one authority."""

    determination: str = Field(alias="determination.reference")
    title: str = Field(alias="determination.title")
    organisation: str = Field(alias="organisation.name")
    organisation_id: str = Field(alias="organisation.org_id")
    programme: str = Field(alias="determination.programme.code")
    financial_year: int = Field(alias="determination.financial_year")
    kind: str = Field(alias="determination.kind")
    ring_fenced: bool = Field(alias="determination.ring_fenced")
    amount: Decimal
    is_sample: bool = Field(alias="determination.is_sample")


@api.get(
    "/determinations",
    response=list[DeterminedOut],
    summary="Section 31 grants that stand, by authority",
)
@paginate(LimitOffsetPagination)
def determinations(request: Any, programme: str = "") -> Any:
    return queries.determined({"programme": [programme] if programme else []})


@api.get("/organisations", response=list[OrganisationOut], summary="Organisations, with dates")
@paginate(LimitOffsetPagination)
def organisations(request: Any, kind: str = "") -> Any:
    rows = Organisation.objects.select_related("region").order_by("name", "pk")
    return rows.filter(kind=kind) if kind else rows


@api.get("/targets", response=list[TargetOut], summary="National targets")
@paginate(LimitOffsetPagination)
def targets(request: Any) -> Any:
    return Target.objects.order_by("code")


@api.get(
    "/targets/{code}/observations",
    response=list[StatementOut],
    summary="What was said about a target, in order of date",
)
@paginate(LimitOffsetPagination)
def observations(request: Any, code: str) -> Any:
    target = Target.objects.filter(code=code).first()
    return known(target) if target else TargetObservation.objects.none()
