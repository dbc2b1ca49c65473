"""PDF: whole, without a password, and without anything that acts by itself.

Looks at the objects, also at those packed into object streams, but not into page content, where
nothing can act. It is no virus scanner; that is ClamAV's part.
"""

import re
import zlib

from .refusals import MISNAMED, UploadRefused

STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
OBJECT_STREAM = re.compile(
    rb"<<(?P<head>[^>]*?/ObjStm.*?)>>\s*stream\r?\n(?P<body>.*?)endstream", re.DOTALL
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
AS_A_NAME = rb"/(%s)(?=[\s/<>\[\]()%%]|$)"
ACTS = re.compile(AS_A_NAME % b"JavaScript|JS|Launch|ImportData|RichMedia|GoToE|SubmitForm")
ATTACHES = re.compile(AS_A_NAME % b"EmbeddedFiles?|Filespec")
LOCKED = re.compile(AS_A_NAME % b"Encrypt")
MOST_UNPACKED = 50 * 1024 * 1024
TAIL = 2048


def check(data: bytes) -> bytes:
    if not data.startswith(b"%PDF-"):
        raise UploadRefused(MISNAMED)
    if b"%%EOF" not in data[-TAIL:]:
        raise UploadRefused("The file is not complete. Save or scan it again and upload that.")
    visible = _names_read(STREAM.sub(b"", data))
    if LOCKED.search(visible):
        raise UploadRefused("The PDF has a password. Save a copy without one and upload that.")
    for part in (visible, _names_read(_packed_objects(data))):
        if ACTS.search(part):
            raise UploadRefused(
                "The PDF can run a program or a script. Print it to a new PDF and upload that."
            )
        if ATTACHES.search(part):
            raise UploadRefused(
                "The PDF has files inside it. Take them out and upload them one by one."
            )
    return data


def _names_read(data: bytes) -> bytes:
    """Names may hide their letters: /J#53 is /JS."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _packed_objects(data: bytes) -> bytes:
    parts, left = [], MOST_UNPACKED
    for found in OBJECT_STREAM.finditer(data):
        if b"FlateDecode" not in found["head"]:
            parts.append(found["body"])
            continue
        try:
            part = zlib.decompressobj().decompress(found["body"].lstrip(b"\r\n"), left)
        except zlib.error:
            continue  # nothing that reads the file can read this part either
        left -= len(part)
        if left <= 0:
            raise UploadRefused("The PDF unpacks to too much. Print it to a new PDF.")
        parts.append(part)
    return b"\n".join(parts)
