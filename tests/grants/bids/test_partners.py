"""Partners confirm their part in one bid; the lead sees who has not."""

from decimal import Decimal

import pytest
from django.urls import reverse

from carefund.core.errors import NotAllowed, Refused
from carefund.notify.models import OutboxMessage
from grants.bids import actions as bids
from grants.bids.models import BidGuest, BidPartner
from tests import make
from tests.pages import get, queries, text


def url(name, bid, *args):
    return reverse(f"bids:{name}", args=[bid.reference, *args])


@pytest.fixture
def bid(story):
    return make.draft_bid(story)


def asked(story, bid, email="pat@charity.example", organisation="Charity <One>"):
    return bids.ask_partner(
        bid=bid,
        organisation=organisation,
        name="Pat Partner",
        email=email,
        part="Visits",
        contribution=Decimal("5000.00"),
        by=story.people.author,
    )


@pytest.fixture
def partner(story, bid):
    row = asked(story, bid)
    user = make.user("Pat Partner")
    BidGuest.objects.filter(pk=row.guest_id).update(user=user)
    return make.fresh(row)


def test_partner_is_invited_by_mail_from_the_page(story, bid, client):
    client.force_login(story.people.author)
    typed = {
        "organisation": "A charity",
        "name": "Pat",
        "email": "pat@charity.example",
        "part": "Visits",
        "contribution": "£5,000",
    }
    assert client.post(url("ask_partner", bid), typed).url == url("partners", bid)
    assert OutboxMessage.objects.filter(address="pat@charity.example").count() == 1
    page = text(client.get(url("partners", bid)))
    assert "1 partner has not confirmed yet: A charity." in page
    assert "1 has not confirmed yet" in text(client.get(url("task_list", bid)))
    page = text(client.post(url("ask_partner", bid), {**typed, "contribution": "much"}))
    assert "There is a problem" in page


def test_partner_reads_and_confirms_and_the_authority_is_told(story, bid, partner, client):
    user = partner.guest.user
    client.force_login(user)
    page = text(client.get(url("answer_partner", bid, partner.pk)))
    assert "Charity &lt;One&gt;" in page
    assert "£5,000" in page
    assert client.get(url("check", bid)).status_code == 200
    client.post(url("answer_partner", bid, partner.pk), {"answer": "confirm"})
    row = make.fresh(partner)
    assert (row.answer, row.answered_by) == ("confirmed", user)
    told = OutboxMessage.objects.filter(kind="bids.partner_answered")
    assert {m.recipient for m in told} == {story.people.author, story.people.chief}
    assert "not confirmed yet" not in text(get(story.people.author, url("partners", bid)))


def test_partner_who_declines_says_why(bid, partner, client):
    client.force_login(partner.guest.user)
    address = url("answer_partner", bid, partner.pk)
    page = text(client.post(address, {"answer": "decline", "remark": " "}))
    assert "Say what has to change before you can confirm" in page
    client.post(address, {"answer": "decline", "remark": "Only half"})
    assert (make.fresh(partner).answer, make.fresh(partner).remark) == ("declined", "Only half")
    with pytest.raises(Refused):
        bids.answer_partner(partner=partner, confirms=False, remark="", by=partner.guest.user)


def test_lead_sees_who_confirmed_who_waits_and_who_wants_a_change(story, bid, client):
    author = story.people.author
    rows = [asked(story, bid, f"p{n}@charity.example", name) for n, name in enumerate("ABC")]
    for row, answer in zip(rows, (True, False, None), strict=True):
        person = make.user(f"Person of {row.organisation}")
        BidGuest.objects.filter(pk=row.guest_id).update(user=person)
        if answer is not None:
            said = {"confirms": answer, "remark": "" if answer else "Half."}
            bids.answer_partner(partner=make.fresh(row), by=make.fresh(person), **said)
    page = text(get(author, url("partners", bid)))
    assert "<strong>1 of 3</strong> confirmed. Together they give <strong>£15,000</strong>." in page
    assert "1 partner has not confirmed yet: C." in page
    assert "1 wants something changed: B." in page
    task_list = text(get(author, url("task_list", bid)))
    assert "2 have not confirmed yet" in task_list
    # What they did is told under their names, as colleagues' work is.
    history = text(get(author, url("history", bid)))
    assert "by Person of A" in history
    assert "by the department" not in history
    client.force_login(make.fresh(rows[2]).guest.user)
    assert "by Author Here" in text(client.get(url("history", bid)))


def test_changed_part_must_be_confirmed_again(story, bid, partner):
    p = story.people
    bids.answer_partner(partner=partner, confirms=True, remark="", by=partner.guest.user)
    bids.change_partner(partner=partner, part="Visits", contribution=Decimal(9000), by=p.author)
    row = make.fresh(partner)
    assert (row.answer, row.answered_by, row.answered_at) == ("waiting", None, None)
    assert OutboxMessage.objects.filter(kind="bids.part_changed").count() == 1
    with pytest.raises(Refused, match="changed just now"):
        bids.answer_partner(partner=partner, confirms=True, remark="", by=partner.guest.user)
    bids.change_partner(partner=row, part="Visits", contribution=Decimal(9000), by=p.author)
    assert OutboxMessage.objects.filter(kind="bids.part_changed").count() == 1  # nothing changed


def test_nobody_answers_for_another_partner(story, bid, partner):
    other = make.user("Other Partner")
    second = asked(story, bid, "other@charity.example", "Charity Two")
    BidGuest.objects.filter(pk=second.guest_id).update(user=other)
    for person in (other, story.people.author, story.people.stranger, story.people.officer):
        with pytest.raises(NotAllowed):
            bids.answer_partner(partner=partner, confirms=True, remark="", by=person)
    with pytest.raises(NotAllowed):
        bids.change_partner(partner=partner, part="x", contribution=Decimal(1), by=other)


def test_partners_confirm_only_while_the_bid_is_prepared(story, bid, partner):
    bids.withdraw(bid=bid, reason="", by=story.people.author)
    with pytest.raises(Refused):
        bids.answer_partner(partner=partner, confirms=True, remark="", by=partner.guest.user)
    with pytest.raises(Refused):
        asked(story, bid, "late@charity.example")
    assert BidPartner.objects.count() == 1


def test_page_takes_as_many_queries_for_three_as_for_one(story, bid, partner):
    few = queries(story.people.author, url("partners", bid))
    for number in (2, 3):
        asked(story, bid, f"p{number}@charity.example")
    assert queries(story.people.author, url("partners", bid)) == few
