from datetime import timedelta
from decimal import Decimal

import pytest

from carefund.core.errors import Refused
from grants.awards import actions as awards
from programmes.funds.queries import unreconciled
from tests import make


def test_unanswered_offer_lapses_by_itself_and_frees_its_money(
    story, offered, known_time, run_jobs
):
    bid = offered
    run_jobs()
    assert make.fresh(bid.offer).state == "offered"
    known_time.shift(timedelta(days=28))
    run_jobs()
    assert make.fresh(bid.offer).state == "offered"
    known_time.shift(timedelta(days=1))
    run_jobs()
    assert make.fresh(bid.offer).state == "expired"
    assert make.fresh(bid).state == "declined"
    assert {line.committed for line in story.programme.budget_lines.all()} == {Decimal(0)}
    assert unreconciled() == []


def test_offer_does_not_lapse_early(offered):
    bid = offered
    with pytest.raises(Refused, match="not passed"):
        awards.expire(offer=bid.offer)
