"""The record for auditors."""

from django.http import Http404
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from carefund.core import clock, sheets
from carefund.core.access import permitted

from . import actions, exports, queries
from .forms import RecordFilter
from .pages import keyset_page
from .rules import visible_to
from .telling import telling


@permitted("audit.read")
@require_safe
def record_list(request):
    filters = RecordFilter(request.GET)
    rows = filters.apply(visible_to(request.user))
    kind = request.GET.get("export", "")
    if kind in sheets.KINDS:
        actions.note_export(form=kind, wanted=filters.wanted, by=request.user)
        return sheets.download(exports.table(rows), kind, f"record-{clock.today().isoformat()}")
    given = request.GET
    page = keyset_page(rows, before=given.get("before", ""), after=given.get("after", ""))
    context = {
        "heading": "The record",
        "noun": "entry",
        "filter_form": filters,
        "page_obj": page,
        "rows": [(row, telling(row.verb).words) for row in page.object_list],
        "chain": queries.chain_status(),
        "older": _with(request, **page.older) if page.older else "",
        "newer": _with(request, **page.newer) if page.newer else "",
        "exports": [
            {"label": label, "href": _with(request, export=kind)}
            for kind, (label, _) in sheets.KINDS.items()
        ],
    }
    return render(request, "audit/list.html", context)


def _with(request, **extra):
    kept = {k: v for k, v in request.GET.items() if k not in {"before", "after", "export"}}
    return f"?{urlencode({**kept, **extra})}"


@permitted("audit.read")
@require_safe
def entry(request, pk):
    row = visible_to(request.user).filter(pk=pk).select_related("link").first()
    if row is None:
        raise Http404
    names = queries.names_in([row])
    context = {
        "entry": row,
        "words": telling(row.verb).words,
        "changes": queries.all_changes(row, names),
        "link": getattr(row, "link", None),
        "subject_url": queries.address_of(row),
        "sound": queries.is_sound(row),
    }
    return render(request, "audit/entry.html", context)
