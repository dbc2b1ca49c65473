"""Whoever declared a conflict of interest reaches the bid by no way at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grants.assessment import actions as assessment
from grants.assessment.models import Likeness, Score
from grants.assessment.urls import urlpatterns
from grants.bids.uploads import keeper
from tests import make
from tests.grants.support import text

SECRET = "Mirabelle"


def body(response):
    return b"".join(response).decode("utf-8", "replace")


@pytest.fixture
def conflicted(story, client):
    """An assessor who is an officer of the same programme besides, and declared a conflict."""
    person, people = story.people.assessor, story.people
    bid = make.draft_bid(story, title=SECRET)
    file = keeper(bid, people.author).keep(
        SimpleUploadedFile(f"{SECRET}.txt", b"Words.", "text/plain"), "summary"
    )
    make.bids.ask_for_certificate(bid=bid, by=people.author)
    make.bids.certify(bid=bid, by=people.certifier)
    make.bids.submit(bid=bid, by=people.author)
    bid = make.fresh(bid)
    other = make.submitted_bid(make.story_again(story))
    pair = Likeness.objects.create(first=bid, second=other, found_at=bid.submitted_at)
    assessment.check_eligibility(bid=bid, passed=True, reason="", by=people.officer)
    row = assessment.assign(bid=make.fresh(bid), assessor=person, by=people.officer)
    assessment.declare(assignment=row, has_conflict=True, note="My sister.", by=person)
    make.RoleAssignment.objects.create(
        user=person, role="programme_officer", programme=story.programme
    )
    client.force_login(person)
    return bid, make.fresh(row), file["id"], pair


def test_conflicted_assessor_reaches_the_bid_by_no_page_of_it(conflicted, client):
    bid, row, _, pair = conflicted
    given = {"reference": bid.reference}
    about = ["case", "case_answers", "case_money", "case_documents", "case_timeline", "task_list"]
    pages = [reverse(f"bids:{name}", kwargs=given) for name in [*about, "history", "receipt"]]
    pages.append(reverse("bids:copy", kwargs={**given, "kind": "docx"}))
    # Every page of assessment that is about a bid, those of tomorrow too.
    more = {"key": "limits", "number": pair.pk}
    for pattern in urlpatterns:
        wanted = pattern.pattern.converters
        if "reference" in wanted:
            kwargs = {name: {**given, **more}[name] for name in wanted}
            pages.append(reverse(f"assessment:{pattern.name}", kwargs=kwargs))
    for page in pages:
        assert client.get(page).status_code in {403, 404}, page
        assert client.post(page, {}).status_code in {403, 404, 405}, page
        assert SECRET not in text(client.get(page))
    assert "My sister." in text(client.get(reverse("assessment:detail", args=[row.pk])))
    typed = {"need-score": "5", "need-reason": "Good."}
    for name in ("detail", "keep", "whole_bid", "decline"):
        answer = client.post(reverse(f"assessment:{name}", args=[row.pk]), typed | {"reason": "x"})
        assert SECRET not in body(answer), name
    assert not Score.objects.exists()
    assert not row.drafts.exists()
    assert make.fresh(row).state == "conflicted"


def test_conflicted_assessor_finds_the_bid_in_no_list_search_export_or_file(
    conflicted, client, story
):
    bid, _, file, pair = conflicted
    code = bid.call.code
    lists = [reverse("bids:manage_list") + f"?q={SECRET[:6]}", reverse("assessment:list")]
    lists += [
        reverse("bids:manage_export", args=["csv"]),
        reverse("bids:answers_export", args=[code, "csv"]),
        reverse("assessment:ranking_export", args=[code, "csv"]),
        reverse("assessment:likeness", args=[pair.second.reference, pair.pk]),
        reverse("assessment:checks", args=[pair.second.reference]),
        reverse("dashboards:today"),
        reverse("notify:list"),
    ]
    for name in ("sift", "pool", "propose", "progress", "moderation", "ranking"):
        lists.append(reverse(f"assessment:{name}", args=[code]))
    for what in ("sift", "spotlight", "progress", "moderation", "severity", "scores", "attendance"):
        lists.append(reverse("assessment:export", args=[code, what, "csv"]))
    for address in lists:
        response = client.get(address)
        assert response.status_code in {200, 403, 404}, address
        found = body(response)
        assert f"{SECRET}<" not in found, address
        assert f"{SECRET}," not in found, address
    assert client.get(reverse("files:download", args=[file])).status_code == 404
    client.force_login(story.people.officer)
    assert f"{SECRET}," in body(client.get(reverse("bids:manage_export", args=["csv"])))


def test_conflicted_assessor_gets_the_bid_from_no_api(conflicted, client):
    described = client.get("/api/openapi.json").json()["paths"]
    addresses = [path for path, how in described.items() if "get" in how and "{" not in path]
    assert addresses
    for address in [*addresses, "/data/360giving.json", "/sitemap.xml"]:
        response = client.get(address)
        assert SECRET not in body(response), address
