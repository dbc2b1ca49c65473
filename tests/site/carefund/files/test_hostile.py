"""What is refused, each with a sentence that says what to do."""

import pytest

from carefund.files.checks import UploadRefused, accept, check

from .samples import (
    HEAD,
    RELATIONS,
    docx,
    huge_picture,
    locked_zip,
    lying,
    nested,
    office,
    pdf,
    pdf_with_packed,
    photograph,
    picture,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
HTML = b"<html><script>alert(1)</script></html>"
HOSTILE = [
    # Names
    ("../../etc/passwd.pdf", pdf(), "path"),
    ("..\\..\\windows\\plan.pdf", pdf(), "path"),
    ("/etc/plan.pdf", pdf(), "path"),
    ("plan.pdf\x00.exe", pdf(), "path"),
    ("plan\u202efdp.exe.pdf", pdf(), "reading direction"),
    ("a" * 200 + ".pdf", pdf(), "longer than"),
    ("con.pdf", pdf(), "reserved"),
    ("LPT1.txt", b"x", "reserved"),
    ("noextension", pdf(), "no extension"),
    ("...", pdf(), "no extension"),
    ("plan.exe.pdf", pdf(), "two extensions"),
    ("plan.html.txt", b"x", "two extensions"),
    ("plan.svg.png", picture("PNG"), "two extensions"),
    ("plan.php.jpg", picture(), "two extensions"),
    ("plan.docm.docx", docx(), "two extensions"),
    ("plan.pdf.exe", pdf(), "Upload a PDF"),
    ("plan.html", HTML, "Upload a PDF"),
    ("plan.svg", b"<svg onload='x()'/>", "Upload a PDF"),
    ("plan.zip", office(), "Upload a PDF"),
    ("plan.xml", b"<a/>", "Upload a PDF"),
    ("plan.docm", docx(), "macros"),
    ("plan.xlsm", office(), "macros"),
    # Emptiness and mismatches
    ("plan.pdf", b"", "empty"),
    ("plan.pdf", HTML, "not what its name says"),
    ("plan.pdf", b"GIF89a" + pdf(), "not what its name says"),
    ("plan.png", picture(), "not what its name says"),
    ("plan.jpg", picture("PNG"), "not what its name says"),
    ("plan.png", HTML, "not what its name says"),
    ("plan.jpg", b"\xff\xd8\xff" + HTML, "damaged"),
    ("plan.jpg", picture()[:200], "damaged"),
    ("plan.png", huge_picture(), "too large"),
    ("plan.xlsx", pdf(), "not what its name says"),
    ("plan.xlsx", docx(), "not what its name says"),
    ("plan.docx", office(), "not what its name says"),
    # Archives
    ("plan.xlsx", b"PK not an archive", "damaged"),
    ("plan.xlsx", office()[:-30], "damaged"),
    ("plan.xlsx", lying(), "damaged|unpacks to too much"),
    ("plan.xlsx", office(content=b"0" * (60 * 1024 * 1024)), "unpacks to too much"),
    ("plan.xlsx", office(**{f"a{n}": b"" for n in range(10_001)}), "unpacks to too much"),
    ("plan.xlsx", nested(2), "archives inside archives"),
    ("plan.xlsx", office(**{"../../x": b"x"}), "damaged"),
    ("plan.xlsx", office(**{"/etc/x": b"x"}), "damaged"),
    ("plan.xlsx", locked_zip(), "password"),
    ("plan.docx", OLE, "password"),
    ("plan.docx", docx(**{"word/vbaProject.bin": b"x"}), "macros"),
    ("plan.docx", docx(types=b"<Types macroEnabled/>"), "macros"),
    ("plan.xlsx", office(**{"xl/macrosheets/sheet1.xml": b"<a/>"}), "inside it"),
    ("plan.docx", docx(**{"word/embeddings/oleObject1.bin": b"x"}), "inside it"),
    ("plan.docx", docx(**{"word/embeddings/thing.bin": OLE}), "inside it"),
    ("plan.docx", docx(**{"word/activeX/activeX1.xml": b"<a/>"}), "inside it"),
    (
        "plan.docx",
        docx(**{"word/_rels/settings.xml.rels": RELATIONS % b"attachedTemplate"}),
        "elsewhere",
    ),
    (
        "plan.xlsx",
        office(content=b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'),
        "damaged",
    ),
    # PDF
    ("plan.pdf", HEAD + b"1 0 obj\n<<>>\nendobj\n", "not complete"),
    ("plan.pdf", pdf(b"1 0 obj << /OpenAction << /S /JavaScript /JS (x) >> >> endobj"), "script"),
    ("plan.pdf", pdf(b"1 0 obj << /S /J#61vaScript >> endobj"), "script"),
    ("plan.pdf", pdf(b"1 0 obj << /S /Launch /F (cmd.exe) >> endobj"), "script"),
    ("plan.pdf", pdf_with_packed(b"1 0 << /S /JavaScript /JS (x) >>"), "script"),
    ("plan.pdf", pdf(b"1 0 obj << /Names << /EmbeddedFiles 2 0 R >> >> endobj"), "files inside"),
    ("plan.pdf", pdf(b"trailer << /Encrypt 5 0 R >>"), "password"),
    # Text
    ("plan.txt", b"a\x00b", "not plain text"),
    ("plan.txt", b"MZ\x90 program", "not plain text"),
    ("plan.txt", b"#!/bin/sh\nrm -r /", "not plain text"),
    ("plan.csv", b"\x01\x02\x03\x81", "not plain text"),
    ("plan.csv", b"  <script>x()</script>", "HTML"),
    ("plan.csv", b"a,b\n1,<img src=x onerror=x()>\n", "HTML"),
    ("plan.txt", b"See <svg onload=x()>", "HTML"),
    ("plan.csv", b"a,b\n=cmd|' /C calc'!A0,1\n", "starts a program"),
    ("plan.csv", b"a,b\n@SUM(cmd|'/C calc'!A0),1\n", "starts a program"),
]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    HOSTILE,
    ids=[f"{n}-{words}" for n, (_, _, words) in enumerate(HOSTILE)],
)
def test_hostile_upload_is_refused_with_a_sentence(name, data, words):
    with pytest.raises(UploadRefused, match=words) as caught:
        check(name, data)
    assert caught.value.message.endswith(".")
    assert len(caught.value.message) < 160


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Plan v1.2 (final).pdf", pdf()),
        ("Cynllun gofal – ŵyl.pdf", pdf()),
        ("about javascript.pdf", pdf(b"1 0 obj << /Title (Why /JSON is fine) >> endobj")),
        ("deep.xlsx", nested(1)),
        ("link.docx", docx(**{"word/_rels/document.xml.rels": RELATIONS % b"hyperlink"})),
        ("costs.csv", b"a,b\n-1,+2\n=SUM(A1:A2),1\n"),
        ("costs.csv", "a,b\n£1,é\n".encode("cp1252")),
        ("notes.txt", b"a < b and c > d\n"),
        ("photo.jpeg", picture()),
        ("photo.PNG", picture("PNG")),
    ],
)
def test_honest_upload_is_taken(name, data):
    assert check(name, data)


def test_photograph_loses_where_it_was_taken():
    before = photograph()
    assert b"A camera" in before
    kept = accept("home.jpg", before).data
    assert b"A camera" not in kept
    assert b"Exif" not in kept


def test_picture_with_a_program_behind_it_loses_the_program():
    assert HTML not in accept("home.jpg", picture() + HTML).data


def test_archive_of_many_small_parts_is_not_taken_for_a_bomb():
    assert check("plan.xlsx", office(**{f"xl/a{n}.xml": b"<a/>" for n in range(500)}))
