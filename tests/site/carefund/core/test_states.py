import pytest
from django.db import IntegrityError, transaction

from carefund.audit.models import Entry
from carefund.core import states
from carefund.core.actors import SYSTEM
from carefund.core.errors import Refused, WrongState
from carefund.core.states import Move, State, StateTable
from grants.bids.models import Bid
from programmes.calls.models import Call
from tests import make


def test_table_refuses_a_move_to_a_state_it_does_not_list():
    with pytest.raises(ValueError, match="unknown states"):
        StateTable("thing", [State("a", "A")], [Move("go", ("a",), "b")])


def test_move_writes_state_and_record_together(story):
    bid = make.draft_bid(story)
    states.move(bid, "withdraw", by=story.people.author, reason="Not ready")
    entry = Entry.objects.about(bid).first()
    assert bid.state == make.fresh(bid).state == "withdrawn"
    assert (entry.verb, entry.reason, entry.actor) == (
        "bid.withdraw",
        "Not ready",
        story.people.author,
    )
    assert entry.changes["state"] == ["draft", "withdrawn"]


def test_forbidden_move_names_object_from_and_to_and_changes_nothing(story):
    bid = make.draft_bid(story)
    before = Entry.objects.count()
    with pytest.raises(WrongState) as caught:
        states.move(bid, "submit", by=SYSTEM)
    error = caught.value
    assert (error.obj, error.source, error.target) == (bid, "draft", "submitted")
    assert "“draft”" in error.message
    assert (make.fresh(bid).state, Entry.objects.count()) == ("draft", before)


def test_guard_that_refuses_leaves_no_trace(story):
    bid = make.draft_bid(story)
    before = Entry.objects.count()

    def refuse(locked):
        raise Refused("No.")

    with pytest.raises(Refused, match=r"No\."):
        states.move(bid, "withdraw", by=SYSTEM, guard=refuse)
    assert (make.fresh(bid).state, Entry.objects.count()) == ("draft", before)


def test_stale_object_cannot_move_twice(story):
    bid = make.draft_bid(story)
    stale = make.fresh(bid)
    states.move(bid, "withdraw", by=SYSTEM)
    with pytest.raises(WrongState):
        states.move(stale, "withdraw", by=SYSTEM)


def test_state_cannot_be_saved_behind_the_door(story):
    bid = make.fresh(make.draft_bid(story))
    bid.state = "awarded"
    with pytest.raises(RuntimeError, match=r"only through states\.move"):
        bid.save()


def test_database_refuses_an_unknown_state(story):
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=story.call.pk).update(state="imaginary")


@pytest.mark.parametrize("model", [Bid, Call])
def test_status_gives_words_and_colour(model):
    obj = model(state="draft")
    assert (obj.status.label, obj.status.colour) == ("Draft", "grey")
