from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from carefund.core.access import permitted_on_object

from .models import StoredFile
from .rules import name_for
from .serving import attachment


@permitted_on_object("files.open")
@require_safe
def download(request, file_id):
    """The file as an attachment; for everybody else it does not exist."""
    stored = get_object_or_404(StoredFile.objects.select_related("subject_type"), pk=file_id)
    if not request.user.has_perm("files.open", stored):
        raise Http404
    if not stored.may_be_opened:
        return render(request, "files/shut.html", {"file": stored}, status=409)
    return attachment(stored, name_for(request.user, stored))
