from django.http import Http404
from django.shortcuts import render
from wagtail import hooks

from carefund.files.checks import UploadRefused
from carefund.files.serving import attachment

from .cms_files import checked_copy


@hooks.register("before_serve_document", order=1000)
def serve_checked_copy(document, request):
    """After the CMS has asked who may read it: nothing unchecked leaves, and never in the page."""
    try:
        copy = checked_copy(document)
    except (FileNotFoundError, UploadRefused) as error:
        raise Http404 from error
    if not copy.may_be_opened:
        return render(request, "files/shut.html", {"file": copy}, status=409)
    return attachment(copy)
