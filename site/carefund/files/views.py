from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from carefund.core.access import permitted_on_object

from .models import StoredFile


@permitted_on_object("files.open")
def download(request, file_id):
    """The file as an attachment; for everybody else it does not exist."""
    stored = get_object_or_404(StoredFile.objects.select_related("subject_type"), pk=file_id)
    if not request.user.has_perm("files.open", stored) or stored.scan == StoredFile.Scan.INFECTED:
        raise Http404
    response = FileResponse(
        stored.content.open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type=stored.content_type,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
