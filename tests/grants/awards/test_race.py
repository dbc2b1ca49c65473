"""Two officers decide at the same moment: one wins, and the money is counted once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from carefund.core import clock
from carefund.core.errors import Refused
from grants.awards import actions as awards
from grants.awards.models import AllocationRound, Determination, Offer
from programmes.funds import queries
from programmes.funds.models import BudgetLine
from tests import make
from tests.support.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
OFFERED = Decimal("20000.00")


@pytest.fixture
def story():
    return make.story()


@pytest.fixture
def seniors(story):
    second = make.staff(make.StaffRole.SENIOR_OFFICER, story.programme, "Senior Two")
    return [story.people.senior, second]


def recommended(story, **about):
    make.assessed_bid(story)
    made = awards.make_round(call=story.call, minimum_score=Decimal(50), by=story.people.officer)
    return awards.recommend(allocation=made, rationale="Best.", by=story.people.officer, **about)


def one_of(results):
    """Exactly one got through, and the others were refused in words."""
    return [isinstance(found, Refused) for found in results].count(False) == 1


def committed(story, kind="revenue"):
    line = BudgetLine.objects.get(programme=story.programme, financial_year=2026, kind=kind)
    return line.committed


def test_two_approvals_of_one_round_commit_once(story, seniors):
    made = recommended(story)

    def approve(by):
        return awards.approve(allocation=AllocationRound.objects.get(pk=made.pk), by=by)

    assert one_of(at_once(approve, seniors))
    assert (committed(story), Offer.objects.count()) == (OFFERED, 1)
    assert queries.unreconciled() == []


def test_last_step_of_the_chain_is_given_once(story, seniors):
    for title in ("Senior officer", "Senior responsible owner"):
        awards.add_step(
            programme=story.programme,
            title=title,
            role=make.StaffRole.SENIOR_OFFICER,
            from_amount=Decimal(0),
            by=story.people.administrator,
        )
    made = recommended(story)
    awards.approve(
        allocation=made, by=make.staff(make.StaffRole.SENIOR_OFFICER, story.programme, "First")
    )

    def approve(by):
        return awards.approve(allocation=AllocationRound.objects.get(pk=made.pk), by=by)

    assert one_of(at_once(approve, seniors * 2))
    assert made.approvals.count() == 2
    assert (committed(story), Offer.objects.count()) == (OFFERED, 1)
    assert queries.unreconciled() == []


def test_two_officers_publish_once(story, seniors):
    made = recommended(story, publish_on=clock.today() + timedelta(days=5))
    awards.approve(allocation=made, by=seniors[0])

    def publish(by):
        return awards.publish(allocation=AllocationRound.objects.get(pk=made.pk), by=by)

    assert one_of(at_once(publish, seniors * 2))
    assert (committed(story), Offer.objects.count()) == (OFFERED, 1)
    assert queries.unreconciled() == []


def test_determination_is_issued_once(story, seniors):
    make.budget(story.programme, 2026, "capital", "100.00")
    made = make.determination(story)

    def issue(by):
        return awards.issue_determination(
            determination=Determination.objects.get(pk=made.pk), by=by
        )

    before = committed(story, "capital")
    assert one_of(at_once(issue, seniors * 2))
    assert committed(story, "capital") == before + made.total
    assert queries.unreconciled() == []
