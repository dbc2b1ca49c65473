"""Objects made of rows at once are those that Django makes."""

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db.models.signals import post_init

from carefund.core.making import Maker, new
from carefund.core.models import Job
from carefund.notify.models import OutboxMessage
from grants.bids.models import Answer, Bid
from programmes.funds.models import Programme
from tests import make

pytestmark = pytest.mark.django_db


def both(model, names, values):
    return Maker(model).from_db("default", names, values), model.from_db("default", names, values)


def test_object_is_the_one_that_django_makes():
    programme = make.programme()
    names = [field.attname for field in Programme._meta.concrete_fields]
    ours, theirs = both(Programme, names, [getattr(programme, name) for name in names])
    assert ours == theirs == programme
    states = [vars(one).pop("_state") for one in (ours, theirs)]
    assert vars(ours) == vars(theirs)
    assert [(s.db, s.adding) for s in states] == [("default", False)] * 2


def test_what_was_left_out_is_read_when_asked_for(django_assert_num_queries):
    programme = make.programme()
    ours, _ = both(Programme, ["id", "code"], [programme.pk, programme.code])
    assert ours.get_deferred_fields() >= {"name", "summary"}
    with django_assert_num_queries(1):
        assert ours.name == programme.name
    ours.name = "Another name"
    ours.save(update_fields=["name"])
    assert Programme.objects.get().name == "Another name"


def test_state_moved_behind_the_door_is_refused_all_the_same(story):
    bid = make.draft_bid(story)
    ours, _ = both(Bid, ["id", "state", "title"], [bid.pk, bid.state, bid.title])
    ours.state = "submitted"
    with pytest.raises(RuntimeError, match=r"moves only through states\.move"):
        ours.save(update_fields=["state"])


def test_who_listens_hears_of_every_object():
    heard = []
    listener = lambda instance, **_: heard.append(instance)  # noqa: E731 - kept while it listens
    post_init.connect(listener, sender=Programme)
    try:
        ours, theirs = both(Programme, ["id", "code"], [7, "p"])
    finally:
        post_init.disconnect(listener, sender=Programme)
    assert [id(one) for one in heard] == [id(ours), id(theirs)]


def test_model_with_code_of_its_own_is_made_by_it():
    class Told:
        _meta = Programme._meta

        @classmethod
        def from_db(cls, db, names, values):
            return db, names, values

    assert Maker(Told).from_db("default", ["id"], [7]) == ("default", ["id"], [7])


ROWS = ["answer", "message"]


@pytest.fixture
def row(request, story):
    """(Model, what is said of a row of it)"""
    bid = make.draft_bid(story)
    return {
        "answer": (
            Answer,
            {"bid": bid, "question": "q", "value": {"a": 1}, "revision": 2, "saved_by": None},
        ),
        "message": (OutboxMessage, {"recipient": story.people.author, "key": "k", "how": "now"}),
    }[request.param]


@pytest.mark.parametrize("row", ROWS, indirect=True)
def test_a_new_row_is_the_one_that_the_model_makes(row, known_time):
    model, values = row
    ours, theirs = new(model, **values), model(**values)
    for one in (ours, theirs):
        assert one._state.adding
        assert one.pk is None
    assert ours._state.fields_cache == theirs._state.fields_cache
    for one in (ours, theirs):
        vars(one).pop("_state")
    assert vars(ours) == vars(theirs)


def test_what_a_row_has_not_is_refused(story):
    with pytest.raises(FieldDoesNotExist):
        new(Answer, bid=make.draft_bid(story), quest="q")


def test_each_new_row_has_defaults_of_its_own():
    first, second = new(Job, kind="a"), new(Job, kind="b")
    first.payload["changed"] = True
    assert second.payload == {}
    assert first.state == Job.State.WAITING


def test_who_begins_to_listen_hears_of_new_rows_too():
    assert new(Job, kind="a").kind == "a"
    heard = []
    listener = lambda instance, **_: heard.append(instance)  # noqa: E731 - kept while it listens
    for _ in range(2):
        post_init.connect(listener, sender=Job)
        try:
            made = new(Job, kind="b")
        finally:
            post_init.disconnect(listener, sender=Job)
        assert [id(one) for one in heard] == [id(made)]
        heard.clear()
        new(Job, kind="c")
        assert heard == []
