"""Documents of the CMS leave by this door, past the one that the CMS brings.

A hook of the CMS cannot do it: it takes no answer that streams.
"""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import Document

from carefund.core.access import public
from carefund.files.checks import UploadRefused
from carefund.files.serving import attachment

from .cms_files import checked_copy


@public
@require_safe
def serve(request, document_id, document_filename) -> HttpResponseBase:
    """The checked copy, after the CMS has asked who may read it."""
    document = get_object_or_404(Document, pk=document_id)
    if document.filename != document_filename:
        raise Http404
    for ask in hooks.get_hooks("before_serve_document"):
        answer = ask(document, request)
        if isinstance(answer, HttpResponse):
            return answer
    try:
        copy = checked_copy(document)
    except (FileNotFoundError, UploadRefused) as error:
        raise Http404 from error
    if not copy.may_be_opened:
        return render(request, "files/shut.html", {"file": copy}, status=409)
    return attachment(copy)
