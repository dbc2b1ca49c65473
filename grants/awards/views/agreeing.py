"""What stands between an offer and its agreement, and the agreement itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from carefund.core.access import fresh, permitted_on_object
from carefund.core.outcomes import form_page, sent
from carefund.core.paths import path_to
from grants.bids.paper import pdf
from grants.bids.rules import address_for

from .. import actions, queries
from ..forms import ClauseForm, MessageForm, SignForm
from ..paper import agreement_paper
from ..rules import access_agreement, access_clauses, access_offer


@permitted_on_object("awards.view_offer")
def conversation(request, reference):
    """What both sides have written about an offer."""
    row = access_offer(request.user, reference)
    if request.method == "POST":
        row = access_offer(request.user, reference, "awards.write_message")
    return form_page(
        request,
        sent(request, MessageForm),
        do=lambda form: actions.write_message(offer=row, by=request.user, **form.cleaned_data),
        to=path_to("awards:messages", reference),
        done="Your message was sent.",
        template="awards/messages.html",
        heading="Questions about this offer",
        caption=f"Offer {row.reference} to {row.organisation}",
        offer=row,
        written=row.messages.select_related("sent_by"),
        may_write=row.state == "offered" and request.user.has_perm("awards.write_message", row),
        submit_label="Send the message",
        cancel_url=row.get_absolute_url(),
    )


@permitted_on_object("awards.view_offer")
def agreement(request, reference):
    found = access_agreement(request.user, reference)
    signature = getattr(found, "signature", None)
    context = {
        "offer": found.offer,
        "agreement": found,
        "signature": signature,
        "content": found.content,
        "has_moved": queries.moved_since_accepted(found.offer),
        "bid_url": address_for(request.user, found.offer.bid),
        "may_see_clauses": request.user.has_perm("awards.view_clauses", found.offer),
        "may_sign": signature is None
        and request.user.has_perm("awards.sign_agreement", found.offer),
    }
    return render(request, "awards/agreement.html", context)


@permitted_on_object("awards.view_offer")
def agreement_pdf(request, reference):
    found = access_agreement(request.user, reference)
    response = HttpResponse(pdf(agreement_paper(found)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{reference}-agreement.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@permitted_on_object("awards.sign_agreement")
@fresh
def sign(request, reference):
    found = access_agreement(request.user, reference, "awards.sign_agreement")
    back = path_to("awards:agreement", reference)
    return form_page(
        request,
        sent(request, SignForm, initial={"seen": found.fingerprint}),
        do=lambda form: actions.sign(
            agreement=found, seen=form.cleaned_data["seen"], by=request.user
        ),
        to=back,
        done="The agreement is signed by both sides.",
        template="awards/sign.html",
        heading="Sign this agreement for the funder",
        caption=reference,
        offer=found.offer,
        agreement=found,
        submit_label="Sign the agreement",
        cancel_url=back,
    )


@permitted_on_object("awards.view_clauses")
def clauses(request, code):
    programme = access_clauses(request.user, code)
    context = {
        "programme": programme,
        "clauses": queries.clauses_in_force(programme),
        "changes": programme.clauses.select_related("made_by").order_by("-made_at", "-pk"),
        "may": request.user.has_perm("awards.write_clauses", programme),
    }
    return render(request, "awards/clauses.html", context)


@permitted_on_object("awards.write_clauses")
@fresh
def change_clause(request, code, key):
    programme = access_clauses(request.user, code, "awards.write_clauses")
    try:
        standing = queries.clause_of(programme, key)
    except KeyError as error:
        raise Http404 from error
    back = path_to("awards:clauses", code)
    initial = {"text": standing.text, "seen": standing.version}
    return form_page(
        request,
        sent(request, ClauseForm, initial=initial),
        do=lambda form: actions.change_clause(
            programme=programme, key=key, by=request.user, **form.cleaned_data
        ),
        to=back,
        done="Offers made from now on have the new text. Those made before keep theirs.",
        at={actions.TextChanged: "text"},
        heading=f"Change “{standing.title}”",
        caption=programme.name,
        submit_label="Save the new version",
        cancel_url=back,
    )
