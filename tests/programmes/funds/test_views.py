from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from carefund.notify.models import OutboxMessage
from programmes.funds import queries
from programmes.funds.models import BudgetLine, LedgerEntry, Virement
from tests import make
from tests.pages import get, post, redirected, text
from tests.pages import queries as counted

LEDGER = reverse("funds:ledger", args=["fund"])
ENTRIES = reverse("funds:entries", args=["fund"])
CHANGE = reverse("funds:propose_virement", args=["fund"])
FORM = {
    "what": "bring",
    "to_year": "2026",
    "to_kind": "revenue",
    "amount": "1,000",
    "dated_on_day": "1",
    "dated_on_month": "7",
    "dated_on_year": "2026",
    "reason": "Spending review",
    "key": "a1",
}


def test_ledger_adds_up(story, offered, known_time):
    rows = queries.ledger(story.programme, make.clock.now())
    for column in ("budget", "committed", "claimed", "paid", "free"):
        kinds = sum(getattr(r, column) for r in rows if r.kind)
        years = sum(getattr(r, column) for r in rows if r.financial_year and not r.kind)
        assert kinds == years == getattr(rows[-1], column)
    assert (rows[-1].budget, rows[-1].committed) == (Decimal(110000), Decimal(40000))
    page = text(get(story.people.finance, LEDGER))
    assert "£110,000" in page
    assert "Reconciled" in page


def test_year_of_one_kind_is_not_repeated_as_its_total(story):
    def shown():
        rows = queries.without_echoes(queries.ledger(story.programme, make.clock.now()))
        return [(row.financial_year, row.kind) for row in rows]

    both = [(2026, "capital"), (2026, "revenue"), (2026, "")]
    assert shown() == [*both, (2027, "revenue"), (None, "")]
    sheet = text(get(story.people.finance, LEDGER + "?export=csv"))
    assert (sheet.count("2026-27"), sheet.count("2027-28")) == (3, 1)
    one = make.programme("another")
    make.budget(one, 2028, "revenue", "10.00")
    rows = queries.ledger(one, make.clock.now())
    assert [row.kind for row in queries.without_echoes(rows)] == ["revenue"]
    assert queries.without_echoes(queries.ledger(make.programme("bare"), make.clock.now()))


def test_ledger_as_at_a_past_day_shows_the_past(story, known_time):
    known_time.shift(timedelta(days=10))
    make.offered_bid(story)
    before = text(get(story.people.auditor, LEDGER + "?as_at=2026-06-20"))
    assert "£40,000" not in before
    assert "£110,000" in before
    assert "£40,000" in text(get(story.people.auditor, LEDGER + "?as_at=2026-06-25"))
    earliest = text(get(story.people.auditor, LEDGER + "?as_at=2020-01-01"))
    assert "£110,000" not in earliest


@pytest.mark.parametrize("day", ["", "tomorrow", "9999-12-31", "0001-01-01", "2026-02-31"])
def test_ledger_bears_any_day(story, day):
    assert get(story.people.finance, f"{LEDGER}?as_at={day}").status_code == 200


def test_cell_opens_its_entries(story, offered):
    offer = offered.offer
    page = text(get(story.people.finance, LEDGER))
    assert "year=2026&amp;kind=revenue&amp;as_at=2026-06-15&amp;column=committed" in page
    cell = f"{ENTRIES}?year=2026&kind=revenue&column=committed&as_at=2026-06-15"
    shown = text(get(story.people.finance, cell))
    assert "1 movement, £20,000 in total" in shown
    assert offer.get_absolute_url() in shown
    assert f"Offer {offer.reference}" in shown
    assert "Senior" in shown
    assert "£20,000" in text(get(story.people.finance, cell + "&export=csv")).replace(
        "20000.00", "£20,000"
    )


def test_entries_show_what_takes_back_what(story, offered):
    offer = offered.offer
    make.awards.decline(offer=offer, reason="No.", by=story.people.chief)
    shown = text(get(story.people.finance, ENTRIES + "?column=committed"))
    assert "Takes back entry" in shown
    assert "Taken back by entry" in shown
    assert "4 movements, £0 in total" in shown


@pytest.mark.parametrize("query", ["year=x", "year=99999999999999999999", "kind=x&column=y"])
def test_entries_bear_any_question(story, query):
    assert get(story.people.finance, f"{ENTRIES}?{query}").status_code == 200


def approve(story, by=None):
    virement = Virement.objects.latest("pk")
    address = reverse("funds:approve_virement", args=["fund", virement.pk])
    return post(by or story.people.senior, address)


def test_budget_changes_once_when_another_approves(story):
    officer = story.people.officer
    for _ in range(2):
        post(officer, CHANGE, FORM)
    assert Virement.objects.count() == 1
    line = BudgetLine.objects.get(programme=story.programme, financial_year=2026, kind="revenue")
    assert line.budget == Decimal(50000)
    assert "reason" in text(post(officer, CHANGE, {**FORM, "reason": "", "key": "b"}))
    assert redirected(approve(story))
    assert "You cannot approve" in text(approve(story))
    line.refresh_from_db()
    assert line.budget == Decimal(51000)
    entry = LedgerEntry.objects.get(reason="Spending review")
    assert str(entry.occurred_on) == "2026-07-01"
    assert queries.unreconciled() == []


def test_nobody_approves_what_they_proposed(story):
    post(story.people.senior, CHANGE, FORM)
    assert approve(story).status_code == 403
    assert approve(story, story.people.officer).status_code == 403
    assert approve(story, story.people.finance).status_code == 403
    assert approve(story, story.people.elsewhere).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Virement.objects.update(decided_by=story.people.senior)


def test_budget_never_falls_below_what_is_promised_or_set_aside(story, offered):
    lower = {**FORM, "what": "give", "from_year": "2026", "from_kind": "revenue"}
    post(story.people.officer, CHANGE, {**lower, "amount": "30,000.01"})
    assert "£30,000.01 cannot be taken from the budget" in text(approve(story))
    assert Virement.objects.get().state == "proposed"
    assert queries.unreconciled() == []


def test_money_of_a_call_is_not_taken_away_while_it_is_open(story):
    lower = {**FORM, "what": "give", "from_year": "2026", "from_kind": "revenue"}
    post(story.people.officer, CHANGE, {**lower, "amount": "20000"})
    assert "cannot be taken from the budget" in text(approve(story))


def test_capital_becomes_revenue_only_with_an_authority(story):
    move = {
        **FORM,
        "what": "move",
        "from_year": "2026",
        "from_kind": "capital",
        "amount": "500",
    }
    assert "State which" in text(post(story.people.officer, CHANGE, move))
    with_it = {**move, "authority": "Letter of 1 May"}
    post(story.people.officer, CHANGE, with_it)
    assert redirected(approve(story))
    lines = {(x.financial_year, x.kind): x.budget for x in BudgetLine.objects.all()}
    assert lines[2026, "capital"] == Decimal(9500)
    assert lines[2026, "revenue"] == Decimal(50500)


def test_declined_change_moves_nothing_and_tells_why(story):
    post(story.people.officer, CHANGE, FORM)
    virement = Virement.objects.get()
    address = reverse("funds:decline_virement", args=["fund", virement.pk])
    assert "Enter the reason" in text(post(story.people.senior, address, {"reason": ""}))
    assert redirected(post(story.people.senior, address, {"reason": "Not this year."}))
    assert LedgerEntry.objects.filter(column="budget").count() == 3
    told = OutboxMessage.objects.get(kind="funds.virement_decided")
    assert told.recipient == story.people.officer
    assert "Not this year." in told.text
    page = reverse("funds:virement", args=["fund", virement.pk])
    assert "Not this year." in text(get(story.people.finance, page))


def test_who_proposed_takes_it_back(story):
    post(story.people.finance, CHANGE, FORM)
    address = reverse("funds:withdraw_virement", args=["fund", Virement.objects.get().pk])
    assert post(story.people.senior, address).status_code == 403
    assert redirected(post(story.people.finance, address))
    assert Virement.objects.get().state == "withdrawn"


@pytest.mark.parametrize("amount", ["0", "-1", "abc", "99999999999999"])
def test_senseless_budget_is_refused(story, amount):
    answer = post(story.people.officer, CHANGE, {**FORM, "amount": amount})
    assert "There is a problem" in text(answer)


def test_ledger_is_for_those_who_read_its_money(story):
    for person in (story.people.elsewhere, story.people.chief, story.people.nobody):
        for page in (LEDGER, ENTRIES, CHANGE):
            assert get(person, page).status_code == 404
    for person in (story.people.adviser, story.people.auditor, story.people.analyst):
        assert get(person, LEDGER).status_code == 200
    assert get(story.people.chief, reverse("funds:programmes")).status_code == 403


def test_ledger_is_downloaded(story):
    assert "All years" in text(get(story.people.finance, LEDGER + "?export=csv"))
    assert get(story.people.finance, LEDGER + "?export=xlsx").getvalue()[:2] == b"PK"


def test_pages_take_as_many_queries_for_three_rows_as_for_one(story):
    names = ("funds:programmes", "funds:portfolio")
    pages = [LEDGER, ENTRIES + "?column=committed", *map(reverse, names)]
    pages.append(reverse("funds:virements", args=["fund"]))
    post(story.people.officer, CHANGE, FORM)
    make.several_offers(story, 1)
    before = [counted(story.people.auditor, page) for page in pages]
    make.several_offers(story, 2)
    for number in range(2):
        post(story.people.officer, CHANGE, {**FORM, "key": f"more{number}"})
    make.programme("another")
    make.budget(story.programme, 2028, "capital", "10.00")
    assert [counted(story.people.auditor, page) for page in pages] == before
