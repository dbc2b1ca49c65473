"""The name of an upload: a name only, with one extension that counts."""

import unicodedata
from pathlib import PurePath

from .refusals import ALLOWED_WORDS, UploadRefused

LONGEST = 150
# What programs and browsers run, wherever in a name it stands.
_ACTIVE = """
ade adp apk app appx bat chm cmd com cpl dll dmg docm dotm exe gadget hta htm html iso jar js jse
jsp lnk mde mht mhtml msc msi msix msp mst php pif potm ppam pptm ps1 py rb reg scr scf sct sh
shtml svg svgz swf url vb vbe vbs wasm wsc wsf wsh xhtml xla xlam xlsb xlsm xltm xml xsl
"""
ACTIVE = frozenset(_ACTIVE.split())
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
RENAME = "Rename the file with letters and digits and upload it again."


def clean_name(name: str) -> str:
    """The file's own name: no folders, no control characters, not longer than a page shows."""
    base = PurePath(name.replace("\\", "/")).name
    base = unicodedata.normalize("NFC", base)
    base = "".join(c for c in base if c.isprintable()).strip(". ")
    return base[-LONGEST:] or "file"


def suffix_of(name: str) -> str:
    return PurePath(clean_name(name)).suffix.lower()


def check_name(name: str) -> None:
    """Raise `UploadRefused` for a name that was made to mislead."""
    if "/" in name or "\\" in name or "\x00" in name:
        raise UploadRefused(f"The file’s name holds a path. {RENAME}")
    if any(unicodedata.bidirectional(c) in {"RLO", "LRO", "RLE", "LRE", "RLI"} for c in name):
        raise UploadRefused(f"The file’s name changes its reading direction. {RENAME}")
    if len(name) > LONGEST:
        raise UploadRefused(f"The file’s name is longer than {LONGEST} characters. Shorten it.")
    _check_parts([part.strip() for part in clean_name(name).lower().split(".")])


def _check_parts(parts: list[str]) -> None:
    if parts[0] in RESERVED:
        raise UploadRefused(f"The file’s name is reserved by Windows. {RENAME}")
    if parts[-1] in {"docm", "xlsm"}:
        raise UploadRefused("The file can hold macros. Save it as DOCX or XLSX and try again.")
    if len(parts) == 1:
        raise UploadRefused(f"The file’s name has no extension. {ALLOWED_WORDS}")
    if any(part in ACTIVE for part in parts[1:-1]):
        raise UploadRefused(f"The file has two extensions. {RENAME}")
