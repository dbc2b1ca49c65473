"""Text and CSV: text that a person can read, and nothing that a program would run."""

import re

from .refusals import UploadRefused

AS_TEXT = "The file is not plain text. Save it as CSV (UTF-8) or TXT and try again."
MARKUP = re.compile(
    rb"<\s*(script|html|svg|iframe|object|embed|body|img|meta|link|style|!doctype|\?xml|\?php)",
    re.IGNORECASE,
)
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")
# A cell that has a spreadsheet start another program: =cmd|' /C calc'!A0
STARTS_A_PROGRAM = re.compile(rb"[=+@-]\s*[\w.(\"']{1,60}\s*\|\s*['\"]", re.ASCII)


def check(data: bytes) -> bytes:
    if b"\x00" in data or data.startswith(PROGRAMS):
        raise UploadRefused(AS_TEXT)
    if data.lstrip()[:1] == b"<" or MARKUP.search(data):
        raise UploadRefused("The file holds HTML. Save it as plain text or CSV and try again.")
    if STARTS_A_PROGRAM.search(data):
        raise UploadRefused(
            "The file holds a formula that starts a program. Take the formula out and try again."
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        _as_windows_writes(data)
    return data


def _as_windows_writes(data: bytes) -> None:
    text = data.decode("cp1252", errors="replace")
    strange = sum(c == "\ufffd" or (c < " " and c not in "\r\n\t\f") for c in text)
    if strange:
        raise UploadRefused(AS_TEXT)
