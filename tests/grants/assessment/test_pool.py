"""The pool, the proposal, invitations, declining, reminders."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from carefund.accounts.roles import StaffRole
from carefund.core.errors import Refused
from carefund.core.workdays import working_days_after
from grants.assessment import actions as assessment
from grants.assessment import queries
from grants.assessment.assigning import Place, Reader, spread
from grants.assessment.models import Assignment, PoolMember
from grants.bids.models import Bid
from tests import make
from tests.grants.support import queries as counted
from tests.grants.support import text


@pytest.fixture
def officer(story, client):
    client.force_login(story.people.officer)
    return client


@pytest.fixture
def eligible(story, submitted):
    assessment.check_eligibility(bid=submitted, passed=True, reason="", by=story.people.officer)
    return make.fresh(submitted)


def at(story, name, *more):
    return reverse(f"assessment:{name}", args=[story.call.code, *more])


def test_spread_fills_places_then_balances_then_matches():
    readers = [Reader(1, 0, 9), Reader(2, 0, 9), Reader(3, 2, 9), Reader(4, 0, 1)]
    everybody = frozenset({1, 2, 3, 4})
    places = [Place(n, 2, everybody, frozenset({1, 4})) for n in range(3)]
    answer = spread(places, readers)
    given = {r.key: sum(r.key in keys for keys in answer.values()) for r in readers}
    assert all(len(set(keys)) == 2 for keys in answer.values())
    assert given[4] == 1
    assert given[1] + given[2] + given[3] == 5
    assert max(given[1], given[2]) - min(given[1], given[2]) <= 1
    assert given[3] <= 1
    assert spread(places, readers) == answer


def test_spread_leaves_places_empty_rather_than_overload_or_ask_whom_it_may_not():
    places = [Place(n, 1, frozenset({1}), frozenset()) for n in range(3)]
    answer = spread(places, [Reader(1, 0, 2), Reader(2, 0, 9)])
    assert sorted(map(len, answer.values())) == [0, 1, 1]
    assert spread(places, []) == {0: [], 1: [], 2: []}


def test_expert_is_preferred_where_the_load_is_the_same():
    readers = [Reader(1, 0, 9), Reader(2, 0, 9)]
    places = [
        Place(1, 1, frozenset({1, 2}), frozenset({2})),
        Place(2, 1, frozenset({1, 2}), frozenset({1})),
    ]
    assert spread(places, readers) == {1: [2], 2: [1]}


def test_officer_describes_assessors_and_confirms_a_changed_proposal(story, eligible, officer):
    people = story.people
    third = make.staff(StaffRole.ASSESSOR, story.programme, "Assessor Three")
    employed = {"employer": "here  COUNCIL", "most": "5"}
    assert officer.post(at(story, "assessor", third.pk), employed).status_code == 302
    known = {"themes": [str(story.theme.pk)], "most": "3"}
    officer.post(at(story, "assessor", people.assessor.pk), known)
    page = text(officer.get(at(story, "pool")))
    assert "Living at home" in page
    assert "3 more, 3 at most" in page
    page = text(officer.get(at(story, "propose")))
    assert "Assessor One (knows the theme)" in page
    assert "Assessor Three" not in page
    (row,) = queries.proposal(story.call, Bid.objects.all())
    assert {p.pk for p in row.proposed} == {people.assessor.pk, people.second_assessor.pk}
    first, second = f"bid-{eligible.pk}-1", f"bid-{eligible.pk}-2"
    twice = {first: str(people.assessor.pk), second: str(people.assessor.pk)}
    assert "chosen twice" in text(officer.post(at(story, "propose"), twice))
    stranger = {first: str(third.pk)}
    assert "There is a problem" in text(officer.post(at(story, "propose"), stranger))
    assert not Assignment.objects.exists()
    changed = {
        first: str(people.second_assessor.pk), second: "",
        "due_on_day": "10", "due_on_month": "7", "due_on_year": "2026",
    }  # fmt: skip
    officer.post(at(story, "propose"), changed)
    given = Assignment.objects.get()
    assert (given.assessor, given.due_on) == (people.second_assessor, date(2026, 7, 10))
    with pytest.raises(Refused, match="works for"):
        assessment.assign(bid=make.fresh(eligible), assessor=third, by=people.officer)


def test_nobody_is_given_more_than_they_can_take(story, eligible):
    people = story.people
    PoolMember.objects.create(programme=story.programme, person=people.assessor, most=0)
    with pytest.raises(Refused, match="More bids than they can take: Assessor One"):
        assessment.give_out(
            call=story.call, given=[(eligible, people.assessor)], due_on=None, by=people.officer
        )
    away = PoolMember(person=people.second_assessor, available_until=date(2026, 6, 1))
    row = queries.PoolRow(people.second_assessor, away, [])
    assert (row.is_available, row.free) == (False, 0)


def test_declining_needs_a_reason_and_shuts_the_bid(story, eligible, client, run_jobs):
    people = story.people
    given = assessment.assign(bid=eligible, assessor=people.assessor, by=people.officer)
    assert given.due_on == working_days_after(date(2026, 6, 15), 15) == date(2026, 7, 6)
    assessment.declare(assignment=given, has_conflict=False, note="", by=people.assessor)
    client.force_login(people.assessor)
    page = reverse("assessment:detail", args=[given.pk])
    assert "Scores are due on 6 July 2026" in text(client.get(page))
    address = reverse("assessment:decline", args=[given.pk])
    assert "There is a problem" in text(client.post(address, {"reason": ""}))
    client.post(address, {"reason": "I am ill."})
    assert "You declined to assess this bid" in text(client.get(page))
    assert "Sensors that learn" not in text(client.get(page))
    run_jobs()
    assert any("declined bid" in one.subject for one in mail.outbox)
    client.force_login(people.officer)
    assert "I am ill." in text(client.get(reverse("assessment:case", args=[eligible.reference])))
    (row,) = queries.proposal(story.call, Bid.objects.all())
    assert [p.pk for p in row.may] == [people.second_assessor.pk]


def test_reminders_come_before_and_after_the_day_and_only_while_work_is_open(
    story, eligible, run_jobs, known_time
):
    people = story.people
    assessment.assign(
        bid=eligible, assessor=people.assessor, due_on=date(2026, 7, 10), by=people.officer
    )
    run_jobs()
    mail.outbox.clear()
    for day, words in (("07-03", "are due"), ("07-09", "are due"), ("07-13", "were due")):
        known_time.move_to(f"2026-{day}T09:30:00+01:00")
        run_jobs()
        assert words in mail.outbox[-1].subject
    assert len(mail.outbox) == 3


def test_lists_of_assessors_take_the_same_queries_at_one_and_three(story, eligible, officer):
    pages = [at(story, name) for name in ("pool", "propose", "moderation")]
    one = [counted(officer, page) for page in pages]
    for name in ("Three", "Four"):
        make.staff(StaffRole.ASSESSOR, story.programme, f"Assessor {name}")
        make.authority(f"Council {name}")
    assert [counted(officer, page) for page in pages] == one
