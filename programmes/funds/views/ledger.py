from django.db.models import Sum
from django.shortcuts import render

from carefund.audit.queries import timeline
from carefund.core import clock, sheets, years
from carefund.core.access import permitted, permitted_on_object
from carefund.core.listing import Column, list_page
from carefund.core.paths import path_to

from .. import queries, written
from ..exports import EntrySheet, LedgerSheet
from ..forms import AsAtForm
from ..models import LedgerEntry
from ..rules import access_programme, visible_to

PROGRAMMES = [
    Column(
        "Programme",
        lambda p: p.name,
        key="name",
        order=("name",),
        href=lambda p: path_to("funds:ledger", p.code),
    ),
    Column("Budget", lambda p: p.all_budget or 0, "money", "budget", ("all_budget",)),
    Column("Reserved", lambda p: p.all_reserved or 0, "money", "reserved", ("all_reserved",)),
    Column("Committed", lambda p: p.all_committed or 0, "money", "committed", ("all_committed",)),
    Column("Claimed", lambda p: p.all_claimed or 0, "money", "claimed", ("all_claimed",)),
    Column("Paid", lambda p: p.all_paid or 0, "money", "paid", ("all_paid",)),
]
COLUMNS = [*LedgerEntry.Column.values, "free"]


@permitted("funds.view_ledger")
def programmes(request):
    sums = {f"all_{c}": Sum(f"budget_lines__{c}") for c in LedgerEntry.Column.values}
    return list_page(
        request,
        visible_to(request.user).annotate(**sums).order_by("starts_on", "code"),
        PROGRAMMES,
        heading="Ledger",
        noun="programme",
        lead="What each programme may spend, has promised, was asked for and has paid.",
        empty_text="You have a role in no programme.",
    )


@permitted_on_object("funds.view_ledger")
def ledger(request, code):
    programme = access_programme(request.user, code)
    form = AsAtForm(request.GET)
    rows, lines, differences = queries.proven_ledger(programme, clock.end_of_day(form.day))
    rows = queries.without_echoes(rows)
    if request.GET.get("export") in sheets.KINDS:
        return sheets.download(LedgerSheet().table(rows), request.GET["export"], f"ledger {code}")
    return render(
        request,
        "funds/ledger.html",
        {
            "programme": programme,
            "form": form,
            "day": form.day,
            "rows": written.ledger_rows(code, rows, form.day, COLUMNS),
            "differences": differences,
            "entries": timeline(programme, *lines, to=request.user),
            "may_change": request.user.has_perm("funds.propose_virement", programme),
            "exports": sheets.links(request),
        },
    )


def _subject_address(entry):
    find = getattr(entry.subject, "get_absolute_url", None)
    return find() if find else ""


def _standing(entry):
    if entry.reverses_id:
        return f"Takes back entry {entry.reverses_id}"
    taken_back = getattr(entry, "reversed_by", None)
    return f"Taken back by entry {taken_back.pk}" if taken_back else ""


ENTRIES = [
    Column("Entry", lambda e: e.pk),
    Column("Recorded", lambda e: e.recorded_at, "instant", "recorded", ("recorded_at",)),
    Column(
        "Year and kind",
        lambda e: f"{years.label(e.line.financial_year)} {e.line.get_kind_display().lower()}",
    ),
    Column("Column", lambda e: e.get_column_display()),
    Column("Amount", lambda e: e.amount, "money", "amount", ("amount",)),
    Column("For", lambda e: e.subject_name, href=_subject_address),
    Column("Why", lambda e: e.reason),
    Column("By", lambda e: e.recorded_by or "The system"),
    Column("Reversal", _standing),
]


@permitted_on_object("funds.view_ledger")
def entries(request, code):
    programme = access_programme(request.user, code)
    given, form = request.GET, AsAtForm(request.GET)
    year, kind, column = given.get("year", ""), given.get("kind", ""), given.get("column", "")
    rows = queries.entries(
        programme,
        clock.end_of_day(form.day),
        year=int(year) if year.isdecimal() and len(year) <= len("2026") else None,
        kind=kind if kind in years.Kind.values else "",
        column=column if column in COLUMNS else "",
    )
    return list_page(
        request,
        rows,
        ENTRIES,
        heading=f"Ledger entries of {programme}",
        noun="movement",
        lead=_lead(year, kind, column, form.day),
        amount="" if column in {"", "free"} else "amount",
        resource=EntrySheet,
        template="funds/entries.html",
        programme=programme,
    )


def _lead(year, kind, column, day):
    words = [column.capitalize() if column in COLUMNS else "All columns"]
    words += [years.label(int(year))] if year.isdecimal() and len(year) <= len("2026") else []
    words += [kind] if kind in years.Kind.values else []
    return f"{', '.join(words)}, as known at the end of {day.day} {day:%B %Y}."
