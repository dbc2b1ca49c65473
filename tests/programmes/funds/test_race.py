"""What must hold when many people move the same money at once, on real connections."""

from decimal import Decimal

import pytest

from carefund.core.actors import SYSTEM
from programmes.funds import queries
from programmes.funds.actions import Movement, NotEnough, Overspent, post, reserve
from programmes.funds.models import BudgetLine, Programme
from tests import make
from tests.support.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
THREADS = 12


def test_many_commitments_at_once_never_exceed_the_budget_line():
    fund = make.programme("race")
    line = make.budget(fund, 2026, "revenue", "1000.00")

    def commit(number):
        return post(
            programme=Programme.objects.get(pk=fund.pk),
            column="committed",
            movements=[Movement(2026, "revenue", Decimal("300.00"))],
            key=f"race:{number}",
            reason="Race",
            by=SYSTEM,
        )

    results = at_once(commit, range(THREADS))
    refused = [r for r in results if isinstance(r, Overspent)]
    line = BudgetLine.objects.get(pk=line.pk)
    assert (line.committed, len(refused)) == (Decimal("900.00"), THREADS - 3)
    assert queries.unreconciled() == []


def test_one_key_at_once_is_one_entry():
    fund = make.programme("race")
    line = make.budget(fund, 2026, "revenue", "1000.00")

    def commit(_):
        (entry,) = post(
            programme=Programme.objects.get(pk=fund.pk),
            column="committed",
            movements=[Movement(2026, "revenue", Decimal("300.00"))],
            key="race:same",
            reason="Race",
            by=SYSTEM,
        )
        return entry.pk

    assert len(set(at_once(commit, range(THREADS)))) == 1
    assert BudgetLine.objects.get(pk=line.pk).committed == Decimal("300.00")


def test_movements_over_two_lines_at_once_do_not_deadlock():
    fund = make.programme("race")
    make.budget(fund, 2026, "revenue", "100000.00")
    make.budget(fund, 2027, "revenue", "100000.00")

    def commit(number):
        years = (2026, 2027) if number % 2 else (2027, 2026)
        return post(
            programme=Programme.objects.get(pk=fund.pk),
            column="committed",
            movements=[Movement(year, "revenue", Decimal(10)) for year in years],
            key=f"race:{number}",
            reason="Race",
            by=SYSTEM,
        )

    at_once(commit, range(THREADS))
    assert set(BudgetLine.objects.values_list("committed", flat=True)) == {Decimal("120.00")}


def test_many_calls_at_once_never_set_aside_more_than_is_free():
    fund = make.programme("race")
    line = make.budget(fund, 2026, "revenue", "1000.00")
    subjects = [make.programme() for _ in range(THREADS)]

    def set_aside(number):
        return reserve(
            programme=Programme.objects.get(pk=fund.pk),
            subject=subjects[number],
            lines=[line],
            amount=Decimal("300.00"),
            key=f"race:{number}",
            by=SYSTEM,
        )

    results = at_once(set_aside, range(THREADS))
    refused = [r for r in results if isinstance(r, NotEnough)]
    line.refresh_from_db()
    assert (line.reserved, len(refused)) == (Decimal("900.00"), THREADS - 3)
    assert queries.unreconciled() == []
