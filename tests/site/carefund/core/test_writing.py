import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from carefund.core import clock
from carefund.core.models import Job
from carefund.core.writing import Insertion, Removal, change, together
from programmes.organisations.models import Organisation, Region

REGION = Insertion(Region)
ORGANISATION = Insertion(Organisation)
KEPT = Insertion(Job, unique=["key"])
RENEWED = Insertion(Job, unique=["key"], update=["payload"])


def job(key, **payload):
    now = clock.now()
    return Job(kind="test", key=key, payload=payload, due_at=now, created_at=now)


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
    KEPT(first)
    together((KEPT, again), (KEPT, other))
    assert again.pk is None
    assert {row.key: row.payload for row in Job.objects.all()} == {"a": {"n": 1}, "b": {}}
    assert Job.objects.get(key="b").pk == other.pk


@pytest.mark.django_db
def test_a_row_that_is_there_already_takes_the_new_values():
    first, again = job("a", n=1), job("a", n=2)
    RENEWED(first)
    RENEWED(again)
    assert again.pk == first.pk
    assert Job.objects.get().payload == {"n": 2}


@pytest.mark.django_db
def test_only_what_is_named_is_changed_and_only_where_it_is():
    row = job("a", n=1)
    KEPT(row)
    row.payload, row.last_error = {"n": 2}, "Not to be written"
    change(row, ["payload"])
    assert (Job.objects.get().payload, Job.objects.get().last_error) == ({"n": 2}, "")
    Job.objects.all().delete()
    with pytest.raises(DatabaseError):
        change(row, ["payload"])


@pytest.mark.django_db
def test_only_what_matches_is_taken_out():
    for key in ("a", "b"):
        KEPT(job(key))
    Removal(Job, "kind", "key")(kind="test", key="a")
    assert list(Job.objects.values_list("key", flat=True)) == ["b"]
