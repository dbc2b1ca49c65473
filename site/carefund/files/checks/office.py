"""Word and Excel files are archives: unpacked within limits, and free of macros and objects."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from .refusals import MISNAMED, UploadRefused

MOST_UNPACKED = 200 * 1024 * 1024
MOST_OF_ONE = 100 * 1024 * 1024
MOST_PARTS = 10_000
MOST_RATIO = 500  # a part that grows more than this is made to fill a disk
SMALL = 1024 * 1024
CHUNK = 64 * 1024
NESTED = 1  # a chart in a document brings its workbook; nothing deeper
TOO_MUCH = "The file unpacks to too much. Save it again and retry."
DAMAGED = "The file is damaged. Open it, save it again and upload that."
MACROS = "The file holds macros. Save it as DOCX or XLSX without macros and try again."
OBJECTS = "The file has other files or controls inside it. Take them out and try again."
OLD = (
    "The file has a password or is of an old kind. "
    "Save it as DOCX or XLSX without a password and try again."
)
OLE = b"\xd0\xcf\x11\xe0"
ACTIVE_PART = re.compile(
    r"(vbaproject|vbadata|/activex/|/macrosheets/|/ctrlprops/|oleobject|\.exe$|\.js$|\.vbs$)",
    re.IGNORECASE,
)
MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
# A template or object that is fetched from elsewhere when the file is opened.
FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)"
    rb"(?=[^>]*/(attachedTemplate|oleObject|frame|externalLinkPath|subDocument)[\"'])",
    re.IGNORECASE,
)
DEFINES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass
class Budget:
    """What an archive and all in it may unpack to."""

    left: int = MOST_UNPACKED
    parts: int = MOST_PARTS

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise UploadRefused(TOO_MUCH)


def docx(data: bytes) -> bytes:
    return _check(data, "word/document.xml")


def xlsx(data: bytes) -> bytes:
    return _check(data, "xl/workbook.xml")


def _check(data: bytes, main: str) -> bytes:
    if data.startswith(OLE):
        raise UploadRefused(OLD)
    if not data.startswith(b"PK\x03\x04"):
        raise UploadRefused(MISNAMED if not data.startswith(b"PK") else DAMAGED)
    names = _walk(data, Budget(), depth=0)
    if main not in names or "[Content_Types].xml" not in names:
        raise UploadRefused(MISNAMED)
    return data


def _walk(data: bytes, budget: Budget, *, depth: int) -> set[str]:
    """Look into every part, within the budget; the names found."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_directory(infos, data, budget)
            for info in infos:
                _check_part(info, _unpacked(archive, info, budget), budget, depth=depth)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UploadRefused(DAMAGED) from error
    except RuntimeError as error:  # how zipfile says that a password is wanted
        raise UploadRefused(OLD) from error
    return {info.filename for info in infos}


def _check_directory(infos: list[zipfile.ZipInfo], data: bytes, budget: Budget) -> None:
    """What the archive says of itself, before anything is unpacked."""
    budget.parts -= len(infos)
    if budget.parts < 0 or sum(info.file_size for info in infos) > budget.left:
        raise UploadRefused(TOO_MUCH)
    if sum(info.compress_size for info in infos) > len(data):
        raise UploadRefused(TOO_MUCH)  # parts that overlap, to be unpacked many times
    names = [info.filename for info in infos]
    if len(set(names)) != len(names):
        raise UploadRefused(DAMAGED)
    for info in infos:
        if info.flag_bits & 0x1:
            raise UploadRefused(OLD)
        if info.filename.startswith("/") or "\\" in info.filename or ".." in info.filename:
            raise UploadRefused(DAMAGED)
        if ACTIVE_PART.search(info.filename):
            raise UploadRefused(MACROS if "vba" in info.filename.lower() else OBJECTS)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    """The part, read in pieces, however much it says it holds."""
    parts, size = [], 0
    with archive.open(info) as source:
        while piece := source.read(CHUNK):
            size += len(piece)
            budget.spend(len(piece))
            swollen = size > SMALL and size > MOST_RATIO * max(info.compress_size, 1)
            if size > MOST_OF_ONE or swollen:
                raise UploadRefused(TOO_MUCH)
            parts.append(piece)
    return b"".join(parts)


def _check_part(info: zipfile.ZipInfo, content: bytes, budget: Budget, *, depth: int) -> None:
    if content.startswith(OLE):
        raise UploadRefused(OBJECTS)
    if content.startswith(b"PK\x03\x04"):
        if depth >= NESTED:
            raise UploadRefused("The file has archives inside archives. Save it again without.")
        _walk(content, budget, depth=depth + 1)
        return
    if info.filename.lower().endswith((".xml", ".rels", ".vml")):
        if DEFINES.search(content):
            raise UploadRefused(DAMAGED)
        if info.filename == "[Content_Types].xml" and MACRO_TYPE.search(content):
            raise UploadRefused(MACROS)
        if FETCHED.search(content):
            raise UploadRefused(
                "The file fetches parts from elsewhere when it is opened. "
                "Save a copy that holds everything itself and try again."
            )
