from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from carefund.core import clock
from carefund.core.access import permitted_on_object, public
from carefund.core.days import day_in
from carefund.core.errors import NotAllowed, Refused
from programmes.organisations.models import Organisation

from . import actions
from .boards import months_until, shares
from .forms import StatementForm
from .models import Location, Target
from .rules import access_target

# Five years, and which of their months the page shows.
MONTHS, EVERY = 60, 12


@permitted_on_object("targets.record")
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, code: str) -> HttpResponse:
    """Record what was said about a target."""
    target = access_target(request.user, code, "targets.record")
    form = StatementForm(request.POST or None)
    if form.is_valid():
        try:
            actions.record_observation(target=target, said=form.said(), by=request.user)
        except NotAllowed:
            raise
        except Refused as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(request, "The statement is recorded.")
            return redirect("targets:record", code=code)
    context = {"form": form, "heading": "Record a statement", "caption": target.name}
    status = 400 if form.errors else 200
    return render(request, "layouts/form.html", context, status=status)


@public
@require_safe
def boards(request: HttpRequest, code: str) -> HttpResponse:
    """Care locations with digital records by board, once a year, as known on a day."""
    target = get_object_or_404(Target, code=code)
    day = _day(request.GET.get("as_at", ""))
    months = months_until(day, MONTHS)[EVERY - 1 :: EVERY]
    by_board: dict[int, list] = {}
    for share in shares(months, clock.end_of_day(day)):
        by_board.setdefault(share.board_id, []).append(share)
    names = Organisation.objects.filter(pk__in=by_board).order_by("name")
    rows = [
        {"name": board.name, "shares": by_board[board.pk], "last": by_board[board.pk][-1]}
        for board in names
    ]
    context = {
        "target": target,
        "day": day,
        "months": months,
        "rows": rows,
        "sample": Location.objects.filter(is_sample=True).exists(),
    }
    return render(request, "targets/boards.html", context)


def _day(text: str) -> date:
    """A day that has passed; today for what is none."""
    return min(day_in(text) or clock.today(), clock.today())
