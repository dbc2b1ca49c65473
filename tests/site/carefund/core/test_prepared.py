from datetime import date, timedelta

import pytest
from django.db import connection

from carefund.accounts import ties
from carefund.accounts.models import User
from carefund.core import clock
from carefund.core.prepared import Prepared
from grants.bids.models import Bid
from programmes.calls.models import Call
from programmes.organisations.models import Organisation
from tests import make


def values_of(row):
    return {name: value for name, value in vars(row).items() if name != "_state"}


@pytest.mark.django_db
def test_a_prepared_question_answers_as_the_query_set_does():
    people, day = [make.user(), make.user()], clock.today()
    ask = Prepared(lambda pk, today: ties.people(today).filter(pk=pk))
    for person in people:
        (found,) = ask(pk=person.pk, today=day)
        assert values_of(found) == values_of(ties.people(day).get(pk=person.pk))
    assert ask.first(pk=0, today=day) is None


@pytest.mark.django_db
def test_lists_of_any_length_days_and_moments_are_asked_for(django_assert_num_queries):
    people = [make.user() for _ in range(3)]
    emails = Prepared(
        lambda pks, since: (
            User.objects.filter(pk__in=pks, date_joined__gte=since)
            .order_by("pk")
            .values_list("email", flat=True)
        )
    )
    long_ago = clock.now() - timedelta(days=400)
    for count in (3, 1, 2):
        wanted = [person.email for person in people[:count]]
        assert emails(pks=[person.pk for person in people[:count]], since=long_ago) == wanted
    assert emails(pks=[people[0].pk], since=clock.now() + timedelta(days=1)) == []
    with django_assert_num_queries(0):
        assert emails(pks=[], since=long_ago) == []
    begun = Prepared(lambda on: Organisation.objects.filter(valid_from__lte=on))
    council = make.authority()
    assert council in begun(on=clock.today())
    assert begun(on=date(1066, 10, 14)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["50% of 'it'", "back\\slash", "%s", "{}"])
def test_constants_stand_in_the_statement_as_they_are(odd):
    person = make.user()
    User.objects.filter(pk=person.pk).update(name=odd)
    named = Prepared(lambda pk: User.objects.filter(pk=pk, name=odd, is_active=True))
    others = Prepared(lambda pk: User.objects.filter(pk=pk, name__contains="other" + odd))
    for _ in range(2):
        assert named(pk=person.pk) == [person]
        assert others(pk=person.pk) == []


@pytest.mark.django_db
def test_what_cannot_be_prepared_is_refused():
    with pytest.raises(TypeError, match="not compared"):
        Prepared(lambda pk: User.objects.filter(pk=pk + 1))(pk=1)
    with pytest.raises(TypeError, match="cannot be prepared"):
        Prepared(lambda pk: User.objects.filter(pk=pk))(pk=None)


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_database_keeps_the_plan_of_a_prepared_question():
    named = Prepared(lambda name: User.objects.filter(name=name).order_by("-pk"))
    for name in ("Ada", "Grace", "Joan"):
        assert named(name=name) == []
    with connection.cursor() as cursor:
        kept = "SELECT sum(generic_plans) FROM pg_prepared_statements WHERE statement LIKE %s"
        cursor.execute(kept, ['%"accounts_user"."name" = $1 ORDER BY%'])
        assert cursor.fetchone() == (3,)


@pytest.mark.django_db
def test_rows_that_belong_to_the_same_get_the_same_object(story, django_assert_num_queries):
    Call.objects.update(several_bids_allowed=True)
    bids = [make.draft_bid(story) for _ in range(3)]
    beside = ("organisation__region", "call__programme", "offer")
    ask = Prepared(
        lambda pks: Bid.objects.filter(pk__in=pks).select_related(*beside).order_by("pk")
    )
    with django_assert_num_queries(1):
        found = ask(pks=[bid.pk for bid in bids])
        assert found == bids
        assert {bid.organisation for bid in found} == {story.authority}
        assert {bid.organisation.region for bid in found} == {story.authority.region}
        assert {bid.call.programme for bid in found} == {story.programme}
        assert not any(hasattr(bid, "offer") for bid in found)
    assert len({id(bid.organisation) for bid in found}) == 1
    # Nothing is shared with whoever asks next.
    (again, *_) = ask(pks=[bid.pk for bid in bids])
    assert again.organisation is not found[0].organisation
