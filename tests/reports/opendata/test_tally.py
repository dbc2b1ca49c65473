"""What the register's filters offer, and what the grants that match come to."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from grants.awards.models import Offer
from reports.opendata import queries
from tests import make
from tests.reports import make as telling

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(story):
    """Of 2025 in one region, of 2026 in another, of 2026 in none."""
    found = telling.projects(story, 3)
    moments = [
        datetime(2026, 3, 31, 22, 59, tzinfo=UTC),  # one minute before midnight in London
        datetime(2026, 3, 31, 23, 0, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
    ]
    regions = [*map(make.region, REGIONS), None]
    for project, moment, region in zip(found, moments, regions, strict=True):
        Offer.objects.filter(project=project).update(answered_at=moment)
        project.organisation.region = region
        project.organisation.save()
    return found


REGIONS = ["North East", "North West"]
NOTHING = {"q": "", "programme": [], "region": [], "theme": [], "year": []}


def _codes():
    return [make.region(name).code for name in REGIONS]


def asked(**wanted):
    return queries.tally({**NOTHING, **wanted})


def test_tally_counts_adds_up_and_offers(three, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = asked()
    amounts = [project.offer.amount for project in three]
    assert (found.count, found.total) == (3, sum(amounts))
    assert found.by_region == dict(zip(_codes(), amounts, strict=False))
    assert found.facets["year"] == [("2026", "2026 to 2027 (2)"), ("2025", "2025 to 2026 (1)")]
    assert found.facets["region"] == [
        (code, f"{name} (1)") for code, name in zip(_codes(), REGIONS, strict=True)
    ]
    assert [text for _, text in found.facets["programme"]] == [f"{three[0].programme.name} (3)"]


def test_a_filter_goes_on_offering_what_it_leaves_out(three, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = asked(year=["2025"])
    assert (found.count, found.total) == (1, three[0].offer.amount)
    assert found.facets["year"] == [("2026", "2026 to 2027 (2)"), ("2025", "2025 to 2026 (1)")]
    assert found.facets["region"] == [(_codes()[0], "North East (1)")]


def test_nothing_that_matches_is_nothing(three):
    found = asked(q="submarines")
    assert (found.count, found.total, found.by_region) == (0, Decimal(0), {})
    assert set(map(tuple, found.facets.values())) == {()}
    assert not found.has_samples


def test_what_is_made_up_is_known(three):
    assert not asked().has_samples
    Offer.objects.filter(project=three[0]).update(amount_precision="sample")
    assert asked().has_samples
    assert not asked(year=["2026"]).has_samples
