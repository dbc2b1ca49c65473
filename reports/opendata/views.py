from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from ninja.responses import NinjaJSONEncoder

from carefund.core import clock
from carefund.core.access import public
from carefund.core.counted import Counted
from carefund.core.listing import Column
from carefund.core.paths import path_to
from carefund.core.shared import shared
from carefund.core.sheets import csv_parts
from reports.charts.display import Unit
from reports.charts.tiles import TILES, RegionValue, TileMap
from reports.publications.document.html import chart_block

from . import exports, giving, queries
from .api import api
from .forms import RegisterFilter

COLUMNS = [
    Column(
        "Project",
        lambda grant: grant.title,
        href=lambda grant: path_to("opendata:project", grant.reference),
    ),
    Column(
        "Organisation",
        lambda grant: grant.organisation,
        key="organisation",
        order=queries.SORTS["organisation"],
    ),
    Column(
        "Programme",
        lambda grant: grant.programme,
        key="programme",
        order=queries.SORTS["programme"],
    ),
    Column("Awarded on", lambda grant: grant.awarded_at, "date", "date", queries.SORTS["date"]),
    Column(
        "Amount",
        lambda grant: grant.amount,
        "money",
        "amount",
        queries.SORTS["amount"],
        below=lambda grant: "Sample amount" * grant.precision.startswith("sample"),
    ),
]


@public
@require_safe
def register(request: HttpRequest) -> HttpResponseBase:
    """What has been funded: found by words, programme, place, theme and year."""
    asked = RegisterFilter.asked(request.GET)
    sort = request.GET.get("sort", "")
    rows = queries.ordered(queries.narrowed(queries.grants(), asked), sort)
    if request.GET.get("format") == "csv":
        shares = queries.determined(asked)
        both = (rows.iterator(chunk_size=1000), shares.iterator(chunk_size=1000))
        return _csv(exports.register_rows(*both), "grants.csv")
    query = request.GET.copy()
    query["format"] = "csv"
    found = queries.tally(asked)
    pages = Counted(rows, reads=queries.SHOWN, count=found.count)
    page = _page(request, pages)
    context: dict[str, Any] = {
        "heading": "What we have funded",
        "noun": "grant",
        "page_obj": page,
        "columns": COLUMNS,
        "rows": list(page.object_list),
        "total": found.total,
        "filter_form": RegisterFilter(request.GET, found.facets),
        "exports": [{"label": "These grants (CSV)", "href": f"?{query.urlencode()}"}],
        "determinations": queries.determinations(asked),
        "map": _map(_by_code(found.by_region), clock.today(), sample=found.has_samples),
    }
    return shared(render(request, "opendata/register.html", context))


def _page(request: HttpRequest, pages: Counted) -> Page[Any]:
    if not request.GET:
        # Everybody's first page: asked for by a statement that was written once.
        return Page(queries.newest(), 1, pages)
    page = pages.get_page(request.GET.get("page"))
    return Page(queries.shown(page.object_list), page.number, pages)


def _by_code(amounts: dict[str, Any]) -> tuple[RegionValue, ...]:
    return tuple(RegionValue(code, amounts[code]) for code in sorted(amounts) if code in TILES)


@lru_cache(maxsize=64)
def _map(values: tuple[RegionValue, ...], today: date, *, sample: bool) -> SafeString:
    """The drawing with its data as the report's pages show it; drawn anew when they change."""
    chart = TileMap(
        title="These grants by region of England",
        source="The register of grants",
        as_at=today,
        unit=Unit.MONEY,
        measure="Awarded",
        sample=sample,
        values=values,
        note="Organisations that work in more than one region are not on the map",
    )
    return render_to_string(
        "publications/document/blocks/chart.html", {"block": chart_block(chart)}
    )


def _csv(rows: Iterator[list[Any]], name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(csv_parts(rows), "text/csv; charset=utf-8", headers=headers)


@public
@require_safe
def project(request: HttpRequest, reference: str) -> HttpResponse:
    """One project: what, who, how much, what came of it."""
    found = queries.public_project(reference)
    context = {"found": found, "project": found.project}
    return shared(render(request, "opendata/project.html", context))


@public
@require_safe
def giving_file(request: HttpRequest, name: str) -> HttpResponse:
    """Real awards with a published amount, in the 360Giving standard, as JSON, XLSX or CSV."""
    if name not in exports.GIVING:
        raise Http404
    form = exports.GIVING[name]
    address = request.build_absolute_uri(request.path)
    package = giving.package(queries.grants(), address, queries.determined({}))
    if not package["grants"] or giving.problems(package):
        raise Http404("There is nothing to publish, or what there is breaks the standard.")
    headers = {"Content-Disposition": f'inline; filename="360giving.{name}"'}
    return HttpResponse(form.render(package), form.content_type, headers=headers)


@public
@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """What the API offers, from its own description."""
    described = api.get_openapi_schema(path_prefix="/api/")
    endpoints = [
        {"path": path, **operation}
        for path, operations in described["paths"].items()
        for operation in operations.values()
    ]
    context = {"info": described["info"], "endpoints": endpoints}
    return render(request, "opendata/api_docs.html", context)


@public
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The same description for machines."""
    described = api.get_openapi_schema(path_prefix="/api/")
    return JsonResponse(described, encoder=NinjaJSONEncoder)


@public
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What may be taken away, and under which licence."""
    return render(request, "opendata/open_data.html")
