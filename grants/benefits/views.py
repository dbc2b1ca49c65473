from django.shortcuts import render

from carefund.audit.queries import timeline
from carefund.core.access import permitted, permitted_on_object
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import form_page, sent
from carefund.core.paths import path_to
from carefund.core.states import State
from carefund.core.years import financial_year
from carefund.files.checks import UploadRefused
from grants.delivery.rules import access_project

from . import actions, queries
from .exports import ObservationSheet
from .forms import ForecastForm, ObservationFilter, ObservationForm, VerifyForm
from .panels import context_of
from .rules import access_benefit, access_observation, visible_to

FOUND = {
    None: State("waiting", "Waiting", "blue"),
    True: State("verified", "Verified", "green"),
    False: State("refused", "Not accepted", "red"),
}
COLUMNS = [
    Column(
        "Benefit",
        lambda o: o.benefit.title,
        key="benefit",
        order=("benefit__title",),
        href=lambda o: o.benefit.get_absolute_url(),
    ),
    Column(
        "Authority",
        lambda o: o.benefit.project.organisation,
        key="authority",
        order=("benefit__project__organisation__name",),
        below=lambda o: o.benefit.project.reference,
    ),
    Column("To", lambda o: o.period_ends_on, "date", "period", ("period_ends_on",)),
    Column("Measured", lambda o: f"{o.measured.normalize():,f} {o.benefit.unit}"),
    Column("Worth", lambda o: o.amount, "money", "worth", ("amount",)),
    Column("Recorded", lambda o: o.recorded_at, "date", "recorded", ("recorded_at",)),
    Column("Status", lambda o: FOUND[queries.found_of(o)], "state"),
]


@permitted("funds.work_cases")
def observations(request):
    filters = ObservationFilter(request.GET)
    rows = queries.to_verify(visible_to(request.user)).order_by("recorded_at", "pk")
    return list_page(
        request,
        filters.apply(rows),
        COLUMNS,
        heading="Measured benefits",
        noun="observation",
        filters=filters,
        amount="amount",
        resource=ObservationSheet,
        empty_text="Authorities record here what their benefits measured.",
    )


@permitted_on_object("benefits.view")
def of_project(request, reference):
    project = access_project(request.user, reference, "benefits.view")
    views = queries.of_project(project)
    context = context_of(project, views, request.user)
    return render(request, "benefits/project.html", {"project": project, "panel": context})


@permitted_on_object("benefits.view")
def benefit(request, pk):
    row, user = access_benefit(request.user, pk), request.user
    (view,) = queries.views_of(visible_to(user).filter(pk=pk).select_related("project"))
    return render(
        request,
        "benefits/benefit.html",
        {
            "benefit": row,
            "view": view,
            "observations": [
                (o, queries.working_of(o), FOUND[queries.found_of(o)], queries.evidence_of(o))
                for o in reversed(view.observations)
            ],
            "may_record": user.has_perm("benefits.record", row),
            "may_verify": user.has_perm("benefits.verify"),
            "entries": timeline(row, to=request.user),
        },
    )


@permitted_on_object("benefits.record")
def record(request, pk):
    row = access_benefit(request.user, pk, "benefits.record")
    return form_page(
        request,
        sent(request, ObservationForm),
        do=lambda form: actions.observe(benefit=row, by=request.user, **form.cleaned_data),
        to=row.get_absolute_url(),
        done="The observation is recorded. An officer verifies it.",
        at={UploadRefused: "evidence", actions.TooLarge: "measured"},
        template="benefits/record.html",
        heading="Record what you measured",
        caption=row.title,
        benefit=row,
        submit_label="Record",
        cancel_url=row.get_absolute_url(),
    )


@permitted_on_object("benefits.record")
def forecast(request, pk):
    row = access_benefit(request.user, pk, "benefits.record")
    first = financial_year(row.project.starts_on)
    return form_page(
        request,
        sent(request, ForecastForm, first_year=first),
        do=lambda form: actions.revise_forecast(benefit=row, by=request.user, **form.cleaned_data),
        to=row.get_absolute_url(),
        done="The forecast is revised. What was promised before stays on the record.",
        heading="Revise the forecast",
        caption=row.title,
        submit_label="Revise",
        cancel_url=row.get_absolute_url(),
    )


@permitted_on_object("benefits.verify")
def verify(request, pk):
    row = access_observation(request.user, pk, "benefits.verify")
    return form_page(
        request,
        sent(request, VerifyForm),
        do=lambda form: actions.verify(observation=row, by=request.user, **form.cleaned_data),
        to=path_to("benefits:list") + "?show=waiting",
        done="Your finding is recorded.",
        template="benefits/verify.html",
        heading="Verify a measured benefit",
        caption=f"{row.benefit.project.organisation}: {row.benefit.title}",
        observation=row,
        working=queries.working_of(row),
        evidence=queries.evidence_of(row),
        submit_label="Record my finding",
        cancel_url=path_to("benefits:list"),
    )
