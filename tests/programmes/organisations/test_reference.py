"""The reference data is true for today and for 2018, and loading it again changes nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from grants.benefits import reference as appraisal
from grants.benefits.models import Deflator, OptimismBias
from programmes.organisations import reference
from programmes.organisations.models import BoardShare, FormerCode, Organisation, Region

pytestmark = pytest.mark.django_db
SEVERAL_BOARDS = {
    "Buckinghamshire",
    "Cumberland",
    "Essex",
    "Hampshire",
    "Hertfordshire",
    "North Yorkshire",
    "Oxfordshire",
    "Suffolk",
    "Surrey",
    "Westmorland and Furness",
}


@pytest.fixture
def loaded(db):
    reference.load()


def test_loading_twice_changes_nothing(loaded):
    before = list(Organisation.objects.order_by("pk").values())
    reference.load()
    assert list(Organisation.objects.order_by("pk").values()) == before


def test_authorities_today_and_in_2018(loaded):
    authorities = Organisation.objects.authorities()
    assert authorities.valid_on(date(2026, 6, 1)).count() == 153
    assert authorities.valid_on(date(2018, 5, 11)).count() == 152
    assert Region.objects.count() == 9
    assert Organisation.objects.boards().count() == 42


def test_predecessors_name_their_successors(loaded):
    northamptonshire = Organisation.objects.get(name="Northamptonshire County Council")
    successors = {s.successor.short_name for s in northamptonshire.successions.all()}
    assert successors == {"North Northamptonshire", "West Northamptonshire"}
    assert northamptonshire.valid_to == date(2021, 4, 1)


def test_authorities_and_boards_are_many_to_many_with_one_primary(loaded):
    assert BoardShare.objects.count() == 166
    assert BoardShare.objects.filter(is_primary=True).count() == 153
    several = Organisation.objects.authorities().filter(board_shares__is_primary=False)
    assert {a.short_name for a in several} == SEVERAL_BOARDS
    sums = BoardShare.objects.values("authority").annotate(total=Sum("share"))
    assert all(abs(row["total"] - 1) < Decimal("0.001") for row in sums)


def test_barnsley_and_sheffield_changed_their_codes(loaded):
    found = {
        row.organisation.short_name: (row.gss_code, row.organisation.gss_code)
        for row in FormerCode.objects.filter(valid_to=date(2025, 4, 1))
    }
    assert found == {
        "Barnsley": ("E08000016", "E08000038"),
        "Sheffield": ("E08000019", "E08000039"),
    }


def test_appraisal_tables_hold_the_published_numbers():
    appraisal.load()
    appraisal.load()
    assert Deflator.objects.get(financial_year=2018).index == Decimal("88.825")
    digital = OptimismBias.objects.get(project_type="Equipment/development")
    assert (digital.cost_lower, digital.cost_upper) == (10, 200)
