"""No sequence of saves, conflicts, reopenings and withdrawals loses a text that was saved."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carefund.core import clock
from carefund.core.errors import Refused
from grants.bids import actions as bids
from grants.bids.actions import submitting
from grants.bids.models import Answer, AnswerRevision, KeptAnswer, Submission
from tests import make

WHO = ("author", "chief")
SAVES = st.tuples(
    st.just("save"),
    st.sampled_from(WHO),
    st.integers(0, 4),  # how many revisions ago the page was opened
    st.sampled_from(["", "PageOne", "PageTwo"]),
    st.booleans(),
    st.text(alphabet="ab <&\n\u0175\U0001f600", max_size=12),
)
MOVES = st.sampled_from(
    [
        *(("ask_for_certificate", who) for who in WHO),
        ("certify", "certifier"),
        ("return_to_author", "certifier"),
        ("reopen", "author"),
        ("submit", "author"),
        ("withdraw", "author"),
        ("resume", "author"),
    ]
)


class Writing:
    """A bid on which people work, and what each of them sent."""

    def __init__(self, story):
        self.people, self.bid, self.sent, self.shown = story.people, None, set(), []
        self.bid = make.draft_bid(story)
        self.standing = self.answer().value

    def answer(self):
        return Answer.objects.get(bid=self.bid, question="summary")

    def save(self, who, ago, page, as_typed, text):
        seen = max(self.answer().revision - ago, 0)
        self.sent.add(text)
        try:
            bids.save_answers(
                bid=self.bid,
                values={"summary": text},
                revisions={"summary": seen},
                by=getattr(self.people, who),
                page=page,
                as_typed=as_typed,
            )
        except bids.Conflict as conflict:
            shown = conflict.clashes[0]
            self.shown.append((shown.mine, shown.theirs) == (text, self.standing))
        except bids.NotEditable:
            assert make.fresh(self.bid).state != "draft"
        self.standing = self.answer().value

    def move(self, name, who):
        more = {"reason": "Because"} if name in {"return_to_author", "withdraw"} else {}
        with suppress(Refused):
            getattr(bids, name)(bid=self.bid, by=getattr(self.people, who), **more)
        self.bid = make.fresh(self.bid)
        assert self.answer().value == self.standing

    def check(self):
        assert all(self.shown)
        kept = {
            row.value
            for model in (AnswerRevision, KeptAnswer)
            for row in model.objects.filter(bid=self.bid, question="summary")
        }
        assert {text for text in self.sent if text} <= kept
        numbers = list(self.bid.revisions.filter(question="summary").values_list("revision"))
        assert numbers == [(number,) for number in range(1, self.answer().revision + 1)]
        for row in Submission.objects.filter(bid=self.bid):
            assert row.content["answers"].get("summary", "") in kept


@pytest.mark.django_db
def test_no_sequence_loses_a_character(story):
    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.lists(st.one_of(SAVES, SAVES, MOVES), min_size=4, max_size=10))
    def run(steps):
        with transaction.atomic():
            writing = Writing(story)
            for step in steps:
                if step[0] == "save":
                    writing.save(*step[1:])
                else:
                    writing.move(*step)
            writing.check()
            transaction.set_rollback(True)

    run()


TEXT = st.text(alphabet="ab <&\n\u0175\U0001f600", min_size=1, max_size=12)
REPLIES = st.tuples(
    st.sampled_from(["keep", "send"]),
    st.sampled_from(WHO),
    st.integers(0, 3),  # how many drafts ago the page was opened
    TEXT,
    TEXT,
)


@pytest.mark.django_db
def test_no_sequence_of_replies_to_the_department_loses_a_character(story, submitted):

    def do(request, drafts, step):
        name, who, ago, words, answer = step
        act = bids.keep_reply if name == "keep" else bids.reply_to_request
        more = {"seen": drafts[-1 - min(ago, len(drafts) - 1)]}
        with suppress(Refused):
            by = getattr(story.people, who)
            act(request=request, reply=words, values={"summary": answer}, by=by, **more)
        return make.fresh(request)

    @settings(max_examples=10, deadline=None, derandomize=True, database=None,
              suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
    @given(st.lists(REPLIES, min_size=2, max_size=6))
    def run(steps):
        with transaction.atomic():
            request = bids.ask_to_clarify(
                bid=submitted, section="project", question="Whose?", by=story.people.officer,
                reply_by=clock.today() + timedelta(days=7),
            )  # fmt: skip
            drafts, sent = [request.draft], []
            for step in steps:
                was_open = request.is_waiting
                request = do(request, drafts, step)
                drafts.append(request.draft)
                # Nothing to send but blanks, or all was over: that is told, and stays typed.
                if was_open and (step[0] == "keep" or step[3].strip()):
                    sent.append(step)
            everything = [row.value for row in KeptAnswer.objects.filter(bid=submitted)]
            everything += [row.value for row in AnswerRevision.objects.filter(bid=submitted)]
            everything += [request.reply, *request.values.values()]
            for _, _, _, words, answer in sent:
                assert words in everything or words.strip() in everything
                assert answer in everything
            transaction.set_rollback(True)

    run()


def test_connection_that_breaks_while_submitting_leaves_one_submission(story, monkeypatch):
    """Either all of it happened or nothing, and pressing again is safe both times."""
    p, bid = story.people, make.draft_bid(story)
    bids.ask_for_certificate(bid=bid, by=p.author)
    bids.certify(bid=bid, by=p.certifier)

    def broken(*args, **kwargs):
        raise OperationalError("the connection was closed")

    with monkeypatch.context() as patch:
        patch.setattr(submitting, "send", broken)
        with pytest.raises(OperationalError):
            bids.submit(bid=bid, by=p.author)
    assert make.fresh(bid).state == "certified"
    assert not Submission.objects.exists()
    first = bids.submit(bid=make.fresh(bid), by=p.author)
    assert bids.submit(bid=make.fresh(bid), by=p.certifier) == first
    assert Submission.objects.count() == 1
