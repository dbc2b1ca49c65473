from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from carefund.core import clock
from carefund.core.models import Job
from carefund.core.plans import whole
from carefund.core.writing import (
    Insertion,
    Outdated,
    Removal,
    Rows,
    Standing,
    change,
    together,
)
from carefund.core.writing.statements import given
from grants.bids.models import Bid, BidWords
from programmes.organisations.models import Organisation, Region

REGION = Insertion(Region)
ORGANISATION = Insertion(Organisation)
KEPT = Insertion(Job, unique=["key"])
RENEWED = Insertion(Job, unique=["key"], update=["payload"])
NEXT = Insertion(Job, unique=["key"], update=["payload", "attempts"], after="attempts", sure=True)
OF_A_KIND = Removal(Job, "kind", "key")


def job(key, **payload):
    return Job(**facts(key, **payload))


@pytest.mark.django_db
def test_rows_that_belong_together_point_to_each_other():
    region = Region(code="T99", name="The test")
    council = Organisation(kind="other", name="Testshire", region=region, valid_from=clock.today())
    with CaptureQueriesContext(connection) as asked:
        together((REGION, region), (ORGANISATION, council))
    assert Organisation.objects.get(pk=council.pk).region == Region.objects.get(code="T99")
    assert council.region_id == region.pk
    assert len(asked) == (1 if connection.vendor == "postgresql" else 2)


@pytest.mark.django_db
def test_a_row_that_is_there_already_stays_and_the_new_one_gets_no_key():
    first, again, other = job("a", n=1), job("a", n=2), job("b")
    together((KEPT, first))
    together((KEPT, again), (KEPT, other))
    assert again.pk is None
    assert {row.key: row.payload for row in Job.objects.all()} == {"a": {"n": 1}, "b": {}}
    assert Job.objects.get(key="b").pk == other.pk


@pytest.mark.django_db
def test_a_row_that_is_there_already_takes_the_new_values():
    first, again = job("a", n=1), job("a", n=2)
    together((RENEWED, first))
    together((RENEWED, again))
    assert again.pk == first.pk
    assert Job.objects.get().payload == {"n": 2}


@pytest.mark.django_db
def test_only_what_is_named_is_changed_and_only_where_it_is():
    row = job("a", n=1)
    together((KEPT, row))
    row.payload, row.last_error = {"n": 2}, "Not to be written"
    change(row, ["payload"])
    assert (Job.objects.get().payload, Job.objects.get().last_error) == ({"n": 2}, "")
    Job.objects.all().delete()
    with pytest.raises(DatabaseError):
        change(row, ["payload"])


@pytest.mark.django_db
def test_only_what_matches_is_taken_out():
    for key in ("a", "b"):
        together((KEPT, job(key)))
    OF_A_KIND(kind="test", key="a")
    assert list(Job.objects.values_list("key", flat=True)) == ["b"]


@pytest.mark.django_db
def test_a_number_that_goes_up_by_one_lets_nobody_pass_over_another():
    first = job("a", n=1)
    together((NEXT, first))
    together((NEXT, Job(**facts("a", n=2), attempts=1)))
    assert payloads() == {"a": {"n": 2}}
    with pytest.raises(Outdated), transaction.atomic():
        together((KEPT, job("b")), (NEXT, Job(**facts("a", n=3), attempts=1)))
    assert payloads() == {"a": {"n": 2}}


@pytest.mark.django_db
def test_all_is_written_where_the_row_stands_as_it_was_read():
    row, other, gone = job("a"), job("b"), job("c")
    together((KEPT, row), (KEPT, other), (KEPT, gone))
    other.payload = {"n": 2}
    Rows(
        added=((KEPT, job("d")),),
        changed=((other, ["payload"]),),
        removed=((OF_A_KIND, {"kind": "test", "key": "c"}),),
        standing=Standing(Job, row.pk, {"state": "waiting"}, {"last_error": "Seen"}),
    ).write()
    assert payloads() == {"a": {}, "b": {"n": 2}, "d": {}}
    assert Job.objects.get(key="a").last_error == "Seen"


@pytest.mark.django_db
@pytest.mark.parametrize("changed", [{}, {"last_error": "Seen"}])
def test_nothing_is_written_where_the_row_has_changed_since(changed):
    row, other = job("a"), job("b")
    together((KEPT, row), (KEPT, other))
    other.payload = {"n": 2}
    wanted = Rows(
        added=((KEPT, job("d")), (RENEWED, job("b", n=3))),
        changed=((other, ["payload"]),),
        removed=((OF_A_KIND, {"kind": "test", "key": "b"}),),
        standing=Standing(Job, row.pk, {"state": "done"}, changed),
    )
    with pytest.raises(Outdated):
        wanted.write()
    assert payloads() == {"a": {}, "b": {}}


@pytest.mark.django_db
def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        Rows().write()
        together()


@pytest.mark.django_db
def test_a_row_that_is_gone_cannot_be_changed_with_others():
    with pytest.raises(DatabaseError), transaction.atomic():
        Rows(added=((KEPT, job("a")),), changed=((Job(pk=1), ["payload"]),)).write()
    assert payloads() == {}


def facts(key, **payload):
    now = clock.now()
    return {"kind": "test", "key": key, "payload": payload, "due_at": now, "created_at": now}


def payloads():
    return dict(Job.objects.values_list("key", "payload"))


def test_values_are_what_their_fields_would_give_the_database():
    moment = clock.now()
    naive = moment.replace(tzinfo=None)
    given_to = [
        (Job, "kind", ["text", 7, None]),
        (Job, "payload", [{"a": [1]}, [], None, "text"]),
        (Job, "due_at", [moment, moment.astimezone(clock.LONDON), None]),
        (Job, "attempts", [0, 3]),
        (Bid, "requested", [Decimal("12.34"), 5, None]),
        (Bid, "is_sample", [True, False]),
        (Bid, "call", [7, None]),
        (Bid, "state", ["draft"]),
        (BidWords, "bid", [9]),
    ]
    for model, name, values in given_to:
        field = model._meta.get_field(name)
        for value in values:
            ours = given(connection, field, value)
            theirs = whole(connection, field.get_db_prep_save(value, connection))
            # The driver's wrapper of JSON has no equality of its own.
            assert type(ours) is type(theirs)
            assert getattr(ours, "obj", ours) == getattr(theirs, "obj", theirs)
    field = Job._meta.get_field("due_at")
    with pytest.warns(RuntimeWarning, match="naive datetime"):
        given(connection, field, naive)
