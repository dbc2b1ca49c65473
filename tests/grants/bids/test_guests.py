"""Partners and consultants: one bid or one project, and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from carefund.core import clock
from carefund.core.errors import NotAllowed, Refused
from carefund.files.actions import store
from grants.bids import actions as bids
from grants.bids.rules import visible_to
from grants.delivery import actions as delivery
from grants.delivery.rules import visible_to as projects_visible_to
from grants.payments.rules import visible_to as claims_visible_to
from programmes.organisations import actions as organisations
from tests import make
from tests.access.world import proof


def guest_of(bid, s, role="viewer", name="Guest"):
    person = make.user(name)
    access = bids.invite_guest(
        bid=bid,
        email=person.email,
        name=name,
        role=role,
        ends_on=clock.today() + timedelta(days=30),
        by=s.people.author,
    )
    organisations.accept_invitation(invitation=access.invitation, as_user=person)
    return make.fresh(person), make.fresh(access)


@pytest.fixture
def bid(story):
    return make.draft_bid(story)


def test_a_guest_sees_one_bid_and_nothing_else(client, story, bid):
    other = make.draft_bid(make.story_again(story), title="Another")
    person, _ = guest_of(bid, story)
    assert list(visible_to(person)) == [bid]
    client.force_login(person)
    assert client.get("/start/").url == "/bids/"
    listed = client.get("/bids/").content.decode()
    assert bid.title in listed
    assert "Another" not in listed
    assert client.get(reverse("bids:task_list", args=[bid.reference])).status_code == 200
    for address in (
        reverse("bids:task_list", args=[other.reference]),
        "/your-organisation/people/1/",
    ):
        assert client.get(address).status_code == 404
    assert client.get("/your-organisation/").status_code == 403
    own, foreign = (
        store(upload=proof(), subject=b, role="evidence", by=person) for b in (bid, other)
    )
    opened = client.get(reverse("files:download", args=[own.pk]))
    assert b"signed the contract" in b"".join(opened)
    assert client.get(reverse("files:download", args=[foreign.pk])).status_code == 404


def test_a_contributor_writes_and_never_certifies_or_submits(story, bid):
    viewer, _ = guest_of(bid, story)
    writer, _ = guest_of(bid, story, "contributor", "Writer")
    with pytest.raises(NotAllowed):
        bids.save_answers(bid=bid, values={"summary": "x"}, revisions={}, by=viewer)
    bids.save_answers(bid=bid, values={"partners": True}, revisions={"partners": 1}, by=writer)
    for do in (bids.ask_for_certificate, bids.certify, bids.submit, bids.reopen):
        with pytest.raises(NotAllowed):
            do(bid=bid, by=writer)
    with pytest.raises(NotAllowed):
        guest_of(bid, type("S", (), {"people": type("P", (), {"author": writer})}), name="Friend")


def test_access_ends_on_its_day_or_when_somebody_ends_it(story, bid, known_time):
    person, access = guest_of(bid, story)
    second, _ = guest_of(bid, story, name="Second")
    bids.end_guest(access=access, by=story.people.chief)
    assert not visible_to(make.fresh(person)).exists()
    known_time.shift(timedelta(days=30))
    assert visible_to(make.fresh(second)).exists()
    known_time.shift(timedelta(days=1))
    assert not visible_to(make.fresh(second)).exists()


def test_who_leaves_the_organisation_is_no_guest_there_either(story, bid):
    person, access = guest_of(bid, story)
    organisations.change_roles(
        organisation=story.authority, user=person, roles=["viewer"], by=story.people.chief
    )
    organisations.end_membership(
        organisation=story.authority, user=person, reason="Left.", by=story.people.chief
    )
    assert make.fresh(access).ended_at
    assert not visible_to(make.fresh(person)).exists()


def test_whoever_decides_or_belongs_is_no_guest(story, bid):
    for person in (story.people.officer, story.people.viewer):
        access = bids.invite_guest(
            bid=bid,
            email=person.email,
            name="X",
            role="viewer",
            ends_on=clock.today(),
            by=story.people.author,
        )
        with pytest.raises(Refused, match=r"decide|already belong"):
            organisations.accept_invitation(invitation=access.invitation, as_user=person)


@pytest.mark.parametrize("days", [-1, 400])
def test_the_last_day_lies_within_a_year(story, bid, days):
    with pytest.raises(Refused, match="year ahead"):
        bids.invite_guest(
            bid=bid,
            email="a@b.example",
            name="A",
            role="viewer",
            ends_on=clock.today() + timedelta(days=days),
            by=story.people.author,
        )


def test_a_guest_of_a_project_sees_no_bid_no_offer_and_no_money(client, story, under_way):
    project, person = under_way, make.user("Partner")
    access = delivery.invite_guest(
        project=project,
        email=person.email,
        name="Partner",
        role="contributor",
        ends_on=clock.today() + timedelta(days=9),
        by=story.people.lead,
    )
    client.force_login(person)
    client.post(reverse("organisations:invitation", args=[access.invitation.token]))
    person = make.fresh(person)
    assert list(projects_visible_to(person)) == [project]
    assert not visible_to(person).exists()
    assert not claims_visible_to(person).exists()
    page = client.get(project.get_absolute_url()).content.decode()
    assert project.title in page
    assert 'id="money"' not in page
    assert client.get(reverse("awards:offer", args=[project.offer.reference])).status_code == 404
    assert delivery.raise_risk(
        project=project, title="R", mitigation="", likelihood=1, impact=1, by=person
    )
    with pytest.raises(NotAllowed):
        delivery.report(
            milestone=project.milestones.first(), achieved_on=clock.today(), note="x", by=person
        )
    client.force_login(story.people.chief)
    people = reverse("organisations:people", args=[story.authority.pk])
    assert "Partner" in client.get(people).content.decode()
    end = reverse("organisations:end_guest", args=[story.authority.pk, "project", access.pk])
    assert client.post(end).status_code == 302
    assert not projects_visible_to(make.fresh(person)).exists()
