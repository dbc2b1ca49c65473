"""Partners of a bid: who confirmed what, and who has not."""

from django.shortcuts import render

from carefund.core.access import fresh, permitted_on_object
from carefund.core.money import ZERO
from carefund.core.outcomes import form_page, sent
from carefund.core.paths import path_to

from .. import actions
from ..forms import AskPartnerForm, ChangePartnerForm, PartnerAnswerForm
from ..rules import access_bid, access_partner


def _back(bid):
    return path_to("bids:partners", bid.reference)


@permitted_on_object("bids.view_own")
def partners(request, reference):
    bid = access_bid(request.user, reference, "bids.view_own")
    rows = list(bid.partners.select_related("guest__user", "guest__invitation", "answered_by"))
    context = {
        "bid": bid,
        "partners": rows,
        "confirmed": len([row for row in rows if row.answer == "confirmed"]),
        "waiting": [row for row in rows if row.answer == "waiting"],
        "declined": [row for row in rows if row.answer == "declined"],
        "given": sum((row.contribution for row in rows), ZERO),
        "own": [row.pk for row in rows if row.guest.user_id == request.user.pk],
        "may_ask": request.user.has_perm("bids.invite_guest", bid),
    }
    return render(request, "bids/partners.html", context)


@permitted_on_object("bids.invite_guest")
@fresh
def ask(request, reference):
    bid = access_bid(request.user, reference, "bids.invite_guest")
    return form_page(
        request,
        sent(request, AskPartnerForm),
        do=lambda form: actions.ask_partner(bid=bid, by=request.user, **form.cleaned_data),
        to=_back(bid),
        done="The partner was invited by email. The invitation can be accepted for 7 days.",
        heading="Ask a partner to confirm its part",
        caption=str(bid),
        submit_label="Send the invitation",
        cancel_url=_back(bid),
    )


@permitted_on_object("bids.invite_guest")
def change(request, reference, number):
    bid = access_bid(request.user, reference, "bids.invite_guest")
    row = access_partner(request.user, bid, number, "bids.invite_guest")
    initial = {"part": row.part, "contribution": row.contribution}
    return form_page(
        request,
        sent(request, ChangePartnerForm, initial=initial),
        do=lambda form: (
            actions.change_partner(partner=row, by=request.user, **form.cleaned_data) or True
        ),
        to=_back(bid),
        done=f"{row.organisation} is asked to confirm what you saved.",
        heading=f"Change the part of {row.organisation}",
        caption=str(bid),
        cancel_url=_back(bid),
    )


@permitted_on_object("bids.answer_as_partner")
def answer(request, reference, number):
    """The page of the partner itself."""
    bid = access_bid(request.user, reference, "bids.view_own")
    row = access_partner(request.user, bid, number, "bids.answer_as_partner")
    return form_page(
        request,
        sent(request, PartnerAnswerForm),
        do=lambda form: (
            actions.answer_partner(
                partner=row,
                confirms=form.cleaned_data["answer"] == "confirm",
                remark=form.cleaned_data["remark"],
                by=request.user,
            )
            or True
        ),
        to=_back(bid),
        done=f"{bid.organisation} was told your answer.",
        template="bids/partner_answer.html",
        heading="Confirm your part",
        caption=str(bid),
        partner=row,
        submit_label="Send your answer",
        cancel_url=_back(bid),
    )
