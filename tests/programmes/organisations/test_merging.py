"""Authorities merge: what is live goes on, what was stays."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.errors import NotAllowed, Refused
from grants.awards import actions as awards
from grants.bids.models import Bid, BidHolder
from grants.delivery import actions as delivery
from grants.payments import actions as payments
from programmes.organisations import actions
from programmes.organisations.queries import name_on
from programmes.waivers.queries import left_behind, touching
from reports.opendata import exports, giving
from reports.opendata import queries as opendata
from reports.publications.build import snapshot
from tests import make
from tests.programmes.waivers.test_waivers import agreed


def merge(s, **more):
    values = {
        "predecessors": [s.authority],
        "successor": s.other,
        "on": clock.today(),
        "reason": "The Structural Changes Order.",
        "by": s.people.administrator,
    }
    return actions.merge_organisations(**{**values, **more})


def frozen(s, moment):
    return json.dumps(snapshot.take(s.programme, moment, date(2026, 6, 1)), sort_keys=True)


def opened(s):
    """The open data of the awards, as text, without the day on which it is written."""
    grants = list(opendata.grants())
    rows = [list(map(str, row)) for row in exports.register_rows(grants)]
    return json.dumps([rows, [giving.grant(offer) for offer in grants]], default=str)


@pytest.fixture
def started(story, under_way, known_time):
    """A project with a claim, and a later draft bid; then a week passes."""
    project = under_way
    known_time.shift(timedelta(days=10))
    payments.make_claim(
        project=project,
        period_starts_on=date(2026, 6, 16),
        period_ends_on=date(2026, 6, 20),
        amounts={(2026, "revenue"): Decimal("1000.00")},
        narrative="Sensors.",
        by=story.people.lead,
    )
    draft = make.draft_bid(make.story_again(story), title="Another")
    known_time.shift(timedelta(days=7))
    return project, draft


def test_what_is_live_goes_to_the_successor_and_the_award_stays(story, started):
    project, draft = started
    merge(story)
    project, draft = make.fresh(project), make.fresh(draft)
    assert (project.organisation, draft.organisation) == (story.other, story.other)
    assert project.offer.organisation == story.authority
    assert project.offer.bid.organisation == story.other
    assert BidHolder.objects.filter(bid=draft, predecessor=story.authority).exists()
    assert make.fresh(story.authority).valid_to == clock.today()


def test_a_report_as_at_an_earlier_moment_stays_the_same_byte_for_byte(story, started):
    before_it = clock.now() - timedelta(days=1)
    before, data = frozen(story, before_it), opened(story)
    merge(story)
    actions.rename(
        organisation=story.other,
        name="Greater There",
        short_name="Greater There",
        on=clock.today(),
        reason="Order",
        by=story.people.administrator,
    )
    assert frozen(story, before_it) == before
    assert opened(story) == data
    after = json.loads(frozen(story, clock.now()))
    assert [line["organisation"] for line in after["projects"]] == ["Here Council"]
    assert "Greater There" in json.dumps(after["benefits"])


def test_claims_returns_and_bids_go_on_under_the_successor(client, story, started):
    project, draft = started
    make.member(story.other, "project_lead", "Lead Two")
    merge(story)
    lead = story.other.memberships.get(role="project_lead").user
    risk = delivery.raise_risk(
        project=make.fresh(project), title="Moving", mitigation="", likelihood=1, impact=1, by=lead
    )
    assert risk.pk
    client.force_login(story.people.stranger)
    assert client.get(reverse("bids:task_list", args=[draft.reference])).status_code == 200
    assert client.get(project.claims.get().get_absolute_url()).status_code == 200
    page = client.get(project.get_absolute_url()).content.decode()
    assert "awarded to Here Council (now There Council)" in page


def test_people_of_the_predecessor_still_read_and_no_longer_write(client, story, started):
    project, draft = started
    merge(story)
    client.force_login(story.people.author)
    assert client.get(reverse("bids:task_list", args=[draft.reference])).status_code == 200
    address = reverse("bids:section", args=[draft.reference, "project"])
    assert client.post(address, {"summary": "x"}).status_code == 403
    assert client.get(project.get_absolute_url()).status_code == 200


def test_members_are_carried_over_when_asked(story, started):
    merge(story, carry_members=True)
    author = make.fresh(story.people.author)
    assert author.has_perm("bids.edit", make.fresh(started[1]))
    assert not author.has_perm("organisations.view_people", story.authority)


def test_an_open_offer_is_answered_by_the_successor(story, offered):
    bid = offered
    make.member(story.other, "org_administrator", "Chief Two")
    merge(story)
    chief = story.other.memberships.get(role="org_administrator").user
    awards.accept(offer=make.fresh(bid.offer), by=chief)
    assert make.fresh(bid.offer).organisation == story.other


def test_what_has_ended_stays_with_the_predecessor_and_the_successor_reads_it(client, story):
    bid = make.draft_bid(story)
    Bid.objects.filter(pk=bid.pk).update(state="withdrawn")
    merge(story)
    assert make.fresh(bid).organisation == story.authority
    client.force_login(story.people.stranger)
    assert client.get(reverse("bids:task_list", args=[bid.reference])).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"predecessors": []},
        {"reason": " "},
        {"on": date(2030, 4, 1)},
        {"on": date(1999, 4, 1)},
    ],
)
def test_a_merger_that_makes_no_sense_is_refused(story, wrong):
    with pytest.raises(Refused):
        merge(story, **wrong)
    assert make.fresh(story.authority).valid_to is None


def test_only_service_administrators_merge_and_only_once(story):
    for person in (story.people.chief, story.people.officer, story.people.auditor):
        with pytest.raises(NotAllowed):
            merge(story, by=person)
    merge(story)
    with pytest.raises(Refused, match="closed already"):
        merge(story, successor=make.authority("Third"))


def test_the_page_shows_what_would_move_before_it_does(client, story, started):
    client.force_login(story.people.administrator)
    today = clock.today()
    sent = {
        "predecessors": [story.authority.pk],
        "successor": story.other.pk,
        "on_day": today.day,
        "on_month": today.month,
        "on_year": today.year,
        "carry_members": "no",
        "reason": "Order",
    }
    page = client.post(reverse("funds:merge"), sent).content.decode()
    assert started[0].reference in page
    assert started[1].reference in page
    assert make.fresh(story.authority).valid_to is None
    assert client.post(reverse("funds:merge"), {**sent, "confirmed": "yes"}).status_code == 200
    assert make.fresh(story.authority).valid_to == today


@pytest.mark.parametrize("wrong", ["", "XX-NOBODY", "99999999", "9" * 40, "1 OR 1=1"])
def test_a_successor_that_does_not_exist_is_told_at_once(client, story, wrong):
    client.force_login(story.people.administrator)
    sent = {"predecessors": [story.authority.pk, wrong], "successor": wrong, "reason": "Order"}
    page = client.post(reverse("funds:merge"), sent).content.decode()
    assert "There is a problem" in page
    assert make.fresh(story.authority).valid_to is None


def test_organisations_are_searched_for_and_chosen_without_typing_codes(client, story):
    """Follow the links of the page, as a person does without JavaScript."""
    client.force_login(story.people.administrator)
    address = reverse("funds:merge")
    found = client.get(address, {"q": story.authority.name}).context["picked"]
    (ends,) = [link for row, link, _ in found.choices if row == story.authority]
    assert client.get(address + ends).context["picked"].gone == (story.authority,)
    picked = client.get(
        address, {"predecessors": story.authority.pk, "q": story.other.name}
    ).context["picked"]
    (goes_on,) = [link for row, _, link in picked.choices if row == story.other]
    picked = client.get(address + goes_on).context["picked"]
    assert (picked.gone, picked.successor) == ((story.authority,), story.other)
    assert [row for row, _, _ in picked.choices] == []  # who is chosen is not offered again
    ((_, without),) = picked.ending
    assert client.get(address + without).context["picked"].gone == ()


def test_a_waiver_of_a_bid_goes_with_it_and_others_are_listed_as_left_behind(
    client, story, submitted
):
    with_bid = agreed(story, "awards.answer_in_time", subject=submitted)
    agreed(story, "bids.one_bid", subject=story.call)
    left = left_behind(story.authority)
    assert len(left) == 1
    assert "until" in left[0]
    merge(story)
    moved = make.fresh(submitted)
    assert moved.organisation == story.other
    assert list(touching(moved)) == [with_bid]
    assert make.fresh(with_bid).organisation == story.authority  # to whom it was given
    client.force_login(story.people.officer)
    page = client.get(with_bid.get_absolute_url()).content.decode()
    assert "who took over the case" in page


def test_a_name_holds_from_its_day_on(story):
    place = story.authority
    actions.rename(
        organisation=place, name="Later", short_name="", on=date(2026, 5, 1), reason="x", by=SYSTEM
    )
    assert name_on(make.fresh(place), date(2026, 4, 30)) == "Here Council"
    assert name_on(make.fresh(place), date(2026, 5, 1)) == "Later"
    with pytest.raises(Refused):
        actions.rename(
            organisation=place, name="No", short_name="", on=date(2026, 4, 1), reason="x", by=SYSTEM
        )
