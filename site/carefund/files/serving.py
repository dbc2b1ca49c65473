"""How a file leaves the service: as an attachment that nothing can run from."""

from django.http import FileResponse, Http404

from .models import StoredFile


def attachment(stored: StoredFile, name: str = "") -> FileResponse:
    """The file itself. The caller has asked who may open it, and whether it may be opened."""
    try:
        content = stored.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=True,
        filename=name or stored.name,
        content_type=stored.content_type,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Download-Options"] = "noopen"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
