"""Money of a grant that moves between years and kinds by a change request."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from carefund.core import clock
from carefund.core.errors import Refused
from carefund.core.states import WrongState
from carefund.notify.models import OutboxMessage
from grants.awards.actions import register_published_award
from grants.awards.models import OfferLine
from grants.delivery import actions
from grants.delivery.models import ChangeAmount, ChangeRequest
from grants.payments import actions as payments
from grants.payments.queries import claimable, money_by_year
from programmes.funds.models import LedgerEntry
from programmes.funds.queries import totals_as_at, unreconciled
from tests import make
from tests.pages import get, post, queries, redirected, text

FIRST, SECOND, CAPITAL = (2026, "revenue"), (2027, "revenue"), (2026, "capital")


@pytest.fixture
def project(story, under_way):
    """£40,000, half of it in each of two years; £5,000 more is free in each pot."""
    for year, kind in (FIRST, SECOND, CAPITAL):
        make.budget(story.programme, year, kind, "5000.00")
    return under_way


def url(name, project, *args):
    return reverse(f"delivery:{name}", args=[project.reference, *args])


def asked(story, project, first, second, capital=0):
    return actions.request_money_change(
        project=project,
        amounts={FIRST: Decimal(first), SECOND: Decimal(second), CAPITAL: Decimal(capital)},
        why="The supplier is late.",
        by=story.people.lead,
    )


def decide(story, change, *, approve=True):
    return actions.decide_change(
        request=change, approve=approve, reason="Reasonable.", by=story.people.officer
    )


def claim(story, project, amount):
    return payments.make_claim(
        project=project,
        period_starts_on=date(2026, 5, 1),
        period_ends_on=date(2026, 5, 31),
        amounts={FIRST: Decimal(amount)},
        narrative="Staff.",
        by=story.people.lead,
    )


def committed(story):
    rows = story.programme.budget_lines.order_by("financial_year", "-kind")
    return {(x.financial_year, x.kind): int(x.committed) for x in rows}


def test_approved_change_moves_the_commitment_and_what_may_be_claimed(story, project):
    lead, officer, page = story.people.lead, story.people.officer, url("ask_change", project)
    ask = url("ask_change_of", project, "money")
    assert redirected(post(lead, page, {"kind": "money"}), ask)
    form = text(get(lead, ask))
    assert "The grant is <strong>£40,000</strong>" in form
    assert "£20,000 now." in form
    new = {"amount_2026_revenue": "16,000", "amount_2027_revenue": "23,000.50"}
    new |= {"amount_2026_capital": "999.50", "why": "The supplier is late."}
    assert redirected(post(lead, ask, new), f"{project.get_absolute_url()}#changes")
    change = project.change_requests.get()
    assert committed(story) == {FIRST: 20000, SECOND: 20000, CAPITAL: 0}
    look = text(get(officer, url("decide_change", project, change.pk)))
    for words in (
        "£20,000",
        "£16,000",
        "−£4,000",
        "£23,000.50",
        "the commitment moves",
        "£3,000.50 is needed",
    ):
        assert words in look
    decision = {"approve": "yes", "reason": "Reasonable."}
    assert redirected(post(officer, url("decide_change", project, change.pk), decision))
    assert committed(story) == {FIRST: 16000, SECOND: 23000, CAPITAL: 999}
    left = {FIRST: Decimal(16000), SECOND: Decimal("23000.50"), CAPITAL: Decimal("999.50")}
    assert claimable(make.fresh(project)) == left
    assert {x.awarded for x in money_by_year(make.fresh(project))} == set(left.values())
    assert unreconciled() == []
    page = text(get(lead, project.get_absolute_url()))
    assert "£23,000.50" in page
    assert "From now on you can claim up to the new amounts." in page
    told = OutboxMessage.objects.filter(kind="delivery.change_decided", recipient=lead).get()
    assert "2026 to 2027, revenue: £20,000 becomes £16,000" in told.text


def test_agreement_stays_as_signed_and_says_that_amounts_have_moved(story, project):
    offer = project.offer
    before = text(get(story.people.chief, reverse("awards:agreement", args=[offer.reference])))
    assert "have moved between years or kinds since" not in before
    decide(story, asked(story, project, 15000, 25000))
    page = text(get(story.people.chief, reverse("awards:agreement", args=[offer.reference])))
    assert "have moved between years or kinds since" in page
    assert "£25,000" not in page
    page = text(get(story.people.chief, offer.get_absolute_url()))
    assert "have moved between years or kinds since" in page
    assert "£25,000" in page
    assert OfferLine.every.filter(offer=offer).count() == 4


def test_award_registered_without_an_agreement_says_that_amounts_have_moved(story, project):
    offer = register_published_award(
        call=story.call,
        organisation=story.authority,
        title="Sensors in two more towns",
        amounts={FIRST: Decimal(2000), SECOND: Decimal(1000)},
        answers={},
        source="The department's list of awards",
        precision="exact",
        by=story.people.officer,
    )
    assert "have moved" not in text(get(story.people.chief, offer.get_absolute_url()))
    decide(story, asked(story, offer.project, 1000, 2000))
    page = text(get(story.people.chief, offer.get_absolute_url()))
    assert "have moved between years or kinds since the grant was accepted" in page


def test_report_of_an_earlier_moment_stays_as_it_was(story, project, known_time):
    before = clock.now()
    known_time.move_to(date(2026, 7, 1))
    decide(story, asked(story, project, 15000, 25000))
    then, now = (totals_as_at(x, story.programme) for x in (before, clock.now()))
    assert (then[*FIRST, "committed"], now[*FIRST, "committed"]) == (20000, 15000)
    rows = LedgerEntry.objects.filter(column="committed", occurred_on=date(2026, 7, 1))
    assert {row.amount for row in rows} == {Decimal(-5000), Decimal(5000)}
    assert {row.subject for row in rows} == {project.offer}


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [
        ((20000, 20000), "These are the amounts that the grant has now."),
        ((20000, 20001), "add up to £40,001. They must add up to the grant, £40,000"),
        ((20000, 19999), "add up to £39,999"),
        ((-1000, 41000), "No amount can be below nothing."),
    ],
)
def test_senseless_amounts_are_refused(story, project, amounts, sentence):
    with pytest.raises(Refused, match=sentence):
        asked(story, project, *amounts)
    assert ChangeAmount.objects.count() == 0


def test_budget_line_without_money_refuses_in_words_and_nothing_moves(story, project):
    change = asked(story, project, 4000, 20000, 16000)
    page = url("decide_change", project, change.pk)
    answer = text(post(story.people.officer, page, {"approve": "yes", "reason": "Fine."}))
    assert (
        "needs £16,000.00 more in 2026 to 2027, capital. The budget line has £15,000.00 free"
        in answer
    )
    assert "Move money there by a virement first, or refuse the change." in answer
    assert (make.fresh(change).state, committed(story)[FIRST]) == ("requested", 20000)
    assert claimable(make.fresh(project)) == {FIRST: 20000, SECOND: 20000}
    make.budget(story.programme, 2026, "capital", "1000.00")
    assert decide(story, change).state == "approved"


def test_what_is_claimed_stays_where_it_is(story, project):
    made = claim(story, project, "17000.00")
    with pytest.raises(Refused, match="£17,000 of 2026 to 2027, revenue, has been claimed"):
        asked(story, project, 16000, 24000)
    typed = {"amount_2026_revenue": "16000", "amount_2027_revenue": "24000", "why": "Late."}
    answer = text(post(story.people.lead, url("ask_change_of", project, "money"), typed))
    assert 'href="#id_amount_2026_revenue">£17,000 of 2026 to 2027, revenue, has been' in answer
    change = asked(story, project, 17000, 23000)
    payments.withdraw(claim=made, reason="Wrong.", by=story.people.lead)
    claim(story, project, "17000.01")
    with pytest.raises(Refused, match="Leave at least that much there"):
        decide(story, change)
    assert committed(story) == {FIRST: 20000, SECOND: 20000, CAPITAL: 0}


def test_request_of_other_amounts_than_todays_is_not_approved(story, project):
    first = asked(story, project, 19000, 21000)
    with pytest.raises(Refused, match="waits for a decision already"):
        asked(story, project, 18000, 22000)
    # As if both had been asked for at once before there was one at a time.
    stale = ChangeRequest.objects.create(
        project=project,
        kind="money",
        what="W",
        why="Y",
        requested_at=clock.now(),
        requested_by=story.people.lead,
    )
    for (year, kind), after in ((FIRST, 18000), (SECOND, 22000)):
        ChangeAmount.objects.create(
            request=stale, financial_year=year, kind=kind, before=20000, after=after
        )
    decide(story, first)
    with pytest.raises(Refused, match="amounts of the grant have changed since"):
        decide(story, stale)
    assert decide(story, stale, approve=False).state == "refused"
    assert committed(story)[FIRST] == 19000


def test_request_in_words_alone_moves_no_money_and_is_not_approved(story, project):
    with pytest.raises(Refused, match="Say the new amounts"):
        actions.request_change(
            project=project, kind="money", what="£1", why="Y", by=story.people.lead
        )
    old = ChangeRequest.objects.create(
        project=project,
        kind="money",
        what="Five thousand later",
        why="Y",
        requested_at=clock.now(),
        requested_by=story.people.lead,
    )
    assert "Five thousand later" in text(get(story.people.officer, project.get_absolute_url()))
    with pytest.raises(Refused, match="does not say the new amounts"):
        decide(story, old)


def test_refused_change_moves_nothing(story, project):
    change = asked(story, project, 15000, 25000)
    decide(story, change, approve=False)
    assert committed(story) == {FIRST: 20000, SECOND: 20000, CAPITAL: 0}
    with pytest.raises(WrongState):
        decide(story, change)


def test_closed_project_no_longer_changes(story, project):
    change = asked(story, project, 15000, 25000)
    actions.withdraw_change(request=change, by=story.people.lead)
    actions.end_early(project=project, reason="Supplier gone.", by=story.people.officer)
    for ask in (
        lambda: asked(story, make.fresh(project), 15000, 25000),
        lambda: actions.request_change(
            project=make.fresh(project), kind="dates", what="W", why="Y", by=story.people.lead
        ),
    ):
        with pytest.raises(Refused, match=r"has ended early\. It no longer changes"):
            ask()
    for page in (url("ask_change", project), url("ask_change_of", project, "scope")):
        assert "It no longer changes." in text(get(story.people.lead, page))


def test_change_of_money_is_not_asked_for_while_another_waits(story, project):
    lead, page = story.people.lead, url("ask_change_of", project, "money")
    asked(story, project, 15000, 25000)
    answer = text(get(lead, page))
    assert "A change of money waits for a decision already." in answer
    assert f'href="{project.get_absolute_url()}#changes"' in answer
    assert "<textarea" not in answer
    assert "<textarea" in text(get(lead, url("ask_change_of", project, "dates")))
    # What was typed before the other was asked for is not lost.
    typed = {"amount_2026_revenue": "14000", "amount_2027_revenue": "26000", "why": "Later still."}
    answer = text(post(lead, page, typed))
    assert "A change of money waits for a decision already." in answer
    assert "Later still." in answer


def test_page_of_an_unknown_kind_does_not_exist(story, project):
    assert get(story.people.lead, url("ask_change_of", project, "colour")).status_code == 404


def test_project_page_takes_as_many_queries_for_three_changes_of_money(story, project):
    decide(story, asked(story, project, 19000, 21000))
    before = queries(story.people.officer, project.get_absolute_url())
    for first in (18000, 17000):
        decide(story, asked(story, make.fresh(project), first, 40000 - first))
    assert queries(story.people.officer, project.get_absolute_url()) == before
