"""The department's pages of a claim."""

from carefund.core.access import fresh, permitted, permitted_on_object
from carefund.core.formats import money
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to
from grants.delivery.forms import ClosingForm
from grants.delivery.rules import access_project

from .. import actions, queries
from ..exports import ClaimSheet
from ..forms import ApproveForm, ClaimFilter, ReasonForm, RecoverForm
from ..rules import access_claim, tally_for, visible_to
from .claims import not_now

COLUMNS = [
    Column(
        "Claim",
        lambda c: c.reference,
        key="reference",
        order=("reference",),
        href=lambda c: c.get_absolute_url(),
    ),
    Column(
        "Authority",
        lambda c: c.project.organisation,
        key="authority",
        order=("project__organisation__name", "project__title"),
        below=lambda c: c.project.title,
    ),
    Column("Amount", lambda c: c.total, "money", "amount", ("total",)),
    Column("Period to", lambda c: c.period_ends_on, "date", "period", ("period_ends_on",)),
    Column("Submitted", lambda c: c.submitted_at, "date", "submitted", ("submitted_at",)),
    Column("Status", lambda c: c.status, "state", "status", ("state",)),
]
READS = (
    *("reference", "total", "period_ends_on", "submitted_at", "state", "is_sample"),
    *("project__title", "project__organisation__name"),
)


@permitted("funds.work_cases")
def claims(request):
    filters = ClaimFilter(request.GET)

    def find():
        rows = queries.for_lists(visible_to(request.user)).order_by("-submitted_at", "-pk")
        return filters.apply(rows)

    return list_page(
        request,
        find,
        COLUMNS,
        heading="Claims",
        noun="claim",
        filters=filters,
        amount="total",
        resource=ClaimSheet,
        reads=READS,
        tally=None if filters.chosen("q") else tally_for(request.user, filters.chosen("state")),
        empty_text="Claims appear here when an authority submits them.",
    )


def _decide(request, row, form, do, *, done, heading, submit_label, to="", **context):
    return form_page(
        request,
        sent(request, form),
        do=do,
        to=to or row.get_absolute_url(),
        done=done,
        template="layouts/confirm.html",
        heading=heading,
        caption=f"{row.reference}, {row.project.organisation}: {money(queries.total(row))}",
        submit_label=submit_label,
        cancel_url=row.get_absolute_url(),
        **context,
    )


@permitted_on_object("payments.approve")
def approve(request, reference):
    row = access_claim(request.user, reference, "payments.approve")
    return _decide(
        request,
        row,
        ApproveForm,
        lambda form: actions.approve(claim=row, by=request.user, **form.cleaned_data),
        done="The claim is approved. A finance officer releases the money.",
        heading="Approve this claim",
        consequences=["the ledger shows the amount as claimed"],
        submit_label="Approve the claim",
    )


@permitted_on_object("payments.approve")
def refuse(request, reference):
    row = access_claim(request.user, reference, "payments.approve")
    return _decide(
        request,
        row,
        ReasonForm,
        lambda form: actions.refuse(claim=row, by=request.user, **form.cleaned_data),
        done="The claim is refused.",
        heading="Refuse this claim",
        consequences=["nothing is paid for it", f"what it claimed {queries.freed(row)}"],
        danger=True,
        submit_label="Refuse the claim",
    )


@permitted_on_object("payments.approve")
def send_back(request, reference):
    row = access_claim(request.user, reference, "payments.approve")
    return _decide(
        request,
        row,
        ReasonForm,
        lambda form: actions.return_to_authority(claim=row, by=request.user, **form.cleaned_data),
        # The claim is a draft now, which the department does not see.
        to=path_to("payments:list"),
        done="The claim is returned to the authority.",
        heading="Return this claim",
        consequences=["its certificate lapses; the authority changes it and certifies it again"],
        submit_label="Return the claim",
    )


@permitted_on_object("payments.release")
@fresh
def release(request, reference):
    row = access_claim(request.user, reference, "payments.release")
    return _decide(
        request,
        row,
        NothingToEnter,
        lambda form: actions.release(claim=row, by=request.user),
        done="The payment is released.",
        heading="Release this payment",
        consequences=[
            f"{money(queries.total(row))} is paid to {row.project.organisation}",
            "the ledger shows it as paid, and the authority is told",
        ],
        submit_label="Release the payment",
    )


@permitted_on_object("payments.recover")
@fresh
def recover(request, reference):
    project = access_project(request.user, reference, "payments.recover")
    pots = sorted((pot, amount) for pot, amount in queries.paid(project).items() if amount > 0)
    return form_page(
        request,
        sent(request, RecoverForm, pots=pots),
        do=lambda form: actions.recover(project=project, by=request.user, **form.wanted()),
        to=project.get_absolute_url(),
        done="The recovery is recorded. The ledger shows less paid.",
        heading="Recover money",
        caption=str(project),
        submit_label="Record the recovery",
        cancel_url=project.get_absolute_url(),
    )


@permitted_on_object("payments.give_back")
def give_back(request, reference):
    """The rest of a grant whose project was closed before this was done at once."""
    project = access_project(request.user, reference, "payments.give_back")
    heading, rest = "Give what is left back to the budget", queries.rest(project)
    if barred := queries.why_nothing_goes_back(project):
        return not_now(request, project, heading, barred)
    sums = {
        "that is not claimed goes back and can no longer be claimed": rest,
        "that was recovered is free on the budget again": queries.recovered_but_committed(project),
    }
    asked = {"label": "How do you know that the authority has made its last claim?", "rest": rest}
    return form_page(
        request,
        sent(request, ClosingForm, **asked),
        do=lambda form: actions.give_back_rest(
            project=project, by=request.user, **form.cleaned_data
        ),
        to=project.get_absolute_url(),
        done="The rest of the grant is back on its budget lines.",
        template="layouts/confirm.html",
        heading=heading,
        caption=str(project),
        consequences=[
            *(f"{money(amount)} {words}" for words, amount in sums.items() if amount),
            "claims already made go on as before",
        ],
        submit_label="Give it back",
        cancel_url=project.get_absolute_url(),
    )
