"""The journey of a local authority, page by page."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from carefund.notify.models import OutboxMessage
from grants.bids import actions as bids
from grants.bids.models import Bid, Submission
from programmes.calls.models import Call
from programmes.organisations.models import Organisation
from tests import make


def url(name, bid, *args):
    return reverse(f"bids:{name}", args=[bid.reference, *args])


def certified(story):
    bid = make.draft_bid(story)
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    bids.certify(bid=bid, by=story.people.certifier)
    return make.fresh(bid)


def test_start_creates_the_bid_and_leads_to_its_task_list(story, client):
    client.force_login(story.people.author)
    page = reverse("bids:start", args=[story.call.code])
    assert "Here Council" in client.get(page).content.decode()
    response = client.post(page, {"title": " Sensors ", "theme": story.theme.pk})
    bid = Bid.objects.get()
    assert response.url == url("task_list", bid)
    assert (bid.title, bid.organisation, bid.theme) == ("Sensors", story.authority, story.theme)


def test_start_needs_title_and_theme(story, client):
    client.force_login(story.people.author)
    page = client.post(reverse("bids:start", args=[story.call.code]), {"title": ""})
    assert "Enter the title of your project" in page.content.decode()
    assert "Answer the question: What is it for?" in page.content.decode()
    assert not Bid.objects.exists()


def test_start_says_why_an_organisation_may_not_bid(story, client):
    Organisation.objects.filter(pk=story.authority.pk).update(
        kind=Organisation.Kind.CHARITY, authority_type=""
    )
    client.force_login(story.people.author)
    page = client.get(reverse("bids:start", args=[story.call.code])).content.decode()
    assert "This call is for: local authority." in page
    assert "Start the bid" not in page


def test_start_leads_to_the_bid_that_was_already_started(story, client):
    bid = make.draft_bid(story)
    client.force_login(story.people.author)
    page = client.get(reverse("bids:start", args=[story.call.code])).content.decode()
    assert "already started a bid" in page
    assert url("task_list", bid) in page


@pytest.mark.parametrize("who", ["viewer", "certifier", "officer", "nobody"])
def test_start_is_for_bid_authors(story, client, who):
    client.force_login(getattr(story.people, who))
    assert client.get(reverse("bids:start", args=[story.call.code])).status_code == 403


def test_start_after_the_close_is_refused(story, client, known_time):
    known_time.shift(timedelta(days=21))
    client.force_login(story.people.author)
    page = client.post(reverse("bids:start", args=[story.call.code]), {"title": "Late"})
    assert "not open for bids" in page.content.decode()
    assert not Bid.objects.exists()


PAGES = ("task_list", "history", "check", "ask", "certify", "submit", "withdraw", "reopen")


@pytest.mark.parametrize("name", PAGES)
def test_another_authority_finds_no_bid(story, client, name):
    bid = certified(story)
    client.force_login(story.people.stranger)
    assert client.get(url(name, bid)).status_code == 404
    assert client.post(url(name, bid)).status_code == 404


@pytest.mark.parametrize("name", ["section", "resolve"])
def test_another_authority_finds_no_section(story, client, name):
    bid = make.draft_bid(story)
    client.force_login(story.people.stranger)
    assert client.get(url(name, bid, "project")).status_code == 404
    assert client.post(url(name, bid, "project")).status_code == 404


def test_another_authority_finds_no_receipt_and_no_row(story, client, submitted):
    client.force_login(story.people.stranger)
    assert client.get(url("receipt", submitted)).status_code == 404
    assert submitted.reference not in client.get(reverse("bids:list")).content.decode()


@pytest.mark.parametrize("name", ["ask", "certify", "submit", "withdraw", "reopen"])
def test_viewer_reads_but_takes_no_step(story, client, name):
    bid = certified(story)
    client.force_login(story.people.viewer)
    assert client.get(url("task_list", bid)).status_code == 200
    assert client.get(url("check", bid)).status_code == 200
    assert client.post(url(name, bid)).status_code == 403
    assert client.get(url("section", bid, "project")).status_code == 403


def test_department_does_not_see_a_draft(story, client):
    bid = make.draft_bid(story)
    client.force_login(story.people.officer)
    assert client.get(url("task_list", bid)).status_code == 404
    assert client.get(reverse("bids:case", args=[bid.reference])).status_code == 404


def test_department_reads_the_case_not_the_authority_pages(story, client, submitted):
    client.force_login(story.people.officer)
    assert client.get(url("task_list", submitted)).status_code == 403
    assert client.get(reverse("bids:case", args=[submitted.reference])).status_code == 200


def test_anonymous_is_asked_to_sign_in(story, client):
    bid = make.draft_bid(story)
    response = client.get(url("task_list", bid))
    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_task_list_shows_states_who_and_what_is_missing(story, client):
    bid = bids.start_bid(
        call=story.call, organisation=story.authority, title="Bid", by=story.people.author
    )
    bids.save_answers(
        bid=bid, values={"summary": "Text", "partners": True}, revisions={}, by=story.people.author
    )
    client.force_login(story.people.author)
    page = client.get(url("task_list", bid)).content.decode()
    assert "In progress" in page
    assert "Not started" in page
    assert "Last saved by Author Here" in page
    assert "days left" in page
    assert "Answer “Who are they?”." in page
    assert "ask for a certificate</a>" not in page


def test_ask_refuses_an_incomplete_bid(story, client):
    bid = bids.start_bid(
        call=story.call, organisation=story.authority, title="Bid", by=story.people.author
    )
    client.force_login(story.people.author)
    page = client.post(url("ask", bid))
    assert "The bid is not complete" in page.content.decode()
    assert make.fresh(bid).state == "draft"


def test_ask_passes_the_bid_to_the_certifier(story, client):
    bid = make.draft_bid(story)
    client.force_login(story.people.author)
    assert client.post(url("ask", bid)).url == url("task_list", bid)
    assert make.fresh(bid).state == "awaiting_certificate"
    assert OutboxMessage.objects.get().recipient == story.people.certifier


def test_certifier_reads_the_declaration_and_must_agree(story, client):
    bid = make.draft_bid(story)
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    client.force_login(story.people.certifier)
    page = client.get(url("certify", bid)).content.decode()
    assert "I am authorised to certify it." in page
    assert "Sensors that learn" in page
    refused = client.post(url("certify", bid), {"certify": "1"}).content.decode()
    assert "Agree with the declaration" in refused
    assert client.post(url("certify", bid), {"certify": "1", "agreed": "on"}).status_code == 302
    assert make.fresh(bid).certified_by == story.people.certifier


def test_certifier_returns_the_bid_with_a_reason(story, client):
    bid = make.draft_bid(story)
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    client.force_login(story.people.certifier)
    refused = client.post(url("certify", bid), {"return": "1", "reason": " "})
    assert "Say what has to change" in refused.content.decode()
    client.post(url("certify", bid), {"return": "1", "reason": "Staff costs are too low."})
    assert make.fresh(bid).state == "draft"
    page = client.get(url("task_list", bid)).content.decode()
    assert "Staff costs are too low." in page


def test_certifier_who_prepared_the_bid_is_refused(story, client):
    bid = make.draft_bid(story)
    Bid.objects.filter(pk=bid.pk).update(prepared_by=story.people.certifier)
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    client.force_login(story.people.certifier)
    assert client.post(url("certify", bid), {"certify": "1", "agreed": "on"}).status_code == 403
    assert make.fresh(bid).state == "awaiting_certificate"


def test_author_may_not_certify(story, client):
    bid = make.draft_bid(story)
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    client.force_login(story.people.author)
    assert client.post(url("certify", bid), {"certify": "1", "agreed": "on"}).status_code == 403


def test_certify_twice_says_that_it_was_done(story, client):
    bid = certified(story)
    client.force_login(story.people.certifier)
    page = client.post(url("certify", bid), {"certify": "1", "agreed": "on"})
    assert "because it is now “certified”" in page.content.decode()


def test_submit_gives_a_receipt_with_reference_moment_and_fingerprint(story, client):
    bid = certified(story)
    client.force_login(story.people.author)
    assert "Submit the bid" in client.get(url("submit", bid)).content.decode()
    assert client.post(url("submit", bid)).url == url("receipt", bid)
    page = client.get(url("receipt", bid)).content.decode()
    submission = Submission.objects.get()
    assert bid.reference in page
    assert re.search(r"15 June 2026 at 10:0\d:\d\dam \(UK time\)", page)
    assert submission.fingerprint in page


def test_submit_twice_is_one_submission(story, client):
    bid = certified(story)
    client.force_login(story.people.author)
    assert client.post(url("submit", bid)).url == url("receipt", bid)
    assert client.post(url("submit", bid)).url == url("receipt", bid)
    assert Submission.objects.count() == 1


def test_submit_again_after_the_department_went_on_shows_the_receipt(story, client, assessed):
    client.force_login(story.people.author)
    assert client.post(url("submit", assessed)).url == url("receipt", assessed)
    assert Submission.objects.count() == 1


def test_submit_between_get_and_post_the_call_closed(story, client, known_time):
    bid = certified(story)
    closes_at = Call.objects.get(pk=story.call.pk).closes_at
    known_time.move_to(closes_at - timedelta(minutes=1))
    client.force_login(story.people.author)
    assert client.get(url("submit", bid)).status_code == 200
    known_time.move_to(closes_at)
    page = client.post(url("submit", bid))
    assert page.status_code == 409
    assert "The call has closed" in page.content.decode()
    assert make.fresh(bid).state == "certified"
    assert not Submission.objects.exists()
    assert client.get(url("submit", bid)).status_code == 409
    assert "no longer can be" in client.get(url("task_list", bid)).content.decode()


def test_submit_in_the_last_second_is_in_time(story, client, known_time):
    bid = certified(story)
    closes_at = Call.objects.get(pk=story.call.pk).closes_at
    known_time.move_to(closes_at - timedelta(seconds=1), tick=False)
    client.force_login(story.people.author)
    assert client.post(url("submit", bid)).url == url("receipt", bid)


def test_submit_without_a_certificate_is_refused(story, client):
    bid = make.draft_bid(story)
    client.force_login(story.people.author)
    page = client.post(url("submit", bid))
    assert page.status_code == 200
    assert "because it is now “draft”" in page.content.decode()


def test_receipt_without_submission_does_not_exist(story, client):
    bid = certified(story)
    client.force_login(story.people.author)
    assert client.get(url("receipt", bid)).status_code == 404


def test_reopen_lets_the_certificate_lapse(story, client):
    bid = certified(story)
    client.force_login(story.people.author)
    assert "certificate that was given lapses" in client.get(url("reopen", bid)).content.decode()
    client.post(url("reopen", bid))
    assert (make.fresh(bid).state, make.fresh(bid).certified_by) == ("draft", None)


def test_withdraw_keeps_the_reason_in_the_history(story, client):
    bid = make.submitted_bid(story)
    client.force_login(story.people.certifier)
    client.post(url("withdraw", bid), {"reason": "Our partner left."})
    assert make.fresh(bid).state == "withdrawn"
    assert "Our partner left." in client.get(url("history", bid)).content.decode()
    again = client.post(url("withdraw", bid), {"reason": ""})
    assert "because it is now “withdrawn”" in again.content.decode()


def test_status_after_the_decision_is_in_plain_words(story, client, assessed):
    client.force_login(story.people.author)
    page = client.get(url("task_list", assessed)).content.decode()
    assert "Your bid has been assessed. A decision follows." in page
    assert "Assessor One" not in page
    assert "Officer" not in page.replace("officer", "")
    assert url("receipt", assessed) in page


def test_own_list_is_empty_then_filters(story, client):
    client.force_login(story.people.viewer)
    assert "No bids yet" in client.get(reverse("bids:list")).content.decode()
    bid = make.draft_bid(story)
    assert bid.reference in client.get(reverse("bids:list")).content.decode()
    page = client.get(reverse("bids:list"), {"state": "withdrawn"}).content.decode()
    assert bid.reference not in page
    assert "Nothing matches" in page
    assert bid.reference in client.get(reverse("bids:list"), {"state": "nonsense"}).content.decode()


def test_own_list_takes_as_many_queries_for_three(story, client):
    Call.objects.update(several_bids_allowed=True)
    make.draft_bid(story)
    client.force_login(story.people.author)
    client.get(reverse("bids:list"))
    numbers = [count_queries(client, reverse("bids:list"))]
    make.draft_bid(story)
    make.draft_bid(story)
    numbers.append(count_queries(client, reverse("bids:list")))
    assert numbers[0] == numbers[1]


def count_queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_of_a_bid_take_as_many_queries_whatever_was_saved(story, client):
    bid = bids.start_bid(
        call=story.call, organisation=story.authority, title="Bid", by=story.people.author
    )
    bids.save_answers(bid=bid, values={"summary": "One"}, revisions={}, by=story.people.author)
    client.force_login(story.people.author)
    names = [url("task_list", bid), url("section", bid, "project"), url("check", bid)]
    few = [count_queries(client, name) for name in names]
    values = {**make.answers(), "partner_names": "Three"}
    bids.save_answers(bid=bid, values=values, revisions={"summary": 1}, by=story.people.author)
    assert [count_queries(client, name) for name in names] == few


def test_a_bid_just_begun_says_what_is_missing_by_section(story, client):
    client.force_login(story.people.author)
    title = {"title": "Empty", "theme": str(story.theme.pk)}
    client.post(reverse("bids:start", args=[story.call.code]), title)
    bid = Bid.objects.get()
    section = reverse("bids:section", args=[bid.reference, "project"])
    page = client.get(url("task_list", bid)).content.decode()
    assert f'href="{section}">Your project</a>: 2 answers need attention.' in page
    assert "Answer “What will it cost?”." in page
    assert "Answer “What will you do?”." not in page


def test_task_list_leads_to_the_offer(story, offered, client):
    bid = offered
    client.force_login(story.people.author)
    page = client.get(url("task_list", bid)).content.decode()
    assert f"/offers/{bid.offer.reference}/" in page
    assert "Your bid was successful." in page
