from django.http import HttpResponse
from django.shortcuts import render

from carefund.core.access import permitted_on_object
from grants.bids.paper import pdf
from grants.bids.rules import address_for

from ..paper import paper_of
from ..rules import access_letter


@permitted_on_object("awards.view_letter")
def letter(request, reference, pk):
    found = access_letter(request.user, reference, pk)
    context = {"letter": found, "bid_url": address_for(request.user, found.choice.bid)}
    return render(request, "awards/letter.html", context)


@permitted_on_object("awards.view_letter")
def letter_pdf(request, reference, pk):
    found = access_letter(request.user, reference, pk)
    response = HttpResponse(pdf(paper_of(found)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{reference}-{found.kind}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
