"""People who are partly in: a guest of one bid, an assessor with a conflict, one who has left."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from carefund.accounts.roles import AuthorityRole, StaffRole
from carefund.core import clock
from carefund.core.errors import NotAllowed
from carefund.files.actions import store
from grants.assessment import actions as assessment
from grants.awards import actions as awards
from grants.bids import actions as bids
from grants.bids.models import BidGuest
from programmes.funds import actions as funds
from programmes.funds.models import RoleAssignment
from programmes.organisations import actions as organisations
from tests import make


def signed_in(person):
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


@pytest.fixture
def consultant(story):
    """Let into one bid of an authority that has another."""
    story.bid, story.second = make.draft_bid(story), make.draft_bid(make.story_again(story))
    row = bids.invite_guest(
        bid=story.bid,
        email="consultant@partner.example",
        name="Cora Consultant",
        role="viewer",
        ends_on=clock.today() + timedelta(10),
        by=story.people.author,
    )
    person = make.user("Cora Consultant")
    BidGuest.objects.filter(pk=row.pk).update(user=person)
    return person


def attached(story, bid):
    upload = SimpleUploadedFile("plan.txt", b"A plan.")
    return store(upload=upload, subject=bid, role="plan", by=story.people.author)


def test_a_consultant_opens_the_one_bid_and_its_files(story, consultant):
    client = signed_in(consultant)
    assert client.get(reverse("bids:task_list", args=[story.bid.reference])).status_code == 200
    stored = attached(story, story.bid)
    answer = client.get(reverse("files:download", args=[stored.pk]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"A plan."


def test_a_consultant_finds_nothing_else_of_the_organisation(story, consultant):
    client = signed_in(consultant)
    other = [story.second.reference]
    stored = attached(story, story.second)
    closed = [
        reverse("bids:task_list", args=other),
        reverse("bids:section", args=[*other, "project"]),
        reverse("bids:history", args=other),
        reverse("bids:case", args=[story.bid.reference]),
        reverse("files:download", args=[stored.pk]),
        reverse("organisations:member", args=[story.authority.pk, story.people.author.pk]),
        "/manage/bids/",
        "/manage/record/",
        "/manage/people/",
        "/cms/",
    ]
    found = {address: client.get(address).status_code for address in closed}
    assert set(found.values()) <= {403, 404}, found
    listed = client.get("/bids/").content.decode()
    assert story.bid.reference in listed
    assert story.second.reference not in listed
    for page in ("/messages/", "/start/", "/bids/", "/bids/?q=" + story.second.reference):
        answer = client.get(page, follow=True)
        assert f">{story.second.reference}<" not in answer.content.decode()


def test_a_consultant_who_reads_changes_nothing(story, consultant):
    client = signed_in(consultant)
    args = [story.bid.reference]
    names = ("ask", "withdraw", "submit", "certify", "reopen", "invite_guest")
    answers = {name: client.post(reverse(f"bids:{name}", args=args), {}) for name in names}
    assert {a.status_code for a in answers.values()} <= {403, 404, 405}, answers
    section = reverse("bids:section", args=[*args, "project"])
    assert client.post(section, {"title": "Mine now"}).status_code == 403


def test_a_consultant_is_out_the_day_after_and_at_once_when_ended(story, consultant, known_time):
    page = reverse("bids:task_list", args=[story.bid.reference])
    client = signed_in(consultant)
    bids.end_guest(access=BidGuest.objects.get(), by=story.people.chief)
    assert signed_in(consultant).get(page).status_code == 404
    assert client.get(page).status_code in {302, 404}
    BidGuest.objects.update(ended_at=None, ended_by=None)
    assert signed_in(consultant).get(page).status_code == 200
    known_time.shift(timedelta(days=11))
    assert signed_in(consultant).get(page).status_code == 404


@pytest.fixture
def assigned(story):
    """An assessor at work on a bid."""
    bid = make.submitted_bid(story)
    make.close(story)
    assessment.check_eligibility(bid=bid, passed=True, reason="", by=story.people.officer)
    assessor = story.people.assessor
    given = assessment.assign(bid=bid, assessor=assessor, by=story.people.officer)
    return bid, assessor, given


def pages_of(bid, given):
    return [
        reverse("bids:task_list", args=[bid.reference]),
        reverse("assessment:detail", args=[given.pk]),
    ]


def opened(person, addresses):
    client = signed_in(person)
    return [a for a in addresses if client.get(a, follow=True).status_code == 200]


def test_an_assessor_whose_role_has_ended_opens_no_bid_and_scores_nothing(story, assigned):
    bid, assessor, given = assigned
    assessment.declare(assignment=given, has_conflict=False, note="", by=assessor)
    stored = attached(story, bid)
    file = reverse("files:download", args=[stored.pk])
    answer = signed_in(assessor).get(file)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"A plan."
    for row in RoleAssignment.objects.current().filter(user=assessor):
        funds.end_role(assignment=row, reason="Left.", by=story.people.administrator)
    # Another role elsewhere lets them sign in; the assignment alone lets them in to nothing.
    make.Membership.objects.create(
        organisation=story.other, user=assessor, role=AuthorityRole.VIEWER
    )
    former = make.fresh(assessor)
    assert opened(former, pages_of(bid, given)) == []
    assert signed_in(former).get(file).status_code == 404
    with pytest.raises(NotAllowed):
        assessment.save_score(
            assignment=make.fresh(given),
            criterion=story.call.criteria.first(),
            score=5,
            justification="For a friend.",
            by=former,
        )
    with pytest.raises(NotAllowed):
        assessment.submit_scores(assignment=make.fresh(given), by=former)


def test_an_assessor_of_another_programme_by_now_opens_nothing_of_this_one(story, assigned):
    bid, assessor, given = assigned
    assessment.declare(assignment=given, has_conflict=False, note="", by=assessor)
    RoleAssignment.objects.filter(user=assessor).update(ended_at=clock.now())
    elsewhere = make.programme("another")
    RoleAssignment.objects.create(user=assessor, role=StaffRole.ASSESSOR, programme=elsewhere)
    assert opened(make.fresh(assessor), pages_of(bid, given)) == []


def test_an_officer_who_declared_a_conflict_decides_nothing_about_the_call(story, assigned):
    """Also not the other bids: they are decided together, for the same money."""
    bid, assessor, given = assigned
    assessment.declare(
        assignment=given, has_conflict=True, note="My sister works there.", by=assessor
    )
    RoleAssignment.objects.create(user=assessor, role=StaffRole.PROGRAMME_OFFICER)
    both = make.fresh(assessor)
    with pytest.raises(NotAllowed):
        awards.make_round(call=story.call, minimum_score=50, by=both)
    client = signed_in(both)
    assert client.get(reverse("bids:case", args=[bid.reference])).status_code == 404
    ranking = client.get(reverse("assessment:ranking", args=[story.call.code]))
    assert bid.reference not in ranking.content.decode()
    export = client.get(reverse("assessment:ranking_export", args=[story.call.code, "csv"]))
    text = b"".join(export.streaming_content) if export.streaming else export.content
    assert bid.reference.encode() not in text


def test_a_round_is_shut_to_whoever_declared_a_conflict_about_one_of_its_bids(story, assessed):
    allocation = awards.make_round(call=story.call, minimum_score=50, by=story.people.officer)
    person = make.staff(StaffRole.SENIOR_OFFICER, name="Conflicted senior")
    page = reverse("awards:round", args=[allocation.pk])
    assert signed_in(person).get(page).status_code == 200
    assessed.assignments.create(assessor=person, state="conflicted", conflict_note="Family.")
    assert signed_in(make.fresh(person)).get(page).status_code == 403
    awards.recommend(allocation=allocation, rationale="Best.", by=story.people.officer)
    with pytest.raises(NotAllowed):
        awards.approve(allocation=make.fresh(allocation), by=make.fresh(person))


def test_a_member_who_left_finds_every_door_shut_after_signing_in_again(story):
    bid, author = make.submitted_bid(story), story.people.author
    stored = attached(story, bid)
    organisations.end_membership(
        organisation=story.authority, user=author, reason="Left.", by=story.people.chief
    )
    client = signed_in(make.fresh(author))
    addresses = [
        reverse("bids:task_list", args=[bid.reference]),
        reverse("bids:history", args=[bid.reference]),
        reverse("bids:receipt", args=[bid.reference]),
        reverse("files:download", args=[stored.pk]),
        "/your-organisation/people/",
    ]
    found = {a: client.get(a).status_code for a in addresses}
    assert set(found.values()) <= {403, 404}, found
    assert bid.reference not in client.get("/bids/").content.decode()
