"""Files that answer a question: kept with the bid, under the key of the question."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from carefund.core.actors import Actor
from carefund.files.actions import store
from carefund.files.checks import UploadRefused, accept
from carefund.files.models import StoredFile
from carefund.files.queries import files_of
from carefund.questions.entries import Files

from .models import Bid
from .queries import held_files

ROLE = "question:"


def keeper(bid: Bid, by: Actor) -> Files:
    """How the pages of a bid keep uploads. The caller has asked whether `by` may edit it."""

    def refusal(upload: Any) -> str:
        try:
            accept(upload.name, upload.read(settings.FILE_UPLOAD_LIMIT + 1))
        except UploadRefused as error:
            return error.message
        finally:
            upload.seek(0)
        return ""

    def keep(upload: Any, question: str) -> dict[str, Any]:
        kept = store(upload=upload, subject=bid, role=f"{ROLE}{question}"[:80], by=by)
        return {"id": str(kept.pk), "name": kept.name, "size": kept.size}

    return Files(refusal, keep)


def documents_of(bid: Bid) -> QuerySet[StoredFile]:
    """The files of a submitted bid: of its answers only what they still hold."""
    rows = files_of(bid)
    return rows.exclude(role__startswith=ROLE) | rows.filter(pk__in=held_files(bid))
