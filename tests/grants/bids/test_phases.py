"""Two phases: who succeeds in the first is invited to the second and finds the answers there."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from carefund.core.actors import SYSTEM
from carefund.core.errors import Refused
from carefund.notify.models import OutboxMessage
from grants.bids import actions as bids
from grants.bids import queries
from grants.bids.models import Bid
from programmes.calls import actions as calls
from programmes.calls.eligibility import checks
from tests import make
from tests.pages import get, post, redirected, text


@pytest.fixture
def second(story, offered):
    """An open call for those who were funded in the story's call."""
    lines = [make.budget(story.programme, year, "revenue", "60000.00") for year in (2026, 2027)]
    row = make.call(story.programme, lines, follows=story.call, invited_only=True)
    calls.announce(call=row, by=SYSTEM)
    return row


def invite(second, by):
    return post(by, reverse("bids:invite_winners", args=[second.code]))


def test_winners_are_invited_in_one_action_and_told_once(story, second):
    page = reverse("bids:invite_winners", args=[second.code])
    assert "Here Council" in text(get(story.people.officer, page))
    assert invite(second, story.people.senior).status_code == 403
    for _ in range(2):
        assert redirected(invite(second, story.people.officer))
    assert [row.organisation for row in second.invitations.all()] == [story.authority]
    told = OutboxMessage.objects.filter(kind="bids.invited")
    assert {row.recipient for row in told} == {story.people.author, story.people.chief}
    manage = text(get(story.people.officer, reverse("bids:manage_call", args=[second.code])))
    assert "1 invited" in manage
    first = text(get(story.people.officer, reverse("bids:manage_call", args=[story.call.code])))
    assert str(second) in first


def test_invitations_are_offered_until_the_call_closes(story, second, known_time):
    page = reverse("bids:manage_call", args=[second.code])
    assert "Invite who was funded" in text(get(story.people.officer, page))
    known_time.move_to(second.closes_at + timedelta(hours=1))
    assert "Invite who was funded" not in text(get(story.people.officer, page))
    assert "The call has closed." in text(invite(second, story.people.officer))


def test_who_was_not_funded_may_not_bid_and_reads_why(story, second):
    page = reverse("bids:start", args=[second.code])
    told = text(get(story.people.stranger, page))
    assert "only for organisations that were funded" in told
    assert "Not met" in told
    with pytest.raises(Refused, match="were funded in"):
        bids.start_bid(
            call=second, organisation=story.other, title="Mine", by=story.people.stranger
        )


def test_answers_of_the_first_phase_stand_in_the_second(story, second):
    invite(second, story.people.officer)
    bid = bids.start_bid(
        call=second, organisation=story.authority, title="Go on", by=story.people.author
    )
    assert queries.answers_of(bid) == make.answers()
    bid = make.fresh(bid)
    assert bid.requested == 40000
    assert bid.prepared_by == story.people.author
    # Nobody is said to have written them, so whoever certifies may still do so.
    assert set(bid.revisions.values_list("saved_by", flat=True)) == {None}
    assert story.people.certifier.has_perm("bids.certify", bid)


def test_who_is_invited_is_led_to_the_bid_and_reads_where_its_answers_come_from(story, second):
    author, first = story.people.author, Bid.objects.get(call=story.call)
    home, start = reverse("dashboards:organisation"), reverse("bids:start", args=[second.code])
    assert "the bid you are invited to" not in text(get(author, home))
    invite(second, story.people.officer)
    assert f'href="{start}"' in text(get(author, home))
    assert "the bid you are invited to" not in text(get(story.people.viewer, home))
    page = text(get(author, start))
    assert f"The answers of {first.reference}" in page
    assert "Copy answers from" not in page
    themes = {"theme": str(story.theme.pk)} if second.themes.exists() else {}
    answer = post(author, start, {"title": "Go on", **themes})
    (told,) = (str(one) for one in get_messages(answer.wsgi_request))
    assert f"copied from {first.reference}" in told
    assert "the bid you are invited to" not in text(get(author, home))


def test_answers_of_another_bid_may_be_taken_instead(story, second):
    other = make.draft_bid(make.story_again(story))
    invite(second, story.people.officer)
    page = text(get(story.people.author, reverse("bids:start", args=[second.code])))
    assert "Copy answers from another bid?" in page
    assert "No, take those of the first phase" in page
    assert f'value="{other.pk}"' in page


def test_what_the_second_form_does_not_take_is_left_to_be_answered(story, second):
    form = second.forms.get()
    changed = {**make.FORM, "sections": [dict(s) for s in make.FORM["sections"]]}
    about = changed["sections"][0]
    about["questions"] = [
        {"key": "summary", "kind": "number", "label": "How many?"},
        *about["questions"][1:],
    ]
    type(form).objects.filter(pk=form.pk).update(definition=changed)
    invite(second, story.people.officer)
    bid = bids.start_bid(
        call=second, organisation=story.authority, title="Go on", by=story.people.author
    )
    assert set(queries.answers_of(bid)) == set(make.answers()) - {"summary"}


def test_a_call_without_a_first_phase_carries_nothing(story):
    bid = make.draft_bid(make.story_again(story))
    assert queries.first_phase_bid(bid) is None
    with pytest.raises(Refused, match="follows no other"):
        bids.invite_winners(call=story.call, by=story.people.officer)


def test_nobody_is_invited_to_a_call_that_has_closed(story, second, known_time):
    known_time.move_to(second.closes_at + timedelta(hours=1))
    assert "has closed" in text(invite(second, story.people.officer))
    assert not second.invitations.exists()


def test_region_rule_tells_its_reason_before_a_bid_starts(story):
    story.call.eligible_regions.add(make.region("South West"))
    page = text(get(story.people.author, reverse("bids:start", args=[story.call.code])))
    assert "South West" in page
    assert "This organisation is in North East" in page
    with pytest.raises(Refused, match="North East"):
        make.draft_bid(story)
    wide = make.authority("Everywhere", region=None)
    assert all(check.passed for check in checks(story.call, wide))
