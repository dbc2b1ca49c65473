"""Files of the CMS: looked into as those of bids, scanned, and served as attachments."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, CollectionViewRestriction

from carefund.files.models import StoredFile
from tests.site.carefund.files import clamd as samples_in_scanner
from tests.site.carefund.files import samples
from tests.site.carefund.files.clamd import clamd

HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def editor(story, client):
    story.people.editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(story.people.editor)
    return client


def upload(client, name, data, kind="documents", **more):
    sent = {
        "title": "Guidance",
        "file": SimpleUploadedFile(name, data),
        "collection": Collection.get_first_root_node().pk,
        **more,
    }
    return client.post(reverse(f"wagtail{'docs' if kind == 'documents' else kind}:add"), sent)


def document(client, data=b"What to write.", name="guidance.txt"):
    assert upload(client, name, data).status_code == 302
    return Document.objects.get()


def fetch(client, row):
    """The answer, read to its end, which closes it."""
    answer = client.get(reverse("wagtaildocs_serve", args=[row.pk, row.filename]))
    answer.whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


HOSTILE = [
    ("page.html", HTML),
    ("drawing.svg", SVG),
    ("page.pdf", HTML),
    ("drawing.txt.svg", SVG),
    ("guidance.html.pdf", samples.pdf()),
    ("bomb.docx", samples.lying()),
    ("macros.docx", samples.office(part="word/vbaProject.bin", content=b"x")),
    ("locked.docx", samples.locked_zip()),
    ("script.pdf", samples.pdf(b"1 0 obj\n<< /JS (app.alert(1)) /S /JavaScript >>\nendobj\n")),
    ("empty.txt", b""),
]


@pytest.mark.parametrize(("name", "data"), HOSTILE, ids=[name for name, _ in HOSTILE])
def test_hostile_documents_are_refused_with_a_sentence(editor, name, data):
    answer = upload(editor, name, data)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"][0].endswith(".")
    assert not Document.objects.exists()
    many = editor.post(
        reverse("wagtaildocs:add_multiple"),
        {"files[]": SimpleUploadedFile(name, data), "collection": "1"},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert many.json()["success"] is False
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


PICTURES = [
    ("drawing.svg", SVG),
    ("drawing.png", SVG),
    ("bomb.png", samples.huge_picture()),
    ("page.jpg", HTML),
]


@pytest.mark.parametrize(("name", "data"), PICTURES, ids=[name for name, _ in PICTURES])
def test_hostile_pictures_are_refused(editor, name, data):
    answer = upload(editor, name, data, kind="images")
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Image.objects.exists()


def test_a_picture_leaves_behind_where_it_was_taken(editor):
    assert upload(editor, "home.jpg", samples.photograph(), kind="images").status_code == 302
    with Image.objects.get().file.open("rb") as source, Picture.open(source) as kept:
        assert not kept.getexif()


def test_with_a_scanner_a_picture_is_kept_only_when_found_clean(editor, settings, tmp_path):
    with clamd(tmp_path / "clamd") as (where, scanned):
        settings.CLAMAV_SOCKET = where
        assert upload(editor, "home.jpg", samples.photograph(), kind="images").status_code == 302
    with Image.objects.get().file.open("rb") as kept:
        assert scanned == [kept.read()]
    answer = upload(editor, "away.jpg", samples.photograph(), kind="images")
    assert "The virus scanner does not answer" in answer.content.decode()
    assert Image.objects.count() == 1


@pytest.mark.parametrize("limit", [10, 10**9])
def test_a_picture_that_the_scanner_refuses_is_not_kept(
    editor, settings, tmp_path, monkeypatch, limit
):
    monkeypatch.setattr(samples_in_scanner, "EICAR", samples.photograph()[:2])
    with clamd(tmp_path / "clamd", limit=limit) as (where, _):
        settings.CLAMAV_SOCKET = where
        answer = upload(editor, "home.jpg", samples.photograph(), kind="images")
    words = "something harmful" if limit > 10 else "too large for the virus scanner"
    assert words in answer.content.decode()
    assert not Image.objects.exists()


def test_a_document_is_read_by_the_public_as_an_attachment(editor, client):
    row = document(editor)
    client.logout()
    answer = fetch(client, row)
    assert answer.whole == b"What to write."
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_with_a_scanner_a_document_opens_only_when_found_clean(
    editor, settings, tmp_path, run_jobs
):
    with clamd(tmp_path / "clamd") as (where, scanned):
        settings.CLAMAV_SOCKET = where
        row = document(editor)
        assert fetch(editor, row).status_code == 409
        run_jobs()
        assert scanned == [b"What to write."]
        assert fetch(editor, row).status_code == 200


def test_an_infected_document_is_locked_away(editor, settings, tmp_path, run_jobs):
    with clamd(tmp_path / "clamd") as (where, _):
        settings.CLAMAV_SOCKET = where
        row = document(editor, b"x" + samples.EICAR)
        run_jobs()
        answer = fetch(editor, row)
        assert answer.status_code == 409
        assert "holds a virus" in answer.content.decode()


def test_a_document_from_before_the_scanner_waits_for_it(editor, settings, tmp_path, run_jobs):
    row = document(editor)
    assert fetch(editor, row).status_code == 200
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    assert fetch(editor, row).status_code == 409


def test_another_file_in_the_same_document_is_checked_anew(editor):
    row = document(editor)
    page = reverse("wagtaildocs:edit", args=[row.pk])
    sent = {"title": "Guidance", "collection": row.collection_id}
    assert editor.post(page, {**sent, "file": SimpleUploadedFile("x.pdf", HTML)}).status_code == 200
    assert fetch(editor, row).whole == b"What to write."
    again = SimpleUploadedFile("guidance.txt", b"Something else.")
    assert editor.post(page, {**sent, "file": again}).status_code == 302
    row.refresh_from_db()
    assert fetch(editor, row).whole == b"Something else."
    row.delete()
    assert set(StoredFile.objects.values_list("scan", flat=True)) == {"removed"}


def test_what_came_into_storage_past_the_form_is_not_served(editor, client):
    row = document(editor)
    with row.file.storage.open(row.file.name, "wb") as file:
        file.write(HTML)
    Document.objects.filter(pk=row.pk).update(file_hash="0" * 40)
    row.refresh_from_db()
    answer = fetch(client, row)
    assert answer.status_code == 404
    assert b"alert" not in answer.content


def test_a_document_of_a_private_collection_is_for_whom_the_cms_says(editor, client):
    row = document(editor)
    CollectionViewRestriction.objects.create(
        collection=row.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    client.logout()
    assert "/account/login/" in fetch(client, row).url


def test_a_document_has_one_address_only(editor, client):
    row = document(editor)
    for address in (f"/documents/{row.pk}/other.txt", f"/documents/{row.pk}/../guidance.txt"):
        assert client.get(address).status_code == 404
    (copy,) = StoredFile.objects.all()
    assert client.get(reverse("files:download", args=[copy.pk])).status_code == 404
