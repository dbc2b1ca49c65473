"""A connection that breaks leaves nothing behind, and a sentence."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, encode_multipart
from django.urls import reverse

from carefund.files.models import StoredFile


def form(size=10):
    upload = TemporaryUploadedFile("plan.txt", "text/plain", size, None)
    upload.write(b"a" * size)
    upload.seek(0)
    return encode_multipart(BOUNDARY, {"narrative": "x", "evidence": upload})


def send(client, address, body, announced):
    return client.generic(
        "POST",
        address,
        "",
        **{
            "wsgi.input": BytesIO(body),
            "CONTENT_LENGTH": str(announced),
            "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        },
    )


@pytest.fixture
def claims(story, under_way):
    project = under_way
    return story.people.lead, reverse("payments:new", args=[project.reference])


@pytest.mark.parametrize("checks", [False, True])
@pytest.mark.parametrize("size", [10, 3 * 1024 * 1024])
def test_interrupted_upload_is_refused_with_a_sentence(claims, settings, tmp_path, size, checks):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    person, address = claims
    client = Client(enforce_csrf_checks=checks)
    client.force_login(person)
    body = form(size)
    response = send(client, address, body[: len(body) - 200], len(body))
    assert response.status_code == 400
    assert "The upload was interrupted. Nothing was saved." in response.content.decode()
    assert not StoredFile.objects.exists()
    assert list(tmp_path.iterdir()) == []


def test_whole_upload_is_read_as_ever(claims):
    client = Client()
    client.force_login(claims[0])
    body = form()
    assert send(client, claims[1], body, len(body)).status_code == 200


def test_upload_of_too_much_is_not_even_read(claims, settings):
    settings.UPLOADS_AT_ONCE_LIMIT = 100
    client = Client()
    client.force_login(claims[0])
    response = send(client, claims[1], b"", 101)
    assert response.status_code == 413
    assert "fewer or smaller files" in response.content.decode()
