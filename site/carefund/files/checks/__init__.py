"""What may be uploaded, decided by content and name together, never by what the browser says."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from . import images, office, pdf, plain
from .names import check_name, clean_name, suffix_of
from .refusals import ALLOWED_WORDS, UploadRefused

__all__ = ["Accepted", "UploadRefused", "accept", "check", "clean_name"]

Check = Callable[[bytes], bytes]
# Extension -> the content type under which it is served, and what looks into it. Each check
# returns what is to be kept: the same bytes, or (for pictures) the same without metadata.
ALLOWED: dict[str, tuple[str, Check]] = {
    ".pdf": ("application/pdf", pdf.check),
    ".png": ("image/png", images.png),
    ".jpg": ("image/jpeg", images.jpeg),
    ".jpeg": ("image/jpeg", images.jpeg),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        office.docx,
    ),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", office.xlsx),
    ".csv": ("text/csv", plain.check),
    ".txt": ("text/plain", plain.check),
}


@dataclass(frozen=True)
class Accepted:
    """A file as it will be kept: its own name, the type that was found, the bytes."""

    name: str
    content_type: str
    data: bytes


def accept(name: str, data: bytes) -> Accepted:
    """Look into an upload. Raises `UploadRefused` with a sentence that says what to do."""
    check_name(name)
    if not data:
        raise UploadRefused("The file is empty. Choose another file.")
    if len(data) > settings.FILE_UPLOAD_LIMIT:
        most = settings.FILE_UPLOAD_LIMIT // (1024 * 1024)
        raise UploadRefused(
            f"The file must be smaller than {most} MB. Make it smaller or split it."
        )
    suffix = suffix_of(name)
    if suffix not in ALLOWED:
        raise UploadRefused(ALLOWED_WORDS)
    content_type, look = ALLOWED[suffix]
    return Accepted(clean_name(name), content_type, look(data))


def check(name: str, data: bytes) -> str:
    """The content type to store."""
    return accept(name, data).content_type
