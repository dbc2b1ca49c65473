"""A bid from the call to its receipt, as the people of a council make it, each on a phone."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from carefund.accounts.roles import AuthorityRole
from carefund.notify.models import OutboxMessage
from programmes.calls.models import FormVersion
from tests import make
from tests.browser import bidding
from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.long]
LETTERS = {"key": "letters", "kind": "files", "label": "Letters of support", "required": False}
LETTER = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"We support the bid."}


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_bid_is_made_by_the_people_of_a_council_on_phones(service, sign_in, javascript):
    """With scripts each page is measured: nothing scrolls sideways, axe finds nothing."""
    story, people = service.story, service.story.people
    asks_for_letters(story)
    colleague = make.member(story.authority, AuthorityRole.BID_AUTHOR, "Colleague Here")

    def at(person):
        return Walk(sign_in(person, phone=True, javascript=javascript), measured=javascript)

    author = at(people.author)
    bid = bidding.start(author, story.call)
    colleague_sees_to_the_budget(author, lambda: at(colleague), bid, javascript)
    author_writes_the_rest(author, bid)
    partner_confirms(author, at, bid)
    author_checks_everything(author, bid)
    certifier = at(people.certifier)
    certifier_returns_it_once(certifier, author, bid)
    bidding.certify(certifier, bid)
    chief = at(people.chief)
    bidding.submit(chief, bid)
    everybody_has_the_receipt(chief, author, bid, people)


def asks_for_letters(story):
    sections = [{**section} for section in make.FORM["sections"]]
    sections[0]["questions"] = [*sections[0]["questions"], LETTERS]
    FormVersion.objects.filter(call=story.call).update(definition={"sections": sections})


def colleague_sees_to_the_budget(author, colleague_comes, bid, javascript):
    author.page.get_by_text("Give sections to colleagues").click()
    author.follow("Budget", nth=1)
    author.choose("Colleague Here")
    author.press("Save")
    author.sees("Colleague Here")
    colleague = colleague_comes()
    colleague.open(f"/bids/{bid.reference}/")
    colleague.sees("Colleague Here sees to it", "0 of 3")
    colleague.follow("Budget")
    colleague.fill(bidding.COSTS)
    if javascript:
        expect(colleague.page.locator("[data-budget-total]")).to_have_text("£35,000")
    colleague.press("Save and come back later")
    colleague.open(f"/bids/{bid.reference}/")
    colleague.sees("1 of 3", "£35,000", "Not started")


def author_writes_the_rest(author, bid):
    author.open(f"/bids/{bid.reference}/")
    author.follow("Your project")
    author.fill({"What will you do?": bidding.SUMMARY})
    author.choose("No")
    author.page.get_by_label("Letters of support").first.set_input_files(LETTER)
    author.press("Save and continue")
    author.open(f"/bids/{bid.reference}/sections/plan/")
    bidding.plan(author)
    author.sees("3 of 3")


def partner_confirms(author, at, bid):
    author.follow("Partners and what they confirm")
    author.press("Ask a partner")
    author.fill(
        {
            "Name of the organisation": "Here Hospitals",
            "Full name of the person who confirms": "Pat Partner",
            "Their email address": "pat.partner@example.org",
            "What will they do?": "Say who came home from hospital.",
            "What will they give, in pounds?": "5,000",
        }
    )
    author.press("Send the invitation")
    author.sees("1 partner has not confirmed yet: Here Hospitals.")
    mail = OutboxMessage.objects.get(address="pat.partner@example.org")
    partner = at(make.user("Pat Partner"))
    partner.open(re.search(r"/invitations/[\w-]+/", mail.text)[0])
    partner.press("Accept the invitation")
    partner.open(f"/bids/{bid.reference}/partners/")
    partner.follow("Confirm your part")
    partner.sees("Say who came home from hospital.", "£5,000")
    partner.choose("Yes, we confirm it")
    partner.press("Send your answer")
    partner.sees("Here Council was told your answer.", "Confirmed")


def author_checks_everything(author, bid):
    author.open(f"/bids/{bid.reference}/check/")
    author.sees("Check your answers", bidding.SUMMARY, "letter.txt", "£35,000", "Fewer falls")
    author.follow("Change", nth=0)
    author.fill({"What will you do?": f"{bidding.SUMMARY} And hubs."})
    author.press("Save and come back later")
    author.open(f"/bids/{bid.reference}/check/")
    with author.page.expect_download() as download:
        author.page.get_by_role("link", name="PDF").click()
    pages = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert f"not submitted. Reference {bid.reference}" in words
    assert "And hubs." in words
    author.open(f"/bids/{bid.reference}/")
    bidding.ask_for_certificate(author)


def certifier_returns_it_once(certifier, author, bid):
    certifier.open(f"/bids/{bid.reference}/certify/")
    certifier.press("Return to the authors")
    certifier.sees("There is a problem")
    certifier.fill({"What has to change in “Budget”? (optional)": "Name the grade of the staff."})
    certifier.press("Return to the authors")
    certifier.sees("The bid was returned to its authors.")
    author.open(f"/bids/{bid.reference}/")
    author.sees("Name the grade of the staff.")
    bidding.ask_for_certificate(author)


def everybody_has_the_receipt(chief, author, bid, people):
    print_of = bid.submissions.get().fingerprint
    chief.sees(print_of, "by Chief Here")
    told = OutboxMessage.objects.filter(kind="bids.submitted")
    assert people.author in {message.recipient for message in told}
    assert all(bid.reference in message.text for message in told)
    author.open(f"/bids/{bid.reference}/receipt/")
    author.sees(print_of)
    author.open(f"/bids/{bid.reference}/")
    assert not author.page.get_by_role("button", name="Submit the bid").count()
