"""Changes of the budget: proposed by one person, approved by another."""

import uuid

from django.shortcuts import render

from carefund.audit.queries import timeline
from carefund.core.access import fresh, fresh_to_send, permitted_on_object
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to

from .. import actions
from ..forms import DeclineForm, VirementForm
from ..rules import access_programme, access_virement

COLUMNS = [
    Column("Change", lambda v: v.words, href=lambda v: v.get_absolute_url()),
    Column("Amount", lambda v: v.amount, "money", "amount", ("amount",)),
    Column("Date", lambda v: v.dated_on, "date", "date", ("dated_on",)),
    Column("Proposed by", lambda v: v.proposed_by or "The system"),
    Column("Decided by", lambda v: v.decided_by),
    Column("State", lambda v: v.status, "state", "state", ("state",)),
]


@permitted_on_object("funds.view_programme")
def virements(request, code):
    row = access_programme(request.user, code, "funds.view_programme")
    new = {
        "text": "Propose a change of the budget",
        "href": path_to("funds:propose_virement", code),
    }
    rows = row.virements.select_related("programme", "proposed_by", "decided_by")
    return list_page(
        request,
        rows.order_by("-proposed_at", "-pk"),
        COLUMNS,
        heading="Changes of the budget",
        noun="change",
        lead=row.name,
        amount="amount",
        actions=[new] if request.user.has_perm("funds.propose_virement", row) else [],
        empty_text="The budget is as it was loaded. Whoever proposes a change says why.",
    )


@permitted_on_object("funds.propose_virement")
@fresh
def propose(request, code):
    row = access_programme(request.user, code, "funds.propose_virement")
    return form_page(
        request,
        sent(request, VirementForm, initial={"key": uuid.uuid4().hex}),
        do=lambda form: actions.propose_virement(programme=row, by=request.user, **form.values),
        to=lambda virement: virement.get_absolute_url(),
        done="The change is proposed. A senior officer who is not you decides.",
        template="funds/propose.html",
        heading="Propose a change of the budget",
        caption=row.name,
        lines=row.budget_lines.all(),
        submit_label="Propose the change",
        cancel_url=path_to("funds:ledger", code),
    )


@permitted_on_object("funds.view_programme")
def virement(request, code, number):
    row, user = access_virement(request.user, code, number, "funds.view_programme"), request.user
    context = {
        "virement": row,
        "may_decide": row.state == "proposed" and user.has_perm("funds.decide_virement", row),
        "may_withdraw": row.state == "proposed" and user.has_perm("funds.withdraw_virement", row),
        "entries": timeline(row, to=user),
    }
    return render(request, "funds/virement.html", context)


def _decide(request, row, form, do, **context):
    return form_page(
        request,
        form,
        do=do,
        to=row.get_absolute_url(),
        cancel_url=row.get_absolute_url(),
        caption=row.programme.name,
        template="layouts/confirm.html",
        **context,
    )


@permitted_on_object("funds.decide_virement")
@fresh_to_send
def approve(request, code, number):
    row = access_virement(request.user, code, number, "funds.decide_virement")
    return _decide(
        request,
        row,
        sent(request, NothingToEnter),
        lambda form: actions.approve_virement(virement=row, by=request.user),
        done="The budget is changed.",
        heading="Approve the change of the budget",
        consequences=[f"£{row.amount:,.2f} moves: {row.words}", "both entries stand in the ledger"],
        submit_label="Approve",
    )


@permitted_on_object("funds.decide_virement")
def decline(request, code, number):
    row = access_virement(request.user, code, number, "funds.decide_virement")
    return _decide(
        request,
        row,
        sent(request, DeclineForm),
        lambda form: actions.decline_virement(virement=row, by=request.user, **form.cleaned_data),
        done="The change is declined.",
        heading="Decline the change of the budget",
        submit_label="Decline",
    )


@permitted_on_object("funds.withdraw_virement")
def withdraw(request, code, number):
    row = access_virement(request.user, code, number, "funds.withdraw_virement")
    return _decide(
        request,
        row,
        sent(request, NothingToEnter),
        lambda form: actions.withdraw_virement(virement=row, by=request.user),
        done="Your proposal is taken back.",
        heading="Take the proposal back",
        submit_label="Take it back",
    )
