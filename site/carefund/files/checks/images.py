"""Pictures are read and written anew: what is no picture cannot be, and metadata stays behind.

A photograph tells where and when it was taken. Of people's homes that is personal data.
"""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from .refusals import MISNAMED, UploadRefused

MOST_PIXELS = 60_000_000
DAMAGED = "The picture is damaged. Open it, save it again and upload that."


def png(data: bytes) -> bytes:
    return _rewritten(data, "PNG", b"\x89PNG\r\n\x1a\n", optimize=False)


def jpeg(data: bytes) -> bytes:
    return _rewritten(data, "JPEG", b"\xff\xd8\xff", quality=92)


def _rewritten(data: bytes, kind: str, signature: bytes, **options: object) -> bytes:
    if not data.startswith(signature):
        raise UploadRefused(MISNAMED)
    try:
        # Nothing is unpacked before its size is known; only this one decoder may try.
        with Image.open(BytesIO(data), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UploadRefused("The picture is too large. Make it smaller and try again.")
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            profile = picture.info.get("icc_profile")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadRefused("The picture is too large. Make it smaller and try again.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise UploadRefused(DAMAGED) from error
    bare = upright.copy()
    bare.info.clear()
    out = BytesIO()
    bare.save(out, kind, **options, **({"icc_profile": profile} if profile else {}))
    return out.getvalue()
