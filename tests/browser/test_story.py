"""From a bid that is in time to the minister's report, by people in their roles."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from grants.bids import actions as bids
from tests import make
from tests.browser import bidding
from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture
def at(sign_in):
    """Somebody's desk: their browser, just signed in."""
    return lambda person: Walk(sign_in(person))


def prepare_late_bid(story):
    """Another authority's bid that is certified and waits to be submitted."""
    people = story.people
    bid = bids.start_bid(
        call=story.call,
        organisation=story.other,
        title="Too late",
        theme=story.theme,
        by=people.stranger,
    )
    bids.save_answers(bid=bid, values=make.answers(), revisions={}, by=people.stranger)
    bids.ask_for_certificate(bid=bid, by=people.stranger)
    bids.certify(bid=bid, by=people.stranger_certifier)
    return bid


def test_story_from_call_to_ministers_report(service, at, known_time):
    story = service.story
    bid = bid_in_time(story, at)
    nothing_after_the_closing_instant(story, at, known_time)
    check_and_assess(story, bid, at)
    allocate(story, bid, at)
    reference = accept(story, bid, at)
    known_time.move_to(datetime(2026, 10, 12, 9, 0, tzinfo=UTC))
    reach_milestone(story, reference, at)
    claim_and_pay(story, reference, at)
    ledger_shows_the_money(story, at)
    known_time.move_to(datetime(2027, 11, 1, 10, 0, tzinfo=UTC))
    measure_and_verify(story, reference, at)
    known_time.move_to(datetime(2027, 11, 3, 10, 0, tzinfo=UTC))
    adviser_reads_the_report(story, at)


def bid_in_time(story, at):
    """How a bid is made through the pages stands in `test_journey`."""
    people = story.people
    bid = bidding.submitted(story)
    for person in (people.author, people.certifier):
        walk = at(person)
        walk.open("/messages/")
        walk.sees(bid.reference)
    return bid


def nothing_after_the_closing_instant(story, at, known_time):
    late = prepare_late_bid(story)
    known_time.move_to(story.call.closes_at - timedelta(minutes=1))
    stranger = at(story.people.stranger)
    stranger.open(f"/bids/{late.reference}/submit/")
    known_time.move_to(story.call.closes_at + timedelta(seconds=1))
    stranger.press("Submit the bid")
    stranger.sees("closed")
    assert make.fresh(late).state == "certified"
    assert not late.submissions.exists()


def check_and_assess(story, bid, at):
    people = story.people
    officer = at(people.officer)
    officer.open(f"/manage/calls/{story.call.code}/")
    officer.press("Start assessment")
    officer.open(f"/manage/bids/{bid.reference}/")
    officer.open(f"/manage/bids/{bid.reference}/checks/")
    officer.choose("Yes, it can be assessed")
    officer.press("Record the decision")
    officer.sees("Eligible", "decided by Officer")
    officer.open(f"/manage/calls/{story.call.code}/sift/")
    officer.press("Look for similar bids")
    officer.open(f"/manage/calls/{story.call.code}/assessors/proposal/")
    officer.sees("This is a proposal", bid.title)
    officer.press("Confirm and send the invitations")
    officer.sees("2 invitations to assess were sent.")
    score(at(people.assessor), bid, need="5", delivery="4")
    score(at(people.second_assessor), bid, need="4", delivery="3")
    # Need 40 %: 4.5 of 5; delivery 60 %: 3.5 of 5.
    officer.open(f"/manage/calls/{story.call.code}/ranking/")
    officer.sees(bid.title, "Here Council", "78%", "£35,000")


def score(walk, bid, *, need, delivery):
    walk.open("/manage/assessments/")
    walk.follow(bid.reference)
    walk.choose("No, I can assess it")
    walk.press("Continue")
    walk.sees("Sensors that learn", "£35,000")
    for code, number in (("need", need), ("delivery", delivery)):
        walk.page.locator(f"input[name={code}-score][value='{number}']").check()
        walk.page.fill(f"textarea[name={code}-reason]", "Well argued.")
    walk.press("Submit scores")
    walk.sees("Scores submitted.")


def allocate(story, bid, at):
    officer = at(story.people.officer)
    officer.open(f"/manage/calls/{story.call.code}/ranking/")
    officer.open(f"/manage/calls/{story.call.code}/rounds/")
    officer.press("Make a round")
    officer.fill({"Lowest fundable score, in per cent": "60"})
    officer.press("Make the round")
    officer.sees("1 of 1 funded")
    officer.press("Recommend this round")
    officer.fill({"Why do you recommend this selection?": "Best value for money."})
    officer.press("Recommend")
    address = officer.page.url
    senior = at(story.people.senior)
    senior.open(address)
    senior.press("Approve")
    senior.sees("Here Council is offered £35,000")
    senior.press("Approve")
    senior.sees("Your approval is given")
    senior.sees("Published")  # there is no embargo, and no other approval is asked for
    committed = story.programme.budget_lines.values_list("financial_year", "kind", "committed")
    assert set(committed) == {
        (2026, "revenue", Decimal("20000.00")),
        (2026, "capital", Decimal("5000.00")),
        (2027, "revenue", Decimal("10000.00")),
    }


def accept(story, bid, at):
    """The signatory accepts; the reference of the project that begins."""
    chief = at(story.people.chief)
    chief.open("/your-organisation/")
    chief.open("/offers/")
    offer = make.fresh(bid).offer
    chief.follow(offer.reference)
    chief.press("Accept the grant")
    chief.page.get_by_role("checkbox").check()
    chief.press("Accept the grant")
    chief.sees("Your project has begun.")
    reference = offer.project.reference
    lead = at(story.people.lead)
    lead.open("/projects/")
    lead.follow(bidding.TITLE)
    lead.sees("Sensors chosen", "First homes live", "Fewer falls", "People feel safer", "£35,000")
    assert reference in lead.text
    return reference


def reach_milestone(story, reference, at):
    lead = at(story.people.lead)
    lead.open(f"/projects/{reference}/")
    lead.follow("Sensors chosen")
    lead.press("Report as achieved")
    lead.fill({"Date it was achieved": (28, 9, 2026)})
    lead.page.get_by_label("What was achieved?").fill("The contract is signed.")
    lead.page.get_by_label("Evidence").set_input_files(
        {"name": "contract.txt", "mimeType": "text/plain", "buffer": b"Signed on 28 September."}
    )
    lead.press("Report as achieved")
    lead.sees("contract.txt", "The contract is signed.")
    officer = at(story.people.officer)
    officer.open("/manage/")
    officer.sees("Sensors chosen")
    officer.open("/manage/milestones/?show=confirm")
    officer.follow("Sensors chosen")
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="contract.txt").click()
    assert download.value.path().read_bytes() == b"Signed on 28 September."
    officer.press("Confirm")
    officer.press("Confirm as achieved")
    officer.sees("The milestone is confirmed.", "28 September 2026")


def claim_and_pay(story, reference, at):
    people = story.people
    lead = at(people.lead)
    lead.open(f"/projects/{reference}/")
    lead.press("Make a claim")
    lead.fill(
        {
            "First day of the period you claim for": (1, 9, 2026),
            "Last day of the period you claim for": (30, 9, 2026),
            "What was the money spent on?": "Staff, and sensors for ten homes.",
        }
    )
    lead.page.get_by_label("2026 to 2027, revenue").fill("12,000.50")
    lead.page.get_by_label("2026 to 2027, capital").fill("2500")
    lead.page.get_by_label("Evidence").set_input_files(
        {"name": "ledger.csv", "mimeType": "text/csv", "buffer": b"what,amount\nstaff,12000.50\n"}
    )
    lead.press("Save and continue")
    lead.sees("£14,500.50", "ledger.csv")
    claim = lead.page.url
    certifier = at(people.certifier)
    certifier.open(claim)
    certifier.press("Certify")
    certifier.press("Certify the claim")
    lead.open(claim)
    lead.press("Submit")
    lead.press("Submit the claim")
    officer = at(people.officer)
    officer.open("/manage/claims/")
    officer.open(claim)
    officer.press("Approve")
    officer.fill({"What makes the claim eligible?": "The evidence shows every pound."})
    officer.press("Approve the claim")
    finance = at(people.finance)
    finance.open(claim)
    finance.press("Release the payment")
    finance.sees("£14,500.50 is paid to Here Council")
    finance.press("Release the payment")
    finance.sees("The payment is released.")


def ledger_shows_the_money(story, at):
    finance = at(story.people.finance)
    finance.open("/manage/ledger/")
    finance.follow(story.programme.name)
    assert table(finance.page) == [
        ["2026 to 2027", "Capital", "£10,000", "£0", "£5,000", "£2,500", "£2,500"],
        ["2026 to 2027", "Revenue", "£50,000", "£0", "£20,000", "£12,000.50", "£12,000.50"],
        ["2026 to 2027", "Total", "£60,000", "£0", "£25,000", "£14,500.50", "£14,500.50"],
        ["2027 to 2028", "Revenue", "£50,000", "£0", "£10,000", "£0", "£0"],
        ["All years", "Total", "£110,000", "£0", "£35,000", "£14,500.50", "£14,500.50"],
    ]
    finance.sees("Reconciled")
    finance.open(f"/manage/ledger/{story.programme.code}/?as_at=2026-06-20")
    assert table(finance.page)[-1][2:] == ["£110,000", "£100,000", "£0", "£0", "£0"]


def table(page):
    """The ledger without its last column, what is free."""
    rows = page.locator("main tbody tr").all()
    return [[c.inner_text().strip() for c in row.locator("th, td").all()][:7] for row in rows]


def measure_and_verify(story, reference, at):
    lead = at(story.people.lead)
    lead.open(f"/projects/{reference}/")
    lead.follow("Fewer falls")
    lead.press("Record what you measured")
    lead.fill(
        {
            "First day of the period": (1, 10, 2026),
            "Last day of the period": (30, 9, 2027),
            "Measured value": "70",
            "How was it measured?": "The falls register of all homes.",
        }
    )
    lead.press("Record")
    # 30 falls fewer, 500 pounds each, 80 per cent of them due to the project, a full year.
    lead.sees("70 falls", "£12,000", "Waiting")
    officer = at(story.people.officer)
    officer.open("/manage/benefits/?show=waiting")
    officer.follow("Fewer falls")
    officer.follow("Verify")
    officer.choose("Yes, verify it")
    officer.press("Record my finding")
    officer.sees("Your finding is recorded.")


def adviser_reads_the_report(story, at):
    adviser = at(story.people.adviser)
    adviser.open("/reports/")
    adviser.open(f"/reports/benefits/{story.programme.code}/")
    adviser.sees("£35,000", "£14,500.50", "£12,000", "£16,000", "Here Council")
    pdf = fetch(adviser.page, "PDF")
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert story.programme.name in words
    assert "£12,000" in words
    book = load_workbook(io.BytesIO(fetch(adviser.page, "spreadsheet")))
    cells = [c for sheet in book for row in sheet.iter_rows(values_only=True) for c in row]
    assert 12000 in cells
    assert 14500.5 in cells
    adviser.fill({"As at": (31, 12, 2026)})
    adviser.press("Show this day")
    adviser.sees("£14,500.50")
    assert "£12,000" not in adviser.text


def fetch(page, name):
    with page.expect_download() as download:
        page.get_by_role("main").get_by_role("link", name=name).first.click()
    return download.value.path().read_bytes()
