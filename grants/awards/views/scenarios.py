"""Constraints of a round, the scenarios worked out under them, and their comparison."""

from django.http import Http404
from django.shortcuts import render

from carefund.core.access import permitted_on_object
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to

from .. import actions, queries
from ..forms import NameForm, ScenarioForm, WishForm
from ..models import Constraint
from ..rules import access_constraint, access_round, access_scenario


@permitted_on_object("awards.view_round")
def constraints(request, pk):
    row = access_round(request.user, pk)
    wishes = [(wish, queries.in_words(wish)) for wish in queries.wishes_of(row)]
    may = row.state == "draft" and request.user.has_perm("awards.make_round", row)
    context = {"allocation": row, "wishes": wishes, "may": may, "kinds": Constraint.Kind.choices}
    return render(request, "awards/constraints.html", context)


@permitted_on_object("awards.make_round")
def new_constraint(request, pk, kind):
    row = access_round(request.user, pk, "awards.make_round")
    if kind not in Constraint.Kind.values:
        raise Http404
    back = path_to("awards:constraints", pk)
    return form_page(
        request,
        sent(request, WishForm, allocation=row, kind=kind),
        do=lambda form: actions.add_constraint(
            allocation=row, kind=kind, by=request.user, **form.values()
        ),
        to=back,
        done="The constraint is set. Work out a scenario to see what it does.",
        heading=Constraint.Kind(kind).label,
        caption=str(row),
        submit_label="Set the constraint",
        cancel_url=back,
    )


@permitted_on_object("awards.make_round")
def remove_constraint(request, pk, wish):
    found = access_constraint(request.user, pk, wish)
    back = path_to("awards:constraints", pk)
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: actions.remove_constraint(
            allocation=found.round, constraint=found, by=request.user
        ),
        to=back,
        done="The constraint is removed.",
        template="layouts/confirm.html",
        heading="Remove this constraint",
        caption=queries.in_words(found),
        submit_label="Remove the constraint",
        cancel_url=back,
    )


@permitted_on_object("awards.view_round")
def scenarios(request, pk):
    row = access_round(request.user, pk)
    found = list(row.scenarios.select_related("made_by").order_by("pk"))
    may = row.state == "draft" and request.user.has_perm("awards.make_round", row)
    context = {
        "allocation": row,
        "scenarios": found,
        "compared": queries.compared(row, found),
        "may": may,
    }
    return render(request, "awards/scenarios.html", context)


@permitted_on_object("awards.make_round")
def new_scenario(request, pk):
    row = access_round(request.user, pk, "awards.make_round")
    initial = {"minimum_score": row.method.get("minimum_score", "50"), "objective": "score"}
    return form_page(
        request,
        sent(request, ScenarioForm, initial=initial),
        do=lambda form: actions.make_scenario(
            allocation=row, name=form.cleaned_data["name"], aim=form.aim(), by=request.user
        ),
        to=lambda made: made.get_absolute_url(),
        done="The scenario is worked out and kept.",
        heading="Work out a scenario",
        caption=str(row),
        submit_label="Work it out",
        cancel_url=path_to("awards:scenarios", pk),
    )


@permitted_on_object("awards.make_round")
def keep(request, pk):
    row = access_round(request.user, pk, "awards.make_round")
    return form_page(
        request,
        sent(request, NameForm),
        do=lambda form: actions.keep_selection(
            allocation=row, by=request.user, **form.cleaned_data
        ),
        to=path_to("awards:scenarios", pk),
        done="The selection is kept as a scenario.",
        heading="Keep this selection as a scenario",
        caption=str(row),
        submit_label="Check and keep it",
        cancel_url=row.get_absolute_url(),
    )


@permitted_on_object("awards.view_round")
def scenario(request, pk, number):
    found = access_scenario(request.user, pk, number)
    row = found.round
    context = {
        "scenario": found,
        "allocation": row,
        "compared": queries.compared(row, [found]),
        "what_if": queries.explained(found),
        "bids": _bids(found),
        "progress": f"{found.steps_done} of {found.steps_all}",
        "stale": row.is_open and queries.is_stale(found),
        "is_used": row.scenario_id == found.pk,
        "may": row.state == "draft" and request.user.has_perm("awards.make_round", row),
    }
    return render(request, "awards/scenario.html", context)


def _bids(found):
    """Each bid with its share and why it is in or out."""
    shares, why = found.shares, found.result.get("why", {})
    return [(b, shares.get(b.pk), why.get(str(b.pk), "")) for b in queries.bids_of(found.round)]


@permitted_on_object("awards.make_round")
def use(request, pk, number):
    found = access_scenario(request.user, pk, number, "awards.make_round")
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: actions.use_scenario(scenario=found, by=request.user),
        to=found.round.get_absolute_url(),
        done=f"“{found.name}” is now the selection of this round.",
        template="layouts/confirm.html",
        heading="Take this scenario as the selection",
        caption=found.name,
        consequences=["what was chosen for each bid before is replaced", "conditions stay"],
        submit_label="Take it",
        cancel_url=found.get_absolute_url(),
    )
