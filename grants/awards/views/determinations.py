"""Section 31 determinations: for the department while they are made, for everybody once issued."""

from django.shortcuts import render

from carefund.audit.queries import timeline
from carefund.core.access import fresh, permitted_on_object, public
from carefund.core.formats import money
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to
from carefund.core.sheets import download

from .. import actions, queries
from ..exports import ShareSheet
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
        href=lambda d: path_to("awards:public_determination", d.reference),
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


@public
def amounts(request, reference, kind):
    """What each authority gets, as a file."""
    found = access_published(reference)
    rows = found.shares.select_related("organisation", "determination")
    return download(ShareSheet().table(rows), kind, f"{reference}-amounts")


@permitted_on_object("awards.view_determination")
def listing(request, code):
    programme = access_determinations(request.user, code)
    reference = Column(
        "Reference",
        lambda d: d.reference,
        key="reference",
        order=("reference",),
        href=lambda d: d.get_absolute_url(),
    )
    status = Column("Status", lambda d: d.status, "state", "status", ("state",))
    actions_ = []
    if request.user.has_perm("awards.make_determination", programme):
        href = path_to("awards:new_determination", code)
        actions_.append({"text": "Make a determination", "href": href})
    return list_page(
        request,
        programme.determinations.order_by("-made_at", "-pk"),
        [reference, TITLE, *COMMON, status],
        heading=f"Section 31 determinations of {programme}",
        noun="determination",
        amount="total",
        actions=actions_,
        template="awards/determinations.html",
        empty_text="A determination gives a grant by formula to many authorities at once.",
    )


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
        cancel_url=path_to("awards:manage_determinations", code),
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
        **_steps(request.user, found),
        "entries": timeline(found, to=request.user),
    }
    return render(request, "awards/determination.html", context)


def _steps(user, found):
    """What may be done with a determination once it is issued."""
    issued = found.state == "issued"
    return {
        "may_pay": issued and user.has_perm("awards.pay_determination", found),
        "may_vary": issued and user.has_perm("awards.make_determination", found),
        "may_withdraw": issued and user.has_perm("awards.issue_determination", found),
        "replacements": found.replacements.exclude(state="abandoned"),
    }


@permitted_on_object("awards.pay_determination")
@fresh
def pay(request, reference):
    found = access_determination(request.user, reference, "awards.pay_determination")
    count = found.shares.count()
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: actions.pay_determination(determination=found, by=request.user),
        to=found.get_absolute_url(),
        done="The payment is released.",
        template="layouts/confirm.html",
        heading="Release the payment",
        caption=str(found),
        consequences=[
            f"{money(found.total)} is paid to {count} authorit{'y' if count == 1 else 'ies'}",
            "each authority is told; the determination cannot be replaced or withdrawn any more",
        ],
        submit_label="Release the payment",
        cancel_url=found.get_absolute_url(),
    )


@permitted_on_object("awards.make_determination")
def vary(request, reference):
    found = access_determination(request.user, reference, "awards.make_determination")
    return form_page(
        request,
        sent(request, ReasonForm),
        do=lambda form: actions.vary_determination(
            determination=found, by=request.user, **form.cleaned_data
        ),
        to=lambda made: made.get_absolute_url(),
        done="The draft has the same amounts. Load those that change, then have it issued.",
        heading="Replace this determination",
        caption=str(found),
        submit_label="Make the draft",
        cancel_url=found.get_absolute_url(),
    )


@permitted_on_object("awards.issue_determination")
@fresh
def withdraw(request, reference):
    found = access_determination(request.user, reference, "awards.issue_determination")
    return form_page(
        request,
        sent(request, ReasonForm),
        do=lambda form: actions.withdraw_determination(
            determination=found, by=request.user, **form.cleaned_data
        ),
        to=found.get_absolute_url(),
        done="The determination is withdrawn. Its money is free again.",
        heading="Withdraw this determination",
        caption=str(found),
        submit_label="Withdraw it",
        cancel_url=found.get_absolute_url(),
    )


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
