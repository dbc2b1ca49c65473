"""Calls that were announced before money was set aside for them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from carefund.core.money import ZERO
from programmes.calls.models import Call
from programmes.calls.queries import reserved_for
from programmes.funds.actions import release
from programmes.funds.models import BudgetLine, LedgerEntry
from tests import make


def ran():
    told = StringIO()
    call_command("set_aside_calls", stdout=told, stderr=told)
    return told.getvalue()


@pytest.fixture
def of_old(story):
    """A call as it was announced then: open, and nothing in the ledger."""
    call = make.call(story.programme, list(story.call.budget_lines.all()))
    Call.objects.filter(pk=call.pk).update(state="open", total="100000.00")
    release(programme=story.programme, subject=story.call, key="room", by=story.people.officer)
    return make.fresh(call)


def test_money_is_set_aside_for_calls_of_old_once(of_old):
    assert f"{of_old.code}: £100,000 set aside" in ran()
    assert reserved_for(of_old) == of_old.total
    entries = LedgerEntry.objects.count()
    assert ran() == ""
    assert LedgerEntry.objects.count() == entries


def test_call_that_the_budget_cannot_pay_is_named(of_old):
    room = sum(line.free for line in BudgetLine.objects.all())
    Call.objects.filter(pk=of_old.pk).update(total=room + 1)
    with pytest.raises(CommandError, match="1 of these calls offer more than is free"):
        ran()
    assert reserved_for(of_old) == ZERO
