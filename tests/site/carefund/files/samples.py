"""Files as people send them, and as attackers do."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
TAIL = b"\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
TYPES = b"<Types/>"
RELATIONS = (
    b'<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    b'2006/relationships/%s" Target="https://evil.example/x" TargetMode="External"/>'
    b"</Relationships>"
)


def pdf(objects=b"1 0 obj\n<< /Type /Catalog >>\nendobj\n"):
    return HEAD + objects + TAIL


def pdf_with_packed(objects):
    body = zlib.compress(objects)
    head = b"2 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n"
    return pdf(head % len(body) + body + b"\nendstream\nendobj\n")


def office(part="xl/workbook.xml", content=b"<workbook/>", types=TYPES, **more):
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(part, content)
        for name, held in more.items():
            archive.writestr(name, held)
    return data.getvalue()


def docx(**more):
    return office("word/document.xml", b"<document/>", **more)


def nested(depth):
    held = office()
    for _ in range(depth):
        held = office(**{"xl/embeddings/a.xlsx": held})
    return held


def lying(size=10):
    """An archive whose directory says that a large part is small."""
    data = bytearray(office(content=b"0" * (3 * 1024 * 1024)))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(data)


def locked_zip():
    data = bytearray(office())
    at = data.find(b"PK\x01\x02")
    while at != -1:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(data)


def picture(kind="JPEG", size=(8, 6), **options):
    out = BytesIO()
    Image.new("RGB", size, "green").save(out, kind, **options)
    return out.getvalue()


def photograph():
    """A picture that tells where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 12.5)
    return picture(exif=exif.tobytes())


def huge_picture():
    """A few bytes that would unpack to a hundred million pixels."""
    data = bytearray(picture("PNG"))
    data[16:24] = struct.pack(">II", 20_000, 20_000)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    return bytes(data)
