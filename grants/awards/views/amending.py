"""Other amounts for an offer that waits for its answer."""

from django.shortcuts import render

from carefund.core.access import fresh, permitted_on_object
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to

from .. import actions, queries
from ..forms import AmendForm, ReasonForm
from ..rules import access_amendment, access_offer, can_approve_amendment


@permitted_on_object("awards.amend_offer")
def amend(request, reference):
    row = access_offer(request.user, reference, "awards.amend_offer")
    now = queries.lines_of(row, row.version)
    pots = sorted({*queries.free_by_pot(row.bid.call), *now})
    return form_page(
        request,
        sent(request, AmendForm, pots=pots, now=now),
        do=lambda form: actions.amend(
            offer=row,
            amounts=form.amounts(),
            reason=form.cleaned_data["reason"],
            by=request.user,
        ),
        to=lambda made: made.get_absolute_url(),
        done="The change is recorded.",
        template="awards/amend.html",
        heading="Change the amounts of this offer",
        caption=f"Offer {row.reference} to {row.organisation}",
        offer=row,
        submit_label="Change the amounts",
        cancel_url=row.get_absolute_url(),
    )


@permitted_on_object("awards.view_amendment")
def amendment(request, reference, version):
    row = access_amendment(request.user, reference, version)
    turn = queries.amendment_turn(row)
    context = {
        "amendment": row,
        "offer": row.offer,
        "differences": queries.changed_by(row),
        "approvals": row.approvals.select_related("given_by"),
        "who_decides": queries.in_turn(queries.amendment_chain(row)),
        "waits_for": queries.in_turn([turn.step] if turn.step else []),
        "may_approve": can_approve_amendment(request.user, row),
        "may_withdraw": row.state == "proposed"
        and request.user.has_perm("awards.amend_offer", row.offer),
        "sees_offer": request.user.has_perm("awards.view_offer", row.offer),
    }
    return render(request, "awards/amendment.html", context)


@permitted_on_object("awards.approve_amendment")
@fresh
def approve_amendment(request, reference, version):
    row = access_amendment(request.user, reference, version, "awards.approve_amendment")
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: actions.approve_amendment(amendment=row, by=request.user),
        to=row.get_absolute_url(),
        done="Your approval is given.",
        template="layouts/confirm.html",
        heading="Approve this change",
        caption=str(row),
        consequences=[
            "with the last approval the money is committed and the offer has the new amounts",
            "the authority is told at once",
        ],
        submit_label="Approve",
        cancel_url=row.get_absolute_url(),
    )


@permitted_on_object("awards.amend_offer")
def withdraw_amendment(request, reference, version):
    offer = access_offer(request.user, reference, "awards.amend_offer")
    row = access_amendment(request.user, offer.reference, version)
    return form_page(
        request,
        sent(request, ReasonForm),
        do=lambda form: actions.withdraw_amendment(
            amendment=row, by=request.user, **form.cleaned_data
        ),
        to=path_to("awards:offer", reference),
        done="The change was given up. The offer stays as it is.",
        heading="Give up this change",
        caption=str(row),
        submit_label="Give it up",
        cancel_url=row.get_absolute_url(),
    )
