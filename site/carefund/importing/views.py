import csv
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from carefund.core.access import permitted_on_object
from carefund.core.errors import Refused
from carefund.core.sheets import download

from . import actions, progress
from .forms import UploadForm
from .lines import LINE, REASON
from .queries import preview_of
from .rules import access_kind, access_run

COUNTED = (("new", "New"), ("changed", "Changed"), ("unchanged", "The same"), ("wrong", "Wrong"))


@permitted_on_object("importing.load")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    importer = access_kind(request.user, kind)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = actions.upload(kind=kind, name=file.name, content=file.read(), by=request.user)
        except Refused as problem:
            form.add_error("file", problem.message)
        else:
            return redirect("importing:run", run_id=run.pk)
    context = {"form": form, "importer": importer, "heading": f"Load {importer.title}"}
    context["submit_label"] = "Check the spreadsheet"
    status = 400 if form.errors else 200
    return render(request, "importing/upload.html", context, status=status)


@permitted_on_object("importing.load")
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """A file with the headings and one row to write over."""
    importer = access_kind(request.user, kind)
    headers = {"Content-Disposition": f'attachment; filename="{kind}.csv"'}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    headings = [*importer.columns, *importer.optional]
    csv.writer(response).writerows([headings, importer.example])
    return response


@permitted_on_object("importing.load")
@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    found = access_run(request.user, run_id)
    importer = access_kind(request.user, found.kind)
    writing = bool(found.state == "checked" and found.asked_at)
    done = progress.rows_done(found, progress.WRITING if writing else progress.CHECKING)
    count = found.would_write
    context = {
        "run": found,
        "importer": importer,
        "headings": [*importer.columns, *importer.optional],
        "groups": preview_of(found),
        "writing": writing,
        "waiting": writing or found.state == "uploaded",
        "rows_done": done,
        "written": f"{done:,} of {found.rows_total:,}",
        "write_label": f"Write {count:,} rows" if count > 1 else "Write the row",
        "stats": [{"label": label, "value": found.counts.get(key, 0)} for key, label in COUNTED],
    }
    return render(request, "importing/run.html", context)


@permitted_on_object("importing.load")
@require_safe
def wrong_rows(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Every wrong row with its line and its reasons; only headings where there are none."""
    found = access_run(request.user, run_id)
    if not found.wrong_rows:
        return download([[LINE, REASON]], "csv", "wrong-rows")
    response = FileResponse(
        found.wrong_rows.open("rb"),
        as_attachment=True,
        filename="wrong-rows.csv",
        content_type="text/csv; charset=utf-8",
    )
    response["Cache-Control"] = "private, no-store"
    return response


@permitted_on_object("importing.load")
@require_POST
def apply(request: HttpRequest, run_id: int) -> HttpResponse:
    user: Any = request.user
    found = access_run(user, run_id)
    try:
        actions.ask_to_apply(run=found, by=user)
    except Refused as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, "The rows are being written.")
    return redirect("importing:run", run_id=run_id)
