"""Files of the CMS go through the same checks as files of bids, and are served from the copy."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.documents.models import Document
from wagtail.images.forms import BaseImageForm

from carefund.core.actors import SYSTEM
from carefund.files.actions import found_in, remove, store
from carefund.files.checks import UploadRefused, accept
from carefund.files.clamav import ScannerDown, TooLargeToScan
from carefund.files.models import StoredFile
from carefund.files.queries import files_of


class Checked:
    """A form whose `file` is looked into; what is kept is what the check gave back."""

    cleaned_data: dict[str, Any]
    changed_data: list[str]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if not upload or "file" not in self.changed_data:
            return upload
        upload.seek(0)
        try:
            accepted = accept(upload.name, upload.read())
        except UploadRefused as refused:
            raise ValidationError(str(refused)) from refused
        return SimpleUploadedFile(accepted.name, accepted.data, accepted.content_type)


class CheckedDocumentForm(Checked, BaseDocumentForm):
    pass


class CheckedImageForm(Checked, BaseImageForm):
    """Pictures are served as they are, so the scanner looks at each before it is kept."""

    def clean_file(self) -> Any:
        picture = super().clean_file()
        if picture and "file" in self.changed_data:
            _refuse_harm(picture.read())
            picture.seek(0)
        return picture


def _refuse_harm(data: bytes) -> None:
    try:
        found = found_in(data)
    except ScannerDown as down:
        raise ValidationError(
            "The virus scanner does not answer, so the picture was not kept. Try again in a while."
        ) from down
    except TooLargeToScan as large:
        raise ValidationError(
            "The picture is too large for the virus scanner. Choose a smaller one."
        ) from large
    if found:
        raise ValidationError(
            f"The virus scanner found something harmful ({found}). Choose another picture."
        )


def checked_copy(document: Document) -> StoredFile:
    """The copy of the document that may be served, made and given to the scanner if there is none.

    Raises `UploadRefused` for one that came in past the form.
    """
    role = f"cms:{document.get_file_hash()}"
    found = files_of(document, role).last()
    if found is not None:
        return found
    with document.file.open("rb") as source:
        upload = SimpleUploadedFile(document.filename, source.read())
    by = document.uploaded_by_user or SYSTEM
    return store(upload=upload, subject=document, role=role, by=by)


def forget_copies(document: Document) -> None:
    remove(rows=files_of(document), reason="The document was deleted in the CMS.")
