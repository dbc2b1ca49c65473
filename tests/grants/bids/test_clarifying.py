"""The department asks about a submitted bid and writes to bidders; nothing of the bid is lost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from carefund.core import clock
from carefund.core.errors import NotAllowed, Refused
from carefund.notify.models import OutboxMessage
from grants.bids import actions as bids
from grants.bids import queries as bid_queries
from tests import make
from tests.pages import get, post, queries, text


def url(name, bid, *args):
    return reverse(f"bids:{name}", args=[bid.reference, *args])


@pytest.fixture
def bid(submitted):
    return submitted


@pytest.fixture
def asked(story, bid):
    return ask(story, bid)


def ask(story, bid, section="project"):
    return bids.ask_to_clarify(
        bid=bid,
        section=section,
        question="Whose homes are they?",
        reply_by=clock.today() + timedelta(days=7),
        by=story.people.officer,
    )


def told(person, kind):
    return OutboxMessage.objects.filter(recipient=person, kind=kind).count()


def day(date):
    return {"reply_by_day": date.day, "reply_by_month": date.month, "reply_by_year": date.year}


def typed(page, **values):
    """What a browser would send back of the reply page, with some fields typed anew."""
    entries = page.context["form"].entries
    found = {f"revision-{entry.question.key}": entry.revision for entry in entries}
    for entry in entries:
        for form in entry.forms:
            for bound in form:
                found[bound.html_name] = bound.value() if bound.value() is not None else ""
    return {**found, **values}


def test_officer_asks_author_corrects_and_both_versions_are_shown(story, bid):
    p = story.people
    before = bid_queries.submitted_answers(bid)
    form = {"section": "project", "question": "Whose homes are they?"}
    form |= day(clock.today() + timedelta(days=7))
    assert post(p.officer, url("ask_to_clarify", bid), form).status_code == 302
    row = bid.clarification_requests.get()
    assert told(p.author, "bids.clarification_wanted") == 1
    assert "The department asks about a section" in text(get(p.author, url("task_list", bid)))

    page = get(p.author, url("clarify", bid, row.pk))
    assert "Whose homes are they?" in text(page)
    sent = typed(page, reply="Ours alone.", summary="Sensors in council homes")
    assert post(p.author, url("clarify", bid, row.pk), sent).status_code == 302
    assert told(p.officer, "bids.clarification_given") == 1

    after = bid_queries.submitted_answers(make.fresh(bid))
    assert after == {**before, "summary": "Sensors in council homes"}
    first, second = bid.submissions.order_by("number")
    assert (first.content["answers"], second.is_clarification) == (before, True)
    assert first.fingerprint != second.fingerprint
    told_officer = text(get(p.officer, url("case_clarifications", bid)))
    for words in ("Answered", "Ours alone.", "As submitted", "As corrected"):
        assert words in told_officer
    assert before["summary"].split()[0] in told_officer
    assert "council homes" in text(get(p.officer, url("case_answers", bid)))
    assert "Your reply of" in text(get(p.author, url("task_list", bid)))


def test_colleagues_drafts_of_a_reply_never_push_each_other_out(story, bid, asked):
    p, here = story.people, url("clarify", bid, asked.pk)
    pages = {who: get(who, here) for who in (p.author, p.chief)}
    first = typed(pages[p.author], reply="Mine first", summary="Sensors, mine", later="1")
    second = typed(pages[p.chief], reply="Theirs", summary="Sensors, theirs", later="1")
    for page, sent in zip(pages.values(), (first, second), strict=True):
        sent["seen"] = hidden(page)
    assert post(p.author, here, first).status_code == 302
    clash = post(p.chief, here, second)
    shown = text(clash)
    assert "Author Here saved another draft meanwhile" in shown
    for words in ("Mine first", "Sensors, mine", "Theirs", "Sensors, theirs"):
        assert words in shown
    assert make.fresh(asked).reply == "Mine first"
    second["seen"] = hidden(clash)
    assert post(p.chief, here, second).status_code == 302
    assert make.fresh(asked).reply == "Theirs"
    again = text(get(p.author, here))
    assert "Every draft of the reply" in again
    assert "Mine first" in again
    assert "Kept, not chosen" in text(get(p.author, url("question", bid, "summary")))
    answers = bid.kept_answers.filter(question="summary").values_list("value", flat=True)
    assert set(answers) == {"Sensors, mine", "Sensors, theirs"}
    late = {**first, "reply": "Sent unseen"}
    late.pop("later")
    assert "Chief Here saved another draft meanwhile" in text(post(p.author, here, late))
    assert make.fresh(asked).is_waiting
    kept = bid.kept_answers.filter(question=asked.drafts).values_list("value", flat=True)
    assert {"Mine first", "Theirs", "Sent unseen"} <= set(kept)
    assert "Mine first" not in text(get(p.officer, url("case_clarifications", bid)))


def hidden(page):
    return re.search(r'name="seen" value="(\w+)"', text(page))[1]


def test_what_was_typed_is_kept_until_the_reply_is_sent(story, bid, asked):
    p, here = story.people, url("clarify", bid, asked.pk)
    sent = typed(get(p.author, here), reply="Half a", summary="Not finished", later="1")
    assert post(p.author, here, sent).url == url("task_list", bid)
    page = text(get(p.author, here))
    assert "Half a" in page
    assert "Not finished" in page
    assert "Half a" not in text(get(p.officer, url("case_clarifications", bid)))
    assert bid.submissions.count() == 1
    assert "Not finished" not in text(get(p.officer, url("case_answers", bid)))


@pytest.mark.parametrize("values", [{"summary": ""}, {"summary": "x " * 5000}])
def test_a_reply_that_breaks_the_form_is_refused_and_comes_back(story, bid, asked, values):
    p, here = story.people, url("clarify", bid, asked.pk)
    page = post(p.author, here, typed(get(p.author, here), reply="As you see", **values))
    assert page.status_code == 200
    assert "There is a problem" in text(page)
    assert "As you see" in text(page)
    assert bid.submissions.count() == 1
    assert make.fresh(asked).replied_at is None


def test_the_money_stays_as_it_was_certified(story, bid):
    row = ask(story, bid, section="money")
    money = dict(bid_queries.submitted_answers(bid))
    smaller = make.answers("39000.00")
    key = bid_queries.form_of(bid).first("budget").key
    assert smaller[key] != money[key]
    with pytest.raises(bids.MoneyChanged):
        bids.reply_to_request(
            request=row, reply="Less", values={key: smaller[key]}, by=story.people.author
        )
    assert make.fresh(row).replied_at is None
    bids.reply_to_request(request=row, reply="It is right", values={}, by=story.people.author)
    assert bid.submissions.count() == 1


def test_one_open_question_for_a_section_and_one_end_to_each(story, bid, asked):
    p = story.people
    with pytest.raises(Refused):
        ask(story, bid)
    assert post(p.officer, url("take_back", bid, asked.pk)).status_code == 302
    assert told(p.author, "bids.clarification_taken_back") == 1
    with pytest.raises(bids.NotWaiting):
        bids.reply_to_request(request=asked, reply="Late", values={}, by=p.author)
    page = post(p.author, url("clarify", bid, asked.pk), {"reply": "Late"})
    assert "took this question back" in text(page)
    assert ask(story, bid).is_waiting


def test_question_has_a_section_words_and_a_day_to_come(story, bid):
    p, here = story.people, url("ask_to_clarify", bid)
    page = text(post(p.officer, here, {"question": " ", **day(clock.today())}))
    for words in ("Choose the section", "Write what is not clear"):
        assert words in page
    form = {"section": "project", "question": "Whose?", **day(clock.today())}
    assert "day after today" in text(post(p.officer, here, form))
    assert not bid.clarification_requests.exists()


def test_nothing_is_clarified_once_the_bid_is_decided(story, offered):
    bid = offered
    with pytest.raises(Refused):
        ask(story, bid)
    assert "Ask about a section" not in text(
        get(story.people.officer, url("case_clarifications", bid))
    )


def test_only_authors_reply_and_only_officers_ask(story, bid, asked):
    p = story.people
    for person in (p.viewer, p.certifier):
        assert get(person, url("clarify", bid, asked.pk)).status_code == 200
        assert post(person, url("clarify", bid, asked.pk), {"reply": "Yes"}).status_code == 403
    assert get(p.stranger, url("clarify", bid, asked.pk)).status_code == 404
    with pytest.raises(NotAllowed):
        bids.take_back_request(request=asked, by=p.author)
    other = make.submitted_bid(make.story_again(story))
    assert get(p.author, url("clarify", bid, asked.pk + 99)).status_code == 404
    assert get(p.officer, url("take_back", other, asked.pk)).status_code == 404


def test_officers_write_to_one_bidder_or_to_all(story, bid):
    p, call = story.people, story.call
    assert post(p.officer, url("write_to_bidder", bid), {"text": "Well done"}).status_code == 302
    assert told(p.author, "bids.from_the_department") == 1
    assert "Well done" in text(get(p.author, url("history", bid)))
    here = reverse("bids:write_to_bidders", args=[call.code])
    page = text(post(p.officer, here, {"audience": "live", "text": "Soon"}))
    assert "Nobody was written to" in page
    assert post(p.officer, here, {"audience": "all", "text": "To all"}).status_code == 302
    assert told(p.author, "bids.from_the_department") == 2
    assert post(p.author, here, {"audience": "all", "text": "Mine"}).status_code == 404


def test_the_form_is_tried_as_a_bidder_sees_it_and_bids_arrive(story, bid):
    p, call = story.people, story.call
    page = get(p.officer, reverse("bids:form_as_bidder", args=[call.code]))
    assert 'name="summary"' in page.content.decode()
    assert "Nothing you type here is saved" in text(page)
    arrived = reverse("bids:arrivals", args=[call.code])
    assert bid.reference in text(get(p.officer, arrived))
    assert arrived in get(p.officer, reverse("bids:manage_call", args=[call.code])).content.decode()


def test_pages_take_as_many_queries_for_three_questions_as_for_one(story, bid):
    addresses = url("task_list", bid), url("case_clarifications", bid)
    people = story.people.author, story.people.officer
    ask(story, bid)
    pairs = list(zip(people, addresses, strict=True))
    for _ in range(2):
        one = [queries(who, where) for who, where in pairs]
    for section in ("money", "plan"):
        ask(story, bid, section=section)
    assert [queries(who, where) for who, where in pairs] == one
