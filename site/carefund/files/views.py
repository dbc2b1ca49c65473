from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from carefund.core.access import permitted_on_object

from .models import StoredFile


@permitted_on_object("files.open")
@require_safe
def download(request, file_id):
    """The file as an attachment; for everybody else it does not exist."""
    stored = get_object_or_404(StoredFile.objects.select_related("subject_type"), pk=file_id)
    if not request.user.has_perm("files.open", stored):
        raise Http404
    if not stored.may_be_opened:
        return render(request, "files/shut.html", {"file": stored}, status=409)
    try:
        content = stored.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Download-Options"] = "noopen"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
