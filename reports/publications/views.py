from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from carefund.audit.queries import timeline
from carefund.core.access import fresh, permitted_on_object, public
from carefund.core.errors import Refused
from carefund.core.paths import path_to
from carefund.core.sheets import csv_parts
from programmes.targets.models import Target
from programmes.targets.queries import national_targets
from reports.figures import registry
from reports.figures.model import TAGS, Figure, Row

from . import actions, exports, queries
from .build import document
from .document.html import html_context
from .forms import AsAtForm, WithdrawForm
from .models import ReportRun
from .rules import access_programme, access_run, visible_to

ROWS_A_PAGE, ROWS_A_READ = 50, 20_000


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The national target for all; programmes with their reports for those who read them."""
    user: Any = request.user
    context: dict[str, Any] = {"targets": national_targets()}
    if user.is_authenticated:
        programmes = visible_to(user)
        cleared = queries.latest_reports(programmes)
        context["programmes"] = [(p, cleared.get(p.pk)) for p in programmes]
    return render(request, "publications/index.html", context)


@public
@require_safe
def target(request: HttpRequest, code: str) -> HttpResponse:
    """A national target: its trajectory, and every statement with its source."""
    goal = get_object_or_404(Target.objects.select_related("programme"), code=code)
    context = {
        "target": goal,
        "may_record": request.user.has_perm("targets.record", goal),
        **html_context(queries.target_page(goal)),
    }
    return render(request, "publications/target.html", context)


@permitted_on_object("reports.read")
@require_safe
def benefits(request: HttpRequest, code: str) -> HttpResponse:
    """The report as at any past day, computed now from what was known then."""
    programme = access_programme(request.user, code, "reports.read")
    form = AsAtForm.of(request.GET)
    if form.is_bound:
        if form.is_valid():
            return redirect(_on(path_to("publications:benefits", code), form))
        return _refused(request, programme, form)
    try:
        day = queries.day_of(request.GET.get("as_at", ""))
    except queries.BadDay as problem:
        return _refused(request, programme, AsAtForm(), problem.message)
    snapshot = queries.snapshot(programme, day)
    identity = exports.live_identity(snapshot)
    context = {
        "programme": programme,
        "day": day,
        "form": form,
        "downloads": _downloads(code, day.isoformat()),
        "figures": registry.definitions(),
        "runs": queries.runs_of(programme)[:10],
        "may_make": request.user.has_perm("reports.make", programme),
        **html_context(document(snapshot, identity)),
    }
    return render(request, "publications/benefits.html", context)


def _on(address: str, form: AsAtForm) -> str:
    return f"{address}?as_at={form.cleaned_data['as_at'].isoformat()}"


def _refused(request, programme, form, problem: str = "") -> HttpResponse:
    """What is wrong with the day, beside the form to ask again."""
    context = {"programme": programme, "form": form, "problem": problem}
    return render(request, "publications/bad_day.html", context, status=400)


def _downloads(code: str, as_at: str) -> list[dict[str, str]]:
    return [
        {
            "label": form.words,
            "href": f"{path_to('publications:download', code, form.name)}?as_at={as_at}",
        }
        for form in exports.FORMATS.values()
    ]


@permitted_on_object("reports.read")
@require_safe
def download(request: HttpRequest, code: str, name: str) -> HttpResponse:
    programme = access_programme(request.user, code, "reports.read")
    if name not in exports.FORMATS:
        raise Http404
    try:
        day = queries.day_of(request.GET.get("as_at", ""))
    except queries.BadDay as problem:
        return _refused(request, programme, AsAtForm(), problem.message)
    snapshot = queries.snapshot(programme, day)
    content = exports.render(snapshot, exports.live_identity(snapshot), name)
    return _file(content, name, exports.file_name(code, day, name))


def _file(content: bytes, name: str, file_name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return HttpResponse(content, exports.FORMATS[name].content_type, headers=headers)


@permitted_on_object("reports.read")
@require_safe
def figure(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    """A figure down to its definition, its parameters and the rows it was computed from."""
    programme = access_programme(request.user, code, "reports.read")
    chosen = {tag: request.GET[tag] for tag in TAGS if tag in request.GET}
    try:
        day = queries.day_of(request.GET.get("as_at", ""))
        found = registry.compute(name, programme, queries.moment_of(day), **chosen)
    except queries.BadDay as problem:
        return _refused(request, programme, AsAtForm(), problem.message)
    except registry.UnknownFigure:
        raise Http404 from None
    if request.GET.get("format") == "csv":
        return _rows_as_csv(found, f"{code}-{name}-{day.isoformat()}.csv")
    listed: Any = _Listed(found)
    context = {
        "programme": programme,
        "figure": found,
        "definition": found.definition,
        "day": day,
        "parameters": {"as_at": day, **chosen},
        "page_obj": Paginator(listed, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "csv": "?" + urlencode({"as_at": day.isoformat(), **chosen, "format": "csv"}),
    }
    return render(request, "publications/figure.html", context)


class _Listed:
    """The rows of a figure, of which only the page is read."""

    def __init__(self, found: Figure) -> None:
        self.found = found

    def __len__(self) -> int:
        return self.found.count

    def __getitem__(self, part: slice) -> list[Row]:
        return list(self.found.part(part.start, part.stop))


def _rows_as_csv(found, file_name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    lines = csv_parts(_table(found))
    return StreamingHttpResponse(lines, "text/csv; charset=utf-8", headers=headers)


def _table(found):
    heads = ("record", "number", "about", "organisation", "date", "amount", "part", *TAGS)
    yield (*heads, "source", "sample")
    for start in range(0, found.count, ROWS_A_READ):
        yield from map(_cells, found.part(start, start + ROWS_A_READ))


def _cells(row: Row) -> tuple[Any, ...]:
    cells = (row.record, row.pk, row.what, row.who, row.on, row.amount, row.part)
    tags = tuple(row.tags.get(tag, "") for tag in TAGS)
    return (*cells, *tags, row.source, "sample" if row.sample else "")


@permitted_on_object("reports.make")
@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a report that stays as it is."""
    programme = access_programme(request.user, code, "reports.make")
    try:
        day = queries.day_of(request.POST.get("as_at", ""))
    except queries.BadDay as problem:
        return _refused(request, programme, AsAtForm(), problem.message)
    run = actions.request_report(programme=programme, day=day, by=request.user)
    messages.success(request, f"Report {run.reference} is being made.")
    return redirect("publications:run", reference=run.reference)


@permitted_on_object("reports.read")
@require_safe
def run(request: HttpRequest, reference: str) -> HttpResponse:
    """A frozen report, with what may be done with it."""
    report = access_run(request.user, reference, "reports.read")
    return _run_page(request, report, WithdrawForm())


def _run_page(request, report: ReportRun, form: WithdrawForm, problem: str = "", status: int = 200):
    user = request.user
    context = {
        "run": report,
        "programme": report.programme,
        "form": form,
        "problem": problem,
        "sound": queries.is_sound(report),
        "entries": timeline(report, to=user),
        "may_clear": report.state == "draft" and user.has_perm("reports.clear", report),
        "may_withdraw": report.state in {"draft", "cleared"}
        and user.has_perm("reports.withdraw", report),
        "may_retry": report.state == "failed" and user.has_perm("reports.make", report),
        "formats": exports.FORMATS.values() if report.figures else (),
    }
    if report.figures:
        context |= html_context(document(report.figures, exports.run_identity(report)))
    return render(request, "publications/run.html", context, status=status)


@permitted_on_object("reports.read")
@require_safe
def run_download(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    report = access_run(request.user, reference, "reports.read")
    if name not in exports.FORMATS or not report.figures:
        raise Http404
    content = exports.render(report.figures, exports.run_identity(report), name)
    return _file(content, name, f"{report.reference}.{name}")


@permitted_on_object("reports.clear")
@fresh
@require_POST
def clear(request: HttpRequest, reference: str) -> HttpResponse:
    report = access_run(request.user, reference, "reports.clear")
    try:
        actions.clear(run=report, by=request.user)
    except Refused as problem:
        return _run_page(request, report, WithdrawForm(), problem.message, status=400)
    messages.success(request, f"Report {reference} is cleared.")
    return redirect("publications:run", reference=reference)


@permitted_on_object("reports.withdraw")
@fresh
@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    report = access_run(request.user, reference, "reports.withdraw")
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _run_page(request, report, form, status=400)
    try:
        actions.withdraw(run=report, reason=form.cleaned_data["reason"], by=request.user)
    except Refused as problem:
        return _run_page(request, report, form, problem.message, status=400)
    messages.success(request, f"Report {reference} is withdrawn.")
    return redirect("publications:run", reference=reference)


@permitted_on_object("reports.make")
@require_POST
def retry(request: HttpRequest, reference: str) -> HttpResponse:
    report = access_run(request.user, reference, "reports.make")
    try:
        actions.retry(run=report, by=request.user)
    except Refused as problem:
        return _run_page(request, report, WithdrawForm(), problem.message, status=400)
    messages.success(request, f"Report {reference} is being made again.")
    return redirect("publications:run", reference=reference)
