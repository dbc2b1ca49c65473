"""A save is one statement, and gives way to whoever came in between."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from carefund.accounts.models import User
from carefund.audit.chain import verify
from carefund.audit.models import Entry
from grants.bids import actions as bids
from grants.bids import queries
from grants.bids.models import Answer, AnswerRevision, Bid, KeptAnswer, Presence
from grants.bids.rules import access_to_answer
from tests import make

QUESTION = "summary"


@pytest.fixture
def bid(story):
    return make.draft_bid(story)


def save(bid, text, by, revision=1, **more):
    return bids.save_answers(
        bid=bid, values={QUESTION: text}, revisions={QUESTION: revision}, by=by, **more
    )


def standing(bid):
    return Answer.objects.get(bid=bid, question=QUESTION)


@pytest.mark.django_db
def test_a_save_is_one_statement(story, bid):
    save(bid, "First", story.people.author)  # reads their roles too
    seen = queries.kept_answers(bid)
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        save(bid, "Anew", story.people.author, revision=2, seen=seen, leaves="plan")
    if connection.vendor == "postgresql":
        assert len(asked) == 3  # with the savepoint around it
    assert (standing(bid).value, standing(bid).revision) == ("Anew", 3)
    entry = Entry.objects.about(bid).filter(verb="bid.save_answers").first()
    assert entry.changes == {"answers": [None, [QUESTION]]}
    assert verify().whole


@pytest.mark.django_db
def test_answers_come_with_the_bid_once(story, bid, django_assert_num_queries):
    read = access_to_answer(story.people.author, bid.reference, "bids.edit")
    with django_assert_num_queries(0):
        known = queries.kept_answers(read)
    with django_assert_num_queries(2):
        assert queries.kept_answers(read) == known == queries.kept_answers(bid)
    assert {key: one.value for key, one in known.items()} == make.answers()


@pytest.mark.django_db
def test_who_prepared_the_bid_is_who_saved_last(story, bid):
    for number, who in enumerate((story.people.chief, story.people.author, story.people.author)):
        save(bid, f"Text {number}", who, revision=number + 1)
        assert make.fresh(bid).prepared_by == who


@pytest.mark.django_db
def test_what_was_saved_since_it_was_read_is_not_written_over(story, bid):
    seen = queries.kept_answers(bid)
    save(make.fresh(bid), "Theirs", story.people.chief)
    bids.be_in_section(bid=bid, section="plan", by=story.people.author)
    with pytest.raises(bids.Conflict) as conflict:
        save(bid, "Mine", story.people.author, seen=seen, leaves="plan")
    (clash,) = conflict.value.clashes
    assert (clash.theirs, clash.mine) == ("Theirs", "Mine")
    assert standing(bid).value == "Theirs"
    assert KeptAnswer.objects.get(bid=bid).value == "Mine"
    assert Presence.objects.filter(bid=bid).exists()


@pytest.mark.django_db
def test_a_first_answer_is_not_written_over_by_another(story, bid):
    seen, first = queries.kept_answers(bid), "partner_names"
    assert first not in seen
    for who, text in ((story.people.chief, "Theirs"), (story.people.author, "Mine")):
        sent = {"values": {first: text}, "revisions": {first: 0}, "seen": seen}
        with nullcontext() if text == "Theirs" else pytest.raises(bids.Conflict):
            bids.save_answers(bid=bid, by=who, **sent)
    assert Answer.objects.get(bid=bid, question=first).value == "Theirs"
    assert KeptAnswer.objects.get(bid=bid).value == "Mine"


@pytest.mark.django_db
def test_a_bid_that_went_on_since_it_was_read_is_not_changed(story, bid):
    seen, before = queries.kept_answers(bid), standing(bid).value
    bids.ask_for_certificate(bid=make.fresh(bid), by=story.people.author)
    with pytest.raises(bids.NotEditable):
        save(bid, "Late", story.people.author, seen=seen)
    assert standing(bid).value == before
    assert KeptAnswer.objects.get(bid=bid).value == "Late"


@pytest.mark.django_db
def test_leaving_a_section_is_told_whether_or_not_anything_was_written(story, bid):
    for text in ("Anew", "Anew"):
        bids.be_in_section(bid=bid, section="plan", by=story.people.author)
        save(bid, text, story.people.author, revision=standing(bid).revision, leaves="plan")
        assert not Presence.objects.filter(bid=bid).exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_shown_the_other():
    story = make.story()
    pk = make.draft_bid(story).pk
    people = (story.people.author.pk, story.people.chief.pk)
    for number in range(8):
        revision = standing(pk).revision
        gate = Barrier(len(people))

        def press(who, gate=gate, number=number, revision=revision):
            try:
                bid, by = Bid.objects.select_related("call").get(pk=pk), User.objects.get(pk=who)
                seen = queries.kept_answers(bid)
                gate.wait()
                return save(bid, f"{number} of {who}", by, revision=revision, seen=seen)
            except bids.Conflict as conflict:
                return conflict
            finally:
                connection.close()

        with ThreadPoolExecutor(len(people)) as pool:
            results = list(pool.map(press, people))
        assert sorted(isinstance(one, list) for one in results) == [False, True]
        assert standing(pk).revision == revision + 1
    assert AnswerRevision.objects.filter(bid=pk, question=QUESTION).count() == 9
    assert KeptAnswer.objects.filter(bid=pk).count() == 8
    assert verify().whole


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_saves_while_the_bid_goes_on_changes_nothing_of_what_goes_on():
    story = make.story()
    author = story.people.author.pk
    pk = make.draft_bid(story).pk
    gate = Barrier(2)

    def acting(act):
        try:
            bid, by = Bid.objects.select_related("call").get(pk=pk), User.objects.get(pk=author)
            gate.wait()
            return act(bid, by)
        except bids.NotEditable as error:
            return error
        finally:
            connection.close()

    def saves(bid, by):
        return save(bid, "At the same moment", by, seen=queries.kept_answers(bid))

    def goes_on(bid, by):
        return bids.ask_for_certificate(bid=bid, by=by)

    with ThreadPoolExecutor(2) as pool:
        saved, _ = pool.map(acting, (saves, goes_on))
    assert make.fresh(Bid(pk=pk)).state == "awaiting_certificate"
    assert (standing(pk).revision == 2) == isinstance(saved, list)
