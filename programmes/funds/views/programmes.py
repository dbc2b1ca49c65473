"""What programmes are for, who answers for them, and how they are reviewed."""

from django.http import Http404
from django.shortcuts import render

from carefund.audit.queries import timeline
from carefund.core import clock
from carefund.core.access import fresh_to_send, permitted, permitted_on_object
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to

from .. import actions, queries
from ..forms import NewProgrammeForm, ProgrammeForm, RequirementForm, ReviewForm, SourceForm
from ..requirements import requirement as requirement_of
from ..rules import access_programme, access_source, visible_to

COLUMNS = [
    Column(
        "Programme",
        lambda p: p.name,
        key="name",
        order=("name",),
        href=lambda p: path_to("funds:programme", p.code),
    ),
    Column("Senior responsible owner", lambda p: p.senior_responsible_owner),
    Column("Starts", lambda p: p.starts_on, "date", "starts", ("starts_on",)),
    Column("Ends", lambda p: p.ends_on, "date", "ends", ("ends_on",)),
    Column("Announced", lambda p: p.announced_total, "money", "total", ("announced_total",)),
]


@permitted("funds.view_programme")
def programmes(request):
    new = {"text": "Begin a programme", "href": path_to("funds:new_programme")}
    return list_page(
        request,
        visible_to(request.user).order_by("-starts_on", "code"),
        COLUMNS,
        heading="Programmes",
        noun="programme",
        lead="What each programme is for, who answers for it and what its reviews decided.",
        actions=[new] if request.user.has_perm("funds.create_programme") else [],
        empty_text="You have a role in no programme.",
    )


def _page(programme):
    return path_to("funds:programme", programme.code)


@permitted_on_object("funds.view_programme")
def programme(request, code):
    row, user = access_programme(request.user, code, "funds.view_programme"), request.user
    due = queries.review_due(row, clock.today())
    checklist = queries.checklist(row)
    context = {
        "programme": row,
        "themes": row.themes.filter(ended_on__isnull=True),
        "sources": row.funding_sources.all(),
        "checklist": checklist,
        "answered": sum(standing.answer is not None for standing in checklist),
        "reviews": row.annual_reviews.select_related("recorded_by"),
        "review_due": due,
        "review_late": due is not None and due < clock.today(),
        "waiting": row.virements.filter(state="proposed"),
        "manages": user.has_perm("funds.manage_programme", row),
        "reviews_it": user.has_perm("funds.review_programme", row),
        "proposes": user.has_perm("funds.propose_virement", row),
        "entries": timeline(row, to=user, most=20),
    }
    return render(request, "funds/programme.html", context)


def _form(request, row, form, do, **context):
    context.setdefault("caption", row.name)
    return form_page(request, form, do=do, to=_page(row), cancel_url=_page(row), **context)


@permitted("funds.create_programme")
def new_programme(request):
    return form_page(
        request,
        sent(request, NewProgrammeForm),
        do=lambda form: actions.create_programme(by=request.user, **form.values),
        to=_page,
        done="The programme is begun. Give its officers their roles next.",
        heading="Begin a programme",
        submit_label="Begin the programme",
        cancel_url=path_to("funds:portfolio"),
    )


@permitted_on_object("funds.manage_programme")
def change(request, code):
    row = access_programme(request.user, code, "funds.manage_programme")

    def save(form):
        actions.update_programme(programme=row, by=request.user, **form.values)
        actions.save_themes(programme=row, names=form.themes, by=request.user)
        return row

    return _form(
        request,
        row,
        sent(request, ProgrammeForm, initial=ProgrammeForm.initial_of(row)),
        save,
        done="The programme is changed.",
        heading="Change the programme",
        submit_label="Save",
    )


@permitted_on_object("funds.manage_programme")
def source(request, code):
    row = access_programme(request.user, code, "funds.manage_programme")
    return _form(
        request,
        row,
        sent(request, SourceForm),
        lambda form: actions.add_source(programme=row, by=request.user, **form.cleaned_data),
        done="The source is added.",
        heading="Add a funding source",
        submit_label="Add",
    )


@permitted_on_object("funds.manage_programme")
def remove_source(request, code, number):
    found = access_source(request.user, code, number)
    return _form(
        request,
        found.programme,
        sent(request, NothingToEnter),
        lambda form: actions.remove_source(source=found, by=request.user) or True,
        template="layouts/confirm.html",
        done="The source is removed.",
        heading=f"Remove the funding source: {found}",
        submit_label="Remove",
        danger=True,
    )


@permitted_on_object("funds.manage_programme")
def requirement(request, code, number):
    row = access_programme(request.user, code, "funds.manage_programme")
    asked = requirement_of(number)
    if asked is None:
        raise Http404
    earlier = list(row.requirement_answers.filter(number=number).select_related("recorded_by"))
    last = earlier[0] if earlier else None
    start = {"stance": last.stance, "evidence": last.evidence} if last else {}
    return _form(
        request,
        row,
        sent(request, RequirementForm, initial=start),
        lambda form: actions.answer_requirement(
            programme=row, number=number, by=request.user, **form.cleaned_data
        ),
        template="funds/requirement.html",
        done="The answer is recorded. Earlier answers stay.",
        heading=f"{asked.number}. {asked.title}",
        submit_label="Record the answer",
        asked=asked,
        earlier=earlier,
    )


@permitted_on_object("funds.review_programme")
@fresh_to_send
def review(request, code):
    row = access_programme(request.user, code, "funds.review_programme")
    return _form(
        request,
        row,
        sent(request, ReviewForm, initial={"reviewed_on": clock.today()}),
        lambda form: actions.review_programme(programme=row, by=request.user, **form.cleaned_data),
        template="funds/review.html",
        done="The review is written down.",
        heading="Write down the annual review",
        submit_label="Write it down",
    )
