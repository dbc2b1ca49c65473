from django.shortcuts import redirect, render

from carefund.core.access import permitted, permitted_on_object, signed_in
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import form_page, sent
from carefund.core.paths import path_to
from grants.bids.rules import address_for

from .. import actions, queries
from ..actions.offers import agreement_content
from ..exports import OfferSheet
from ..forms import AcceptForm, OfferFilter, ReasonForm
from ..rules import access_offer, offers_visible_to

COLUMNS = [
    Column(
        "Offer",
        lambda o: o.reference,
        key="reference",
        order=("reference",),
        href=lambda o: o.get_absolute_url(),
    ),
    Column("Authority", lambda o: o.organisation, key="authority", order=("organisation__name",)),
    Column("Project", lambda o: o.bid.title, key="project", order=("bid__title",)),
    Column("Amount", lambda o: o.amount, "money", "amount", ("amount",)),
    Column("Status", lambda o: o.status, "state", "status", ("state",)),
    Column("Answer by", lambda o: o.expires_at, "date", "expires", ("expires_at",)),
]


def _list(request, heading):
    filters = OfferFilter(request.GET)
    return list_page(
        request,
        filters.apply(queries.for_lists(offers_visible_to(request.user))),
        COLUMNS,
        heading=heading,
        noun="offer",
        filters=filters,
        amount="amount",
        resource=OfferSheet,
        empty_text="Offers are made when an allocation round is approved.",
    )


@permitted("funds.work_cases")
def offers(request):
    return _list(request, "Offers")


@signed_in
def own_offers(request):
    """Those of the person's organisations; who works cases has a list of all."""
    if request.user.has_perm("funds.work_cases"):
        return redirect("awards:offers")
    return _list(request, "Your offers")


@permitted_on_object("awards.view_offer")
def offer(request, reference):
    row = access_offer(request.user, reference)
    answerable = queries.can_be_answered(row)
    return render(
        request,
        "awards/offer.html",
        {
            "offer": row,
            "content": agreement_content(row),
            "bid_url": address_for(request.user, row.bid),
            # An award made elsewhere and registered here has none.
            "has_agreement": hasattr(row, "agreement"),
            "has_moved": row.state == "accepted" and queries.moved_since_accepted(row),
            "lines": row.lines.all(),
            "may_answer": answerable and request.user.has_perm("awards.answer_offer", row),
            "answerable": answerable,
            "changed": (changed := _last_change(request.user, row)),
            "differences": queries.changed_by(changed) if changed else [],
            "may_amend": answerable and request.user.has_perm("awards.amend_offer", row),
            "sees_amendments": request.user.has_perm("awards.view_chain", row),
            "may_write": row.state == "offered"
            and request.user.has_perm("awards.write_message", row),
            "written": row.messages.count(),
            "entries": queries.history_of(row, to=request.user),
        },
    )


def _last_change(user, offer):
    """The change that is in force, or for the department one that waits for approval."""
    states = ["made", "proposed"] if user.has_perm("awards.view_chain", offer) else ["made"]
    rows = offer.amendments.filter(state__in=states).select_related("offer")
    return rows.order_by("-version").first()


@permitted_on_object("awards.answer_offer")
def accept(request, reference):
    row = access_offer(request.user, reference, "awards.answer_offer")
    return form_page(
        request,
        sent(request, AcceptForm, initial={"seen": row.version}),
        do=lambda form: actions.accept(offer=row, by=request.user, seen=form.cleaned_data["seen"]),
        to=path_to("awards:agreement", reference),
        done="You have accepted the grant. Your project has begun.",
        template="awards/accept.html",
        heading="Accept this grant",
        caption=row.reference,
        offer=row,
        submit_label="Accept the grant",
        cancel_url=row.get_absolute_url(),
    )


@permitted_on_object("awards.answer_offer")
def decline(request, reference):
    row = access_offer(request.user, reference, "awards.answer_offer")
    return form_page(
        request,
        sent(request, ReasonForm),
        do=lambda form: actions.decline(offer=row, by=request.user, **form.cleaned_data),
        to=row.get_absolute_url(),
        done="You have declined the grant.",
        template="layouts/confirm.html",
        heading="Decline this grant",
        caption=row.reference,
        consequences=["the money is free for other bids", "this bid cannot be funded any more"],
        danger=True,
        submit_label="Decline the grant",
        cancel_url=row.get_absolute_url(),
    )
