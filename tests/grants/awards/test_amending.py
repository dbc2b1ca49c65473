"""Amounts that are negotiated before an offer is answered."""

from decimal import Decimal

import pytest
from django.urls import reverse

from carefund.core.errors import NotAllowed, Refused
from carefund.core.states import WrongState
from carefund.notify.models import OutboxMessage
from grants.awards import actions
from grants.awards.models import AmendmentApproval
from grants.payments.queries import claimable
from programmes.funds.queries import unreconciled
from tests import make
from tests.pages import get, post, redirected, text

FIRST, SECOND = (2026, "revenue"), (2027, "revenue")


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


@pytest.fixture
def offer(offered):
    """£40,000, half of it in each of two years."""
    return offered.offer


def sent(first, second, reason="Fewer homes."):
    return {
        "amount-2026-revenue": str(first),
        "amount-2027-revenue": str(second),
        "amount-2026-capital": "",
        "reason": reason,
    }


def committed(story):
    rows = story.programme.budget_lines.filter(kind="revenue").order_by("financial_year")
    return [int(amount) for amount in rows.values_list("committed", flat=True)]


def amend(offer, first, second, by):
    amounts = {FIRST: Decimal(first), SECOND: Decimal(second)}
    return actions.amend(offer=make.fresh(offer), amounts=amounts, reason="Talked over.", by=by)


def test_officer_lowers_an_offer_and_the_council_sees_the_difference(story, offer):
    people, page = story.people, url("amend", offer.reference)
    assert post(people.chief, page, sent(15000, 20000)).status_code == 403
    assert "Say why the amounts change" in text(
        post(people.officer, page, sent(15000, 20000, reason=""))
    )
    assert "are the amounts that are offered now" in text(
        post(people.officer, page, sent(20000, 20000))
    )
    accepting = get(people.chief, url("accept", offer.reference))
    assert redirected(post(people.officer, page, sent(15000, 20000)))
    assert (make.fresh(offer).amount, committed(story)) == (35000, [15000, 20000])
    seen = text(get(people.chief, offer.get_absolute_url()))
    for words in ("£40,000", "£35,000", "−£5,000", "Fewer homes.", "were changed on"):
        assert words in seen
    assert "Who proposed" not in seen
    told = OutboxMessage.objects.filter(kind="awards.offer_changed", recipient=people.chief)
    assert told.count() == 1
    # What was read before the change is not accepted after it.
    assert 'name="seen" value="1"' in text(accepting)
    answer = post(people.chief, url("accept", offer.reference), {"declared": "on", "seen": "1"})
    assert "have changed since you opened the page" in text(answer)
    sure = {"declared": "on", "seen": "2"}
    assert redirected(post(people.chief, url("accept", offer.reference), sure))
    row = make.fresh(offer)
    assert row.agreement.content["maximum_sum"] == "35000.00"
    assert claimable(row.project) == {FIRST: 15000, SECOND: 20000}
    with pytest.raises(Refused, match="do not change"):
        amend(offer, 10000, 10000, people.officer)
    assert unreconciled() == []


@pytest.fixture
def chained(story):
    people = story.people
    people.owner = make.staff(make.StaffRole.SENIOR_OFFICER, story.programme, "Owner")
    for title, person, amount in (("Senior officer", None, 0), ("Owner", people.owner.pk, 45000)):
        actions.add_step(
            programme=story.programme, title=title, role="senior_officer", person_id=person,
            from_amount=Decimal(amount), by=people.administrator,
        )  # fmt: skip
    return story


def test_rise_over_what_was_approved_goes_through_the_chain(chained, offer):
    people = chained.people
    row = amend(offer, 25000, 25000, people.officer)
    assert (row.state, make.fresh(offer).amount, committed(chained)) == (
        "proposed", 40000, [20000, 20000],
    )  # fmt: skip
    assert "waits for approval" not in text(get(people.chief, offer.get_absolute_url()))
    with pytest.raises(Refused, match="waits for approval"):
        amend(offer, 30000, 20000, people.officer)
    page = url("approve_amendment", offer.reference, row.version)
    assert post(people.officer, page).status_code == 403
    assert post(people.owner, page).status_code == 403  # named for the second approval
    for person in (people.senior, people.owner):
        asked = OutboxMessage.objects.filter(kind="awards.amendment_wanted", recipient=person)
        assert asked.count() == 1
        assert "Approve" in text(get(person, row.get_absolute_url()))
        assert redirected(post(person, page))
    assert (make.fresh(offer).amount, committed(chained)) == (50000, [25000, 25000])
    with pytest.raises(WrongState):
        actions.approve_amendment(amendment=make.fresh(row), by=people.senior)
    assert AmendmentApproval.objects.count() == 2
    # Lowered again, and raised to what was approved by now: nobody is asked anew.
    assert amend(offer, 10000, 10000, people.officer).state == "made"
    assert amend(offer, 25000, 20000, people.officer).state == "made"
    assert committed(chained) == [25000, 20000]
    actions.decline(offer=make.fresh(offer), reason="No staff.", by=people.chief)
    assert committed(chained) == [0, 0]
    assert unreconciled() == []


def test_amounts_beyond_the_money_are_refused_and_nothing_changes(story, offer):
    people, page = story.people, url("amend", offer.reference)
    for first, second, words in (
        (60000, 20000, "free in 2026"),
        (50000.01, 1000, "free in 2026"),
        (-5, 20000, "or more"),
    ):
        answer = post(people.officer, page, sent(first, second))
        assert words in text(answer)
    assert make.fresh(offer).amendments.filter(state="made").count() == 0
    assert committed(story) == [20000, 20000]


def test_answered_offer_drops_the_change_that_waits(story, offer):
    row = amend(offer, 22000, 22000, story.people.officer)
    assert row.state == "proposed"
    with pytest.raises(NotAllowed):
        actions.approve_amendment(amendment=row, by=story.people.officer)
    actions.accept(offer=make.fresh(offer), by=story.people.chief)
    assert make.fresh(row).state == "withdrawn"
    assert make.fresh(offer).agreement.content["maximum_sum"] == "40000.00"


def test_officer_gives_a_change_up(story, offer):
    row = amend(offer, 22000, 22000, story.people.officer)
    page = url("withdraw_amendment", offer.reference, row.version)
    assert redirected(post(story.people.officer, page, {"reason": "Not needed."}))
    assert make.fresh(row).state == "withdrawn"
