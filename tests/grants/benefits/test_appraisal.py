"""The worked numbers of the published guidance come out."""

from datetime import date
from decimal import Decimal

import pytest

from grants.benefits import appraisal
from grants.benefits.reference import load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tables(db):
    load()


def test_real_terms_follow_the_deflator():
    # 102.000 / 88.825
    assert appraisal.real(Decimal(1000), 2018, 2022) == Decimal("1148.33")
    assert appraisal.real(Decimal(1000), 2022, 2022) == Decimal("1000.00")
    # Prices fell from 2020-21 (95.825) to 2021-22 (95.250).
    assert appraisal.real(Decimal(1000), 2021, 2020) == Decimal("1006.04")


def test_real_terms_without_a_published_index_are_refused():
    with pytest.raises(appraisal.NoTable, match="2040 to 2041"):
        appraisal.real(Decimal(1), 2040, 2022)


def test_discount_factor_of_the_base_year_is_one_and_falls_from_there():
    rates = appraisal.rates_on(date(2026, 6, 1))
    assert rates.valid_from == date(2003, 4, 1)
    assert rates.factor(0) == 1
    assert round(rates.factor(1), 4) == Decimal("0.9662")
    assert round(rates.factor(30), 4) == Decimal("0.3563")
    assert (rates.rate(30), rates.rate(31)) == (Decimal("3.50"), Decimal("3.00"))
    assert rates.factor(31) == rates.factor(30) / Decimal("1.03")
    assert rates.rate(76) == Decimal("2.50")


def test_health_effects_use_their_own_rate():
    assert appraisal.rates_on(date(2026, 6, 1), "health").rate(10) == Decimal("1.50")


def test_no_rate_before_the_first_table():
    with pytest.raises(appraisal.NoTable):
        appraisal.rates_on(date(1990, 1, 1))


def test_net_present_value_and_ratio():
    rates = appraisal.rates_on(date(2026, 6, 1))
    costs = {0: Decimal(1000)}
    gains = {1: Decimal(1035), 2: Decimal("1071.225")}
    assert appraisal.present_value(gains, rates) == Decimal("2000.00")
    assert appraisal.npsv(gains, costs, rates) == Decimal("1000.00")
    assert appraisal.bcr(gains, costs, rates) == Decimal("2.00")
    assert appraisal.bcr(gains, {}, rates) is None


@pytest.mark.parametrize(
    ("ratio", "name"),
    [("0.99", "Poor"), ("1", "Low"), ("1.5", "Medium"), ("2", "High"), ("4", "Very high")],
)
def test_value_for_money_category(ratio, name):
    assert appraisal.category(Decimal(ratio)) == name


def test_optimism_bias_of_a_mix_of_buildings():
    mix = [(Decimal("0.30"), 51), (Decimal("0.70"), 24)]
    assert appraisal.blended_bias(mix) == Decimal("32.10")
    time = [(Decimal("0.30"), 39), (Decimal("0.70"), 4)]
    assert appraisal.blended_bias(time) == Decimal("14.50")
