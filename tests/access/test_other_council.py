"""Somebody of another council tries everything; nothing of this one may appear."""

import csv
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from carefund.core.actors import SYSTEM
from carefund.files.actions import store
from grants.bids.models import Bid
from tests import make

from .world import SECRET, build

with Path(__file__).with_name("matrix.csv").open(newline="") as _file:
    ROWS = list(csv.DictReader(_file))
SEARCHED = ("/bids/", "/offers/", "/projects/", "/funded/", "/api/awards", "/reports/", "/")
SCRIPT = "<script>alert(1)</script>"


def _body(response):
    return b"".join(response) if response.streaming else response.content


def test_no_address_shows_anything_of_another_council(client, db, known_time):
    world = build(known_time)
    client.force_login(world.person("stranger"))
    addresses = {reverse(r["url"], kwargs=world.addresses[r["args"]]) for r in ROWS}
    addresses |= {f"{where}?q={SECRET}" for where in ("/funded/",)}
    addresses |= {
        f"{where}?q={word}&export=csv&format=csv"
        for where in SEARCHED
        for word in ("", "Sensors", world.addresses["bid"]["reference"])
    }
    secrets = (SECRET, world.addresses["draft bid"]["reference"], "Author Here")
    for address in sorted(addresses):
        response = client.get(address)
        # The page repeats the address one has typed, so the words asked for do not count.
        wanted = [word for word in secrets if word not in address]
        text = _body(response).decode(errors="replace")
        assert not [word for word in wanted if word in text], address


def test_a_bid_takes_no_extra_fields(client, story):
    bid = make.draft_bid(story)
    client.force_login(story.people.author)
    sent = {"state": "submitted", "prepared_by": story.people.chief.pk, "is_sample": "on"}
    before = Bid.objects.filter(pk=bid.pk).values("state", "prepared_by", "is_sample").get()
    client.post(reverse("bids:section", args=[bid.reference, "project"]), {**sent, "summary": "x"})
    assert Bid.objects.filter(pk=bid.pk).values(*before).get() == before
    client.post(
        reverse("bids:start", args=[make.story_again(story).call.code]), {**sent, "title": "Mine"}
    )
    assert not Bid.objects.exclude(state="draft").exists()
    assert not Bid.objects.filter(is_sample=True).exists()


def test_a_bid_is_never_started_for_another_council(client, story):
    client.force_login(story.people.stranger)
    address = reverse("bids:start", args=[story.call.code])
    client.post(address, {"title": "Theirs", "organisation": story.authority.pk})
    assert not Bid.objects.filter(organisation=story.authority).exists()


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else_and_changes_the_session(client, story, to):
    client.get("/account/login/password/")
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    person = story.people.author
    sent = {"login": person.email, "password": "a long password", "next": to}
    response = client.post("/account/login/password/", sent)
    assert response.status_code == 302
    assert response["Location"] == "/start/"
    assert client.session.session_key != planted


def test_a_file_name_breaks_no_header(client, story):
    bid = make.submitted_bid(story)
    upload = SimpleUploadedFile("x.txt", b"text")
    upload._name = 'a"\r\nSet-Cookie: x=1; .txt'
    stored = store(upload=upload, subject=bid, role="evidence", by=SYSTEM)
    client.force_login(story.people.author)
    response = client.get(reverse("files:download", args=[stored.pk]))
    assert b"".join(response) == b"text"
    assert not response.has_header("Set-Cookie")
    assert response["Content-Disposition"].startswith("attachment")


def test_markup_in_a_title_is_text_and_a_formula_is_no_formula(client, story):
    bid = make.submitted_bid(story)
    Bid.objects.filter(pk=bid.pk).update(title=f"=1+1{SCRIPT}")
    client.force_login(story.people.officer)
    for name in ("case", "case_answers", "case_money", "case_documents", "case_timeline"):
        assert (
            SCRIPT not in client.get(reverse(f"bids:{name}", args=[bid.reference])).content.decode()
        )
    assert SCRIPT not in client.get(reverse("bids:manage_list")).content.decode()
    sheet = client.get(reverse("bids:manage_export", args=["csv"]))
    cells = BytesIO(_body(sheet)).read().decode("utf-8-sig")
    assert f"'=1+1{SCRIPT}" in cells
    client.force_login(story.people.author)
    for name in ("task_list", "check", "history", "receipt", "withdraw"):
        assert (
            SCRIPT not in client.get(reverse(f"bids:{name}", args=[bid.reference])).content.decode()
        )
