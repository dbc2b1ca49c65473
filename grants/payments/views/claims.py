"""The authority's pages of a claim."""

from django.shortcuts import render

from carefund.audit.queries import timeline
from carefund.core.access import permitted_on_object
from carefund.core.formats import money
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.files.checks import UploadRefused
from grants.delivery.rules import access_project

from .. import actions, queries
from ..actions import OverGrant
from ..forms import ClaimForm, ReasonForm, field_of
from ..rules import access_claim

PLACES = {
    UploadRefused: "evidence",
    OverGrant: lambda refused: field_of(refused.year, refused.kind),
}


def not_now(request, project, heading, sentence):
    """Instead of a form that could only be refused."""
    context = {"heading": heading, "left": [sentence], "caption": str(project)}
    context["cancel_url"] = project.get_absolute_url()
    return render(request, "delivery/not_now.html", context)


@permitted_on_object("payments.prepare")
def new(request, reference):
    project = access_project(request.user, reference, "payments.prepare")
    left, heading = queries.claimable(project), "Make a claim"
    barred = queries.why_no_claim(project)
    if not barred and not any(room > 0 for room in left.values()):
        barred = "Nothing is left of this grant."
    # What was typed meanwhile stays in its form, with the refusal above it.
    if barred and request.method != "POST":
        return not_now(request, project, heading, barred)
    return form_page(
        request,
        sent(request, ClaimForm, left=left),
        do=lambda form: actions.make_claim(project=project, by=request.user, **form.wanted()),
        to=lambda claim: claim.get_absolute_url(),
        done="The claim is saved. A finance certifier of your organisation is asked to certify it.",
        at=PLACES,
        template="payments/claim_form.html",
        heading=heading,
        caption=str(project),
        cancel_url=project.get_absolute_url(),
    )


@permitted_on_object("payments.prepare")
def change(request, reference):
    row = access_claim(request.user, reference, "payments.prepare")
    initial = {
        "period_starts_on": row.period_starts_on,
        "period_ends_on": row.period_ends_on,
        "narrative": row.narrative,
        **{field_of(line.financial_year, line.kind): line.amount for line in row.lines.all()},
    }
    left = queries.claimable(row.project, besides=row)
    return form_page(
        request,
        sent(request, ClaimForm, left=left, initial=initial),
        do=lambda form: actions.change_claim(claim=row, by=request.user, **form.wanted()),
        to=row.get_absolute_url(),
        done="The claim is changed.",
        at=PLACES,
        template="payments/claim_form.html",
        heading="Change this claim",
        caption=row.reference,
        cancel_url=row.get_absolute_url(),
    )


@permitted_on_object("payments.view_claim")
def claim(request, reference):
    row, user = access_claim(request.user, reference), request.user
    return render(
        request,
        "payments/claim.html",
        {
            "claim": row,
            "lines": row.lines.all(),
            "total": queries.total(row),
            # What the department would do next waits until its project goes on.
            "paused": row.project.state == "paused" and row.state in {"submitted", "approved"},
            "outside": queries.reaches_outside_the_project(row),
            "evidence": queries.evidence_of(row),
            "payment": getattr(row, "payment", None) if row.state == "paid" else None,
            "may": {
                move: user.has_perm(f"payments.{move}", row)
                for move in ("prepare", "certify", "approve", "release")
            },
            "entries": timeline(row, to=request.user),
        },
    )


def _confirm(request, row, form, do, *, done, heading, submit_label, **context):
    return form_page(
        request,
        sent(request, form),
        do=do,
        to=row.get_absolute_url(),
        done=done,
        template="layouts/confirm.html",
        heading=heading,
        caption=f"{row.reference}, {row.project.title}: {money(queries.total(row))}",
        submit_label=submit_label,
        cancel_url=row.get_absolute_url(),
        **context,
    )


@permitted_on_object("payments.certify")
def certify(request, reference):
    row = access_claim(request.user, reference, "payments.certify")
    return _confirm(
        request,
        row,
        NothingToEnter,
        lambda form: actions.certify(claim=row, by=request.user),
        done="The claim is certified. It can be submitted now.",
        heading="Certify this claim",
        consequences=[
            "you say that the money was spent on the project, in the period, as the claim shows",
            "you say that no other grant has paid for it",
        ],
        submit_label="Certify the claim",
    )


@permitted_on_object("payments.prepare")
def submit(request, reference):
    row = access_claim(request.user, reference, "payments.prepare")
    return _confirm(
        request,
        row,
        NothingToEnter,
        lambda form: actions.submit(claim=row, by=request.user),
        done="The claim is submitted.",
        heading="Submit this claim",
        consequences=["a programme officer checks the claim", "you cannot change it any more"],
        submit_label="Submit the claim",
    )


@permitted_on_object("payments.prepare")
def reopen(request, reference):
    row = access_claim(request.user, reference, "payments.prepare")
    return _confirm(
        request,
        row,
        NothingToEnter,
        lambda form: actions.reopen(claim=row, by=request.user),
        done="The claim is a draft again.",
        heading="Reopen this claim",
        consequences=["the certificate lapses; the claim must be certified again"],
        submit_label="Reopen the claim",
    )


@permitted_on_object("payments.prepare")
def withdraw(request, reference):
    row = access_claim(request.user, reference, "payments.prepare")
    return _confirm(
        request,
        row,
        ReasonForm,
        lambda form: actions.withdraw(claim=row, by=request.user, **form.cleaned_data),
        done="The claim is withdrawn.",
        heading="Withdraw this claim",
        consequences=[f"what it claimed {queries.freed(row)}"],
        danger=True,
        submit_label="Withdraw the claim",
    )
