"""Copies of a bid to read away from the screen, and the form to prepare answers on."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from carefund.core import clock
from carefund.core.access import permitted_on_object, public
from programmes.calls.rules import visible_to as calls_visible_to

from ..paper import blank_form, paper_of, pdf, word
from ..rules import access_bid

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITERS = {"pdf": (pdf, "application/pdf"), "docx": (word, DOCX)}


@permitted_on_object("bids.view_own")
def copy(request, reference, kind):
    """The bid as it stands or as it was submitted, and marked as what it is."""
    bid = access_bid(request.user, reference, "bids.view_own")
    if kind not in WRITERS:
        raise Http404
    write, content_type = WRITERS[kind]
    return _file(write(paper_of(bid)), content_type, f"{bid.reference}.{kind}")


@public
def blank(request, code):
    """The questions of a call that has opened as a Word document, for anybody."""
    calls = calls_visible_to(request.user).select_related("programme")
    call = get_object_or_404(calls, code=code)
    if call.opens_at > clock.now() or not call.forms.exists():
        raise Http404
    return _file(word(blank_form(call)), DOCX, f"{call.code}-form.docx")


def _file(content, content_type, name):
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
