"""What may be uploaded, decided by content and name together, never by what the browser says."""

import zipfile
from io import BytesIO
from pathlib import PurePath

import puremagic
from django.conf import settings

from carefund.core.errors import Refused

# Extension -> content type under which it is served, and the signatures its content may have.
ALLOWED = {
    ".pdf": ("application/pdf", {".pdf"}),
    ".png": ("image/png", {".png"}),
    ".jpg": ("image/jpeg", {".jpg", ".jpeg"}),
    ".jpeg": ("image/jpeg", {".jpg", ".jpeg"}),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", set()),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", set()),
    ".csv": ("text/csv", set()),
    ".txt": ("text/plain", set()),
}
_OFFICE_PART = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_PARTS = 10_000
_ALLOWED_WORDS = "Upload a PDF, PNG, JPG, DOCX, XLSX, CSV or TXT file."


class UploadRefused(Refused):
    """A file that cannot be taken, with what to do instead."""


def clean_name(name: str) -> str:
    """The file's own name: no folders, no control characters, one extension that counts."""
    base = PurePath(name.replace("\\", "/")).name
    base = "".join(c for c in base if c.isprintable()).strip(". ")
    return base[-150:] or "file"


def check(name: str, data: bytes) -> str:
    """The content type to store. Raises `UploadRefused` with a sentence for the person."""
    if not data:
        raise UploadRefused("The file is empty. Choose another file.")
    if len(data) > settings.FILE_UPLOAD_LIMIT:
        most = settings.FILE_UPLOAD_LIMIT // (1024 * 1024)
        raise UploadRefused(f"The file must be smaller than {most} MB.")
    suffixes = [s.lower() for s in PurePath(name).suffixes]
    if not suffixes or suffixes[-1] not in ALLOWED:
        raise UploadRefused(_ALLOWED_WORDS)
    if any(s in {".exe", ".js", ".html", ".htm", ".svg", ".bat", ".cmd"} for s in suffixes[:-1]):
        raise UploadRefused("The file has two extensions. Rename it and upload it again.")
    content_type, signatures = ALLOWED[suffixes[-1]]
    _check_content(suffixes[-1], signatures, data)
    return content_type


def _check_content(suffix: str, signatures: set[str], data: bytes) -> None:
    if suffix in _OFFICE_PART:
        _check_office(_OFFICE_PART[suffix], data)
    elif signatures:
        try:
            found = puremagic.from_string(data)
        except puremagic.PureError:
            found = ""
        if found not in signatures:
            raise UploadRefused(f"The file is not what its name says. {_ALLOWED_WORDS}")
    elif b"\x00" in data or data.lstrip()[:1] == b"<":
        raise UploadRefused("The file is not plain text. Save it as CSV or TXT and try again.")


def _check_office(part: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            if part not in {info.filename for info in infos}:
                raise UploadRefused(f"The file is not what its name says. {_ALLOWED_WORDS}")
            if sum(info.file_size for info in infos) > _MOST_UNPACKED or len(infos) > _MOST_PARTS:
                raise UploadRefused("The file unpacks to too much. Save it again and retry.")
    except zipfile.BadZipFile as error:
        raise UploadRefused("The file is damaged. Save it again and retry.") from error
