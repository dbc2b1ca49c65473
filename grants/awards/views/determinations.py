"""Section 31 determinations: for the department while they are made, for everybody once issued."""

from django.shortcuts import render
from django.urls import reverse

from carefund.audit.queries import timeline
from carefund.core.access import fresh, permitted_on_object, public
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import NothingToEnter, form_page, sent

from .. import actions, queries
from ..forms import DeterminationForm, ReasonForm
from ..rules import (
    access_determination,
    access_determinations,
    access_published,
    determining_programmes,
)

TITLE = Column("Determination", lambda d: d.title, key="title", order=("title",))
COMMON = [
    Column("Year", lambda d: d.financial_year, "year", "year", ("financial_year",)),
    Column("Kind", lambda d: d.get_kind_display(), key="kind", order=("kind",)),
    Column("Total", lambda d: d.total, "money", "total", ("total",)),
]


@public
def published(request):
    reference = Column(
        "Reference",
        lambda d: d.reference,
        key="reference",
        order=("reference",),
        href=lambda d: reverse("awards:public_determination", args=[d.reference]),
    )
    return list_page(
        request,
        queries.published_determinations(),
        [reference, TITLE, *COMMON],
        heading="Section 31 grant determinations",
        noun="determination",
        amount="total",
        empty_text="Determinations are listed here when they have been issued.",
        template="awards/published_determinations.html",
        programmes=determining_programmes(request.user),
    )


def _shown(determination):
    shares = determination.shares.select_related("organisation__region")
    return {"determination": determination, "shares": shares}


@public
def public_determination(request, reference):
    found = access_published(reference)
    return render(request, "awards/public_determination.html", _shown(found))


@permitted_on_object("awards.view_determination")
def listing(request, code):
    programme = access_determinations(request.user, code)
    rows = programme.determinations.all()
    context = {
        "programme": programme,
        "determinations": rows,
        "may": request.user.has_perm("awards.make_determination", programme),
    }
    return render(request, "awards/determinations.html", context)


@permitted_on_object("awards.make_determination")
def new(request, code):
    programme = access_determinations(request.user, code, "awards.make_determination")
    return form_page(
        request,
        sent(request, DeterminationForm),
        do=lambda form: actions.make_determination(
            programme=programme, by=request.user, **form.cleaned_data
        ),
        to=lambda made: made.get_absolute_url(),
        done="The draft was made. Load the amounts from a spreadsheet now.",
        heading="New section 31 determination",
        caption=programme.name,
        submit_label="Make the draft",
        cancel_url=reverse("awards:manage_determinations", args=[code]),
    )


@permitted_on_object("awards.view_determination")
def one(request, reference):
    found = access_determination(request.user, reference)
    draft = found.state == "draft"
    context = {
        **_shown(found),
        "given": queries.given_by(found),
        "left_out": queries.left_out_of(found) if draft else [],
        "may_load": draft and request.user.has_perm("awards.make_determination", found),
        "may_issue": draft and request.user.has_perm("awards.issue_determination", found),
        "entries": timeline(found, to=request.user),
    }
    return render(request, "awards/determination.html", context)


@permitted_on_object("awards.issue_determination")
@fresh
def issue(request, reference):
    found = access_determination(request.user, reference, "awards.issue_determination")
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: actions.issue_determination(determination=found, by=request.user),
        to=found.get_absolute_url(),
        done="The determination is issued. All amounts are committed.",
        template="layouts/confirm.html",
        heading="Issue this determination",
        caption=str(found),
        consequences=[
            "the amounts of all authorities are committed in the ledger at once",
            "the determination is published with every amount",
            "it cannot be changed any more",
        ],
        submit_label="Issue the determination",
        cancel_url=found.get_absolute_url(),
    )


@permitted_on_object("awards.make_determination")
def abandon(request, reference):
    found = access_determination(request.user, reference, "awards.make_determination")
    return form_page(
        request,
        sent(request, ReasonForm),
        do=lambda form: actions.abandon_determination(
            determination=found, by=request.user, **form.cleaned_data
        ),
        to=found.get_absolute_url(),
        done="The determination was abandoned.",
        heading="Abandon this determination",
        caption=str(found),
        submit_label="Abandon",
        cancel_url=found.get_absolute_url(),
    )
