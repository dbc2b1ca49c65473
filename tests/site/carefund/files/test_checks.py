import zipfile
from io import BytesIO

import pytest

from carefund.files.checks import UploadRefused, check, clean_name

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def office(part="xl/workbook.xml", content=b"<workbook/>"):
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("plan.pdf", PDF, "application/pdf"),
        ("costs.csv", b"a,b\n1,2\n", "text/csv"),
        (
            "costs.xlsx",
            office(),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_check_accepts_what_is_what_it_says(name, data, kind):
    assert check(name, data) == kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.pdf", b""),
        ("page.html", b"<html></html>"),
        ("picture.svg", b"<svg onload='x()'/>"),
        ("page.pdf", b"<html><script>x()</script></html>"),
        ("run.exe.pdf", PDF),
        ("noextension", PDF),
        ("page.csv", b"  <script>x()</script>"),
        ("binary.txt", b"a\x00b"),
        ("fake.xlsx", b"PK not a zip"),
        ("other.docx", office()),
        ("picture.png", PDF),
    ],
)
def test_check_refuses_with_a_sentence(name, data):
    with pytest.raises(UploadRefused) as caught:
        check(name, data)
    assert caught.value.message.endswith(".")


def test_check_refuses_a_zip_bomb():
    bomb = office(content=b"0" * (201 * 1024 * 1024))
    with pytest.raises(UploadRefused, match="unpacks to too much"):
        check("bomb.xlsx", bomb)


def test_check_refuses_what_is_too_large(settings):
    settings.FILE_UPLOAD_LIMIT = 10
    with pytest.raises(UploadRefused, match="smaller than"):
        check("plan.pdf", PDF)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\temp\\plan.pdf", "plan.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("...", "file"),
    ],
)
def test_clean_name_keeps_only_the_files_own_name(name, clean):
    assert clean_name(name) == clean
