"""Drafts, private notes, flags, blindness, bids without names."""

from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from carefund.core.errors import Refused
from grants.assessment import actions as assessment
from grants.assessment.models import Score, ScoreDraft
from grants.bids import actions as bids
from grants.bids.uploads import keeper
from programmes.calls.models import Call, FormVersion
from tests import make
from tests.grants.support import text


@pytest.fixture
def given(story, submitted):
    assessment.check_eligibility(bid=submitted, passed=True, reason="", by=story.people.officer)
    person = story.people.assessor
    row = assessment.assign(bid=make.fresh(submitted), assessor=person, by=story.people.officer)
    return assessment.declare(assignment=row, has_conflict=False, note="", by=person)


@pytest.fixture
def assessor(given, client):
    client.force_login(given.assessor)
    return client


def page_of(given, name="detail"):
    return reverse(f"assessment:{name}", args=[given.pk])


def test_what_is_typed_is_kept_before_it_is_complete(given, assessor):
    typed = {
        "need-reason": "Half a thou", "need-note": "Ask Ann.", "need-flag": "discuss",
        "delivery-score": "3", "delivery-reason": "",
    }  # fmt: skip
    told = assessor.post(page_of(given, "keep"), typed).json()
    assert told["saved"].startswith("Draft saved at")
    page = text(assessor.get(page_of(given)))
    assert "Half a thou" in page
    assert "Ask Ann." in page
    assert f'data-keep="{page_of(given, "keep")}"' in page
    assert "bids/writing" in page
    assert not Score.objects.exists()
    assert assessor.post(page_of(given, "keep"), {}).json()["saved"] == ""
    assert ScoreDraft.objects.get(criterion__code="need").justification == "Half a thou"


def full(**changes):
    both = {
        f"{c}-{k}": v for c in ("need", "delivery") for k, v in (("score", "4"), ("reason", "R."))
    }
    return both | {"submit": "1"} | changes


def test_private_notes_stay_with_their_assessor_and_flags_reach_officers(given, assessor, story):
    changes = {"need-note": "Not for others.", "need-flag": "concern"}
    assessor.post(page_of(given), full(**changes))
    assert "Not for others." in text(assessor.get(page_of(given)))
    second = story.people.second_assessor
    row = assessment.assign(bid=given.bid, assessor=second, by=story.people.officer)
    assessment.declare(assignment=row, has_conflict=False, note="", by=second)
    assessor.force_login(second)
    assessor.post(page_of(row), full())
    assessor.force_login(story.people.officer)
    code, reference = given.bid.call.code, given.bid.reference
    moderation = text(assessor.get(reverse("assessment:moderation", args=[code])))
    assert "Need: It may break the rules of the call (Assessor One)" in moderation
    case = text(assessor.get(reverse("assessment:case", args=[reference])))
    assert "Not for others." not in moderation + case
    given.refresh_from_db()
    with pytest.raises(Refused):
        assessment.keep_draft(assignment=given, typed=[], by=given.assessor)


def test_scores_are_hidden_from_everybody_until_they_are_handed_in(given, assessor, story):
    draft = {key: value for key, value in full().items() if key != "submit"}
    assessor.post(page_of(given), draft | {"need-reason": "A secret view."})
    case = reverse("assessment:case", args=[given.bid.reference])
    assessor.force_login(story.people.officer)
    assert "A secret view." not in text(assessor.get(case))
    second = story.people.second_assessor
    row = assessment.assign(bid=given.bid, assessor=second, by=story.people.officer)
    make.RoleAssignment.objects.create(
        user=second, role="programme_officer", programme=story.programme
    )
    assessor.force_login(second)
    assert assessor.get(case).status_code == 403
    assessment.declare(assignment=row, has_conflict=False, note="", by=second)
    assert assessor.get(case).status_code == 403
    export = reverse("assessment:export", args=[story.call.code, "scores", "csv"])
    assert "A secret view." not in b"".join(assessor.get(export)).decode()


def named_bid(story):
    """A bid that names who bids in its title, its answers and the name of a file."""
    form = deepcopy(make.FORM)
    form["sections"][0]["questions"].append(
        {"key": "letters", "kind": "files", "label": "Letters", "required": False}
    )
    FormVersion.objects.filter(call=story.call).update(definition=form)
    author = story.people.author
    bid = make.draft_bid(story, title="Sensors of Here Council")
    upload = SimpleUploadedFile("Here Council.txt", b"Words.", "text/plain")
    told = {
        "summary": "Here Council and Author Here of HERE write to ann@here.example about sensors.",
        "letters": [keeper(bid, author).keep(upload, "letters")],
    }
    bids.save_answers(bid=bid, values=told, revisions={"summary": 1}, by=author)
    bids.ask_for_certificate(bid=make.fresh(bid), by=author)
    bids.certify(bid=make.fresh(bid), by=story.people.certifier)
    bids.submit(bid=make.fresh(bid), by=author)
    bid = make.fresh(bid)
    assessment.check_eligibility(bid=bid, passed=True, reason="", by=story.people.officer)
    return make.fresh(bid)


def test_bid_without_names_hides_who_bids_on_every_page_and_file(story, client):
    Call.objects.update(anonymous_assessment=True, assessors_read_all=True)
    bid, person = named_bid(story), story.people.assessor
    row = assessment.assign(bid=bid, assessor=person, by=story.people.officer)
    client.force_login(person)
    pages = [text(client.get(page)) for page in (reverse("assessment:list"), page_of(row))]
    assert "This call hides who bids" in pages[1]
    assessment.declare(assignment=row, has_conflict=False, note="", by=person)
    pages += [text(client.get(page_of(row, name))) for name in ("detail", "whole_bid")]
    for page in pages:
        assert "Here Council" not in page
        assert "Author Here" not in page
        assert "ann@here" not in page
    sentence = "[name hidden] and [name hidden] of [name hidden] write to [name hidden] about"
    assert sentence in pages[2]
    assert sentence in pages[3]
    assert "Sensors of [name hidden]" in pages[2]
    assert "document-1.txt" in pages[2]
    file = bid.submissions.get().content["answers"]["letters"][0]["id"]
    address = reverse("files:download", args=[file])
    names = {}
    for who in ("assessor", "officer"):
        client.force_login(getattr(story.people, who))
        response = client.get(address)
        response.getvalue()
        names[who] = "Here" in response["Content-Disposition"]
    assert names == {"assessor": False, "officer": True}
