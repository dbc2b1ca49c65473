from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from programmes.funds import queries
from programmes.funds.models import BudgetLine, LedgerEntry
from tests import make
from tests.pages import get, post, redirected, text
from tests.pages import queries as counted

LEDGER = reverse("funds:ledger", args=["fund"])
ENTRIES = reverse("funds:entries", args=["fund"])
CHANGE = reverse("funds:change_budget", args=["fund"])
FORM = {
    "financial_year": "2026",
    "kind": "revenue",
    "direction": "raise",
    "amount": "1,000",
    "reason": "Spending review",
    "key": "a1",
}


def test_ledger_adds_up(story, known_time):
    make.offered_bid(story)
    rows = queries.ledger(story.programme, make.clock.now())
    for column in ("budget", "committed", "claimed", "paid", "free"):
        kinds = sum(getattr(r, column) for r in rows if r.kind)
        years = sum(getattr(r, column) for r in rows if r.financial_year and not r.kind)
        assert kinds == years == getattr(rows[-1], column)
    assert (rows[-1].budget, rows[-1].committed) == (Decimal(110000), Decimal(40000))
    page = text(get(story.people.finance, LEDGER))
    assert "£110,000" in page
    assert "Reconciled" in page


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


def test_cell_opens_its_entries(story):
    offer = make.offered_bid(story).offer
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


def test_entries_show_what_takes_back_what(story):
    offer = make.offered_bid(story).offer
    make.awards.decline(offer=offer, reason="No.", by=story.people.chief)
    shown = text(get(story.people.finance, ENTRIES + "?column=committed"))
    assert "Takes back entry" in shown
    assert "Taken back by entry" in shown
    assert "4 movements, £0 in total" in shown


@pytest.mark.parametrize("query", ["year=x", "year=99999999999999999999", "kind=x&column=y"])
def test_entries_bear_any_question(story, query):
    assert get(story.people.finance, f"{ENTRIES}?{query}").status_code == 200


def test_budget_is_changed_once_with_a_reason(story):
    senior = story.people.senior
    assert redirected(post(senior, CHANGE, FORM), LEDGER)
    assert redirected(post(senior, CHANGE, FORM), LEDGER)
    line = BudgetLine.objects.get(programme=story.programme, financial_year=2026, kind="revenue")
    assert line.budget == Decimal(51000)
    assert LedgerEntry.objects.filter(reason="Spending review").count() == 1
    no_reason = post(senior, CHANGE, {**FORM, "reason": "", "key": "b"})
    assert "Enter reason" in text(no_reason)
    assert get(story.people.officer, CHANGE).status_code == 403
    assert post(story.people.finance, CHANGE, FORM).status_code == 403


def test_budget_cannot_fall_below_what_is_committed(story):
    make.offered_bid(story)
    lower = {**FORM, "direction": "lower", "amount": "30,000.01"}
    page = text(post(story.people.senior, CHANGE, lower))
    assert "£30,000.01 cannot be taken from the budget" in page
    assert queries.unreconciled() == []


@pytest.mark.parametrize("amount", ["0", "-1", "abc", "99999999999999"])
def test_senseless_budget_is_refused(story, amount):
    answer = post(story.people.senior, CHANGE, {**FORM, "amount": amount})
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
    pages = [LEDGER, ENTRIES + "?column=committed", reverse("funds:programmes")]
    make.several_offers(story, 1)
    before = [counted(story.people.auditor, page) for page in pages]
    make.several_offers(story, 2)
    make.programme("another")
    make.budget(story.programme, 2028, "capital", "10.00")
    assert [counted(story.people.auditor, page) for page in pages] == before
