from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from carefund.core.money import InexactMoney, percentage, pounds, share
from programmes.funds.models import LedgerEntry
from tests import make

PENCE = st.integers(min_value=-9_000_000_000_000, max_value=9_000_000_000_000)


@pytest.mark.parametrize("value", ["1.005", "abc", None, 1.5, "NaN", "Infinity", "90000000000.01"])
def test_pounds_refuses_what_is_not_whole_pence(value):
    with pytest.raises(InexactMoney):
        pounds(value)


@given(PENCE)
def test_pounds_keeps_every_penny(pence):
    assert int(pounds(Decimal(pence) / 100) * 100) == pence


@given(
    st.integers(min_value=0, max_value=10**12),
    st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=60).filter(any),
)
def test_share_adds_up_to_the_penny(pence, weights):
    parts = share(Decimal(pence) / 100, weights)
    assert sum(parts) == Decimal(pence) / 100
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


def test_share_of_the_second_phase_of_2018():
    parts = share(Decimal(700000), [1] * 9)
    assert sorted(set(parts)) == [Decimal("77777.77"), Decimal("77777.78")]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_share_refuses_weights_that_share_nothing(weights):
    with pytest.raises(InexactMoney):
        share(Decimal(1), weights)


def test_percentage_of_nothing_is_unknown():
    assert percentage(Decimal(1), Decimal(0)) is None
    assert percentage(Decimal(1), Decimal(3)) == Decimal("33.3")


def test_sums_of_money_are_exact_pounds(db):
    fund = make.programme()
    make.budget(fund, 2026, "revenue", "0.10")
    make.budget(fund, 2026, "revenue", "0.20")
    total = LedgerEntry.objects.aggregate(total=Sum("amount"))["total"]
    assert total == Decimal("0.30")
    assert isinstance(total, Decimal)


def test_twenty_per_cent_of_the_published_awards():
    assert Decimal(1085505) / 5 == Decimal("217101.00")
    assert Decimal(349234) / 5 == Decimal("69846.80")
