from django.http import Http404
from django.shortcuts import redirect, render

from carefund.core import clock
from carefund.core.access import permitted, permitted_on_object, signed_in
from programmes.funds.rules import access_programme
from programmes.organisations.queries import organisations_of
from reports.publications.document.html import chart_block

from .. import queries


@signed_in
def start(request):
    home = queries.home_of(request.user)
    return redirect(home) if home else render(request, "dashboards/nobody.html")


@permitted("funds.work_cases")
def today(request):
    piles = [pile for pile in queries.work_of_staff(request.user) if pile.count]
    return render(
        request,
        "dashboards/today.html",
        {
            "piles": piles,
            "groups": queries.groups(piles, clock.today()),
            "longer": [pile for pile in piles if pile.count > len(pile.lines)],
        },
    )


@permitted("organisations.view_own")
def organisation(request):
    mine = organisations_of(request.user)
    wanted = request.GET.get("organisation", "")
    chosen = next((o for o in mine if not wanted or str(o.pk) == wanted), None)
    if chosen is None:
        raise Http404
    work = queries.work_of_member(request.user, chosen)
    return render(
        request,
        "dashboards/organisation.html",
        {
            "organisation": chosen,
            "others": [o for o in mine if o != chosen],
            "next": work[0] if work else None,
            "work": work[1:],
            "today": clock.today(),
            **queries.overview(chosen),
        },
    )


@permitted_on_object("funds.view_programme")
def money(request, code):
    """Budget, reserved, committed, paid and free of one programme, by year."""
    programme = access_programme(request.user, code, "funds.view_programme")
    found = queries.money_of(programme)
    context = {
        "programme": programme,
        "rows": found.rows,
        "chart": chart_block(found.chart) if found.chart else None,
        "calls": found.calls,
        "day": clock.today(),
    }
    return render(request, "dashboards/money.html", context)
