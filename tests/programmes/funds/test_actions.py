from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.errors import NotAllowed
from programmes.funds.actions import (
    Movement,
    NoBudgetLine,
    Overspent,
    change_budget,
    post,
    reverse,
)
from programmes.funds.models import BudgetLine, LedgerEntry
from programmes.funds.queries import totals_as_at, unreconciled
from tests import make

REVENUE = (2026, "revenue")


def commit(fund, amount, key, column="committed"):
    return post(
        programme=fund,
        column=column,
        movements=[Movement(*REVENUE, Decimal(amount))],
        key=key,
        reason="Test",
        by=SYSTEM,
    )


@pytest.fixture
def fund(db):
    fund = make.programme()
    make.budget(fund, *REVENUE, "100.00")
    return fund


def test_commitment_beyond_the_budget_is_refused_with_what_is_left(fund):
    commit(fund, "60.00", "a")
    with pytest.raises(Overspent) as caught:
        commit(fund, "40.01", "b")
    assert caught.value.room == Decimal("40.00")
    assert BudgetLine.objects.get().committed == Decimal("60.00")
    assert unreconciled() == []


def test_several_movements_are_all_or_nothing(fund):
    make.budget(fund, 2027, "revenue", "10.00")
    with pytest.raises(Overspent):
        post(
            programme=fund,
            column="committed",
            movements=[Movement(*REVENUE, Decimal(50)), Movement(2027, "revenue", Decimal(11))],
            key="a",
            reason="Test",
            by=SYSTEM,
        )
    assert LedgerEntry.objects.filter(column="committed").count() == 0
    assert set(BudgetLine.objects.values_list("committed", flat=True)) == {Decimal(0)}


def test_same_key_moves_money_once(fund):
    assert commit(fund, "60.00", "a") == commit(fund, "60.00", "a")
    assert BudgetLine.objects.get().committed == Decimal("60.00")


def test_money_of_a_year_without_a_line_is_refused(fund):
    with pytest.raises(NoBudgetLine, match="2030 to 2031"):
        post(
            programme=fund,
            column="committed",
            movements=[Movement(2030, "capital", Decimal(1))],
            key="a",
            reason="Test",
            by=SYSTEM,
        )


def test_claims_stay_within_awards_and_payments_within_claims(fund):
    commit(fund, "60.00", "a")
    commit(fund, "50.00", "a", "claimed")
    with pytest.raises(Overspent):
        commit(fund, "10.01", "b", "claimed")
    with pytest.raises(Overspent):
        commit(fund, "50.01", "b", "paid")
    with pytest.raises(Overspent):
        commit(fund, "-20.00", "c")


def test_reversal_frees_the_money_once_and_keeps_both_entries(fund):
    (entry,) = commit(fund, "60.00", "a")
    assert reverse(entry=entry, reason="Declined", by=SYSTEM) == reverse(
        entry=entry, reason="Declined", by=SYSTEM
    )
    assert BudgetLine.objects.get().committed == Decimal(0)
    assert LedgerEntry.objects.filter(column="committed").count() == 2


def test_totals_as_at_a_past_moment_never_change(fund, known_time):
    commit(fund, "60.00", "a")
    then = clock.now()
    before = totals_as_at(then, fund)
    known_time.shift(3600)
    commit(fund, "20.00", "b")
    assert totals_as_at(then, fund) == before
    assert totals_as_at(clock.now(), fund)[(*REVENUE, "committed")] == Decimal("80.00")


def test_database_itself_refuses_an_overspent_line(fund):
    with pytest.raises(IntegrityError, match="never_overspent"), transaction.atomic():
        BudgetLine.objects.update(committed=Decimal("100.01"))


def test_nobody_changes_a_budget_past_a_virement(fund):
    senior = make.staff("senior_officer", fund)
    with pytest.raises(NotAllowed, match="virement"):
        change_budget(
            programme=fund, movement=Movement(*REVENUE, Decimal(5)), key="x", reason="", by=senior
        )
    assert BudgetLine.objects.get().budget == Decimal("100.00")


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["reserved", "committed", "claimed", "paid"]),
        st.integers(min_value=-3000, max_value=9000),
    ),
    max_size=25,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(MOVES)
def test_no_sequence_of_movements_breaks_the_chain(fund, moves):
    with transaction.atomic():
        for number, (column, pence) in enumerate(moves):
            try:
                if pence:
                    commit(fund, Decimal(pence) / 100, str(number), column)
            except Overspent:
                continue
        line = BudgetLine.objects.get()
        assert line.budget - line.reserved >= line.committed >= line.claimed >= line.paid >= 0
        assert line.reserved >= 0
        assert unreconciled() == []
        transaction.set_rollback(True)
