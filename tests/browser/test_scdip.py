"""Social Care Digital Innovation Programme 2018: 80 bids, 12 awards, from the sift to the ledger.

The twelve councils, the sums and the days are published facts; the other bids and all scores are
made up.
"""

from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from carefund.accounts.roles import AuthorityRole
from carefund.core import clock
from carefund.core.clock import LONDON
from carefund.core.models import Job
from carefund.core.tables import rows
from carefund.core.work.queue import run
from carefund.website.example import scdip, tree
from grants.assessment import queries as assessment_queries
from grants.assessment.models import Assignment, EligibilityCheck, Score
from grants.awards import actions as awards
from grants.awards.models import Letter, Offer
from grants.bids.models import Bid
from programmes.calls import actions as calls
from programmes.funds.queries import unreconciled
from programmes.organisations import reference
from programmes.organisations.models import Organisation
from tests import make
from tests.browser.conftest import plain_files
from tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.long]
Role = make.StaffRole


def day(month, number, hour=9, minute=0):
    return datetime(2018, month, number, hour, minute, tzinfo=LONDON)


@pytest.fixture
def service(transactional_db, live_server, known_time, settings):
    """June 2018: the call has closed with 80 bids; the last one is still to be sifted."""
    plain_files(settings)
    tree.load()
    reference.load()
    known_time.move_to(day(6, 4))
    programme = scdip.make()
    call = scdip.discovery_call(programme)
    people = SimpleNamespace(
        officer=make.staff(Role.PROGRAMME_OFFICER, programme, "Officer"),
        senior=make.staff(Role.SENIOR_OFFICER, programme, "Senior"),
        owner=make.staff(Role.SENIOR_OFFICER, programme, "Owner"),
        finance=make.staff(Role.FINANCE_OFFICER, programme, "Finance"),
        administrator=make.staff(Role.ADMINISTRATOR, None, "Administrator"),
        assessors=[make.staff(Role.ASSESSOR, programme, f"Assessor {n}") for n in ("A", "B")],
    )
    for title, person, amount in (("Senior officer", None, 0), ("Owner", people.owner, 200_000)):
        awards.add_step(
            programme=programme,
            title=title,
            role=Role.SENIOR_OFFICER,
            person_id=person and person.pk,
            from_amount=Decimal(amount),
            by=people.administrator,
        )
    fictional = scdip.fictional_bids(call, scdip.BIDS - 12)
    with clock.replaying(day(5, 30)):
        known = [_bid_of(call, row) for row in rows(scdip.DATA)]
    with clock.replaying(call.closes_at):
        calls.close_call(call=call)
        calls.start_assessment(call=call, by=people.officer)
    scored([(bid, 3) for bid in fictional] + [(bid, 4) for bid in known[:-1]], people)
    live_server.story = SimpleNamespace(
        programme=programme, call=call, people=people, known=known, fictional=fictional
    )
    return live_server


def _bid_of(call, row):
    council = Organisation.objects.get(org_id=row["org_id"])
    title = row["project"] or f"Discovery project of {row['name']}"
    return scdip.submit_bid(call, council, title, call.themes.first(), council.short_name)


def scored(found, people):
    """Sifted and scored by both assessors: 79 bids in a few statements."""
    EligibilityCheck.objects.bulk_create(
        EligibilityCheck(bid=bid, passed=True, checked_at=clock.now(), checked_by=people.officer)
        for bid, _ in found
    )
    given = Assignment.objects.bulk_create(
        Assignment(bid=bid, assessor=one, state="submitted", submitted_at=clock.now())
        for bid, _ in found
        for one in people.assessors
    )
    points = {bid.pk: number for bid, number in found}
    Score.objects.bulk_create(
        Score(
            assignment=one,
            criterion=criterion,
            score=points[one.bid_id],
            justification="Some evidence, with gaps.",
            recorded_at=clock.now(),
        )
        for one in given
        for criterion in one.bid.call.criteria.all()
    )
    for bid, _ in found:
        score = assessment_queries.score_of(bid)
        Bid.objects.filter(pk=bid.pk).update(state="assessed", score=score)


@pytest.fixture
def at(sign_in):
    """Their pages are measured elsewhere, with fewer rows."""
    return lambda person: Walk(sign_in(person), measured=False)


def do_jobs():
    for job in Job.objects.due().order_by("due_at"):
        run(job.pk)


def test_eighty_bids_and_twelve_awards(service, at, known_time):
    story = service.story
    officer = at(story.people.officer)
    sift_and_score_the_last(story, officer, at)
    address = make_a_round(story, officer)
    choose_within_the_money(story, officer, address)
    recommend(officer, address)
    approve_in_turn(story, at, address)
    nothing_is_learned_before_its_day(story, at)
    known_time.move_to(day(6, 20, 9, 31))
    do_jobs()
    one_accepts_and_one_reads_why_not(story, at)
    ledger_holds_what_was_promised(story, at)


def sift_and_score_the_last(story, officer, at):
    call, last = story.call, story.known[-1]
    officer.open(f"/manage/bids/?call={call.code}")
    officer.sees("80 bids", "£1,600,000")
    officer.open(f"/manage/calls/{call.code}/sift/")
    officer.sees("80 bids", last.title)
    officer.open(f"/manage/bids/{last.reference}/checks/")
    officer.choose("Yes, it can be assessed")
    officer.press("Record the decision")
    officer.open(f"/manage/calls/{call.code}/assessors/proposal/")
    officer.press("Confirm and send the invitations")
    for person in story.people.assessors:
        score(at(person), last)
    officer.open(f"/manage/calls/{call.code}/ranking/")
    officer.sees("Wirral", "80%", "£1,600,000")


def score(walk, bid):
    walk.open("/manage/assessments/")
    walk.follow(bid.reference)
    walk.choose("No, I can assess it")
    walk.press("Continue")
    for code in ("need", "delivery", "value-and-benefits"):
        walk.page.locator(f"input[name={code}-score][value='4']").check()
        walk.page.fill(f"textarea[name={code}-reason]", "Good.")
    walk.press("Submit scores")


def make_a_round(story, officer):
    officer.open(f"/manage/calls/{story.call.code}/rounds/")
    officer.press("Make a round")
    officer.fill({"Lowest fundable score, in per cent": "70"})
    officer.press("Make the round")
    officer.sees("Bids: 12 of 80 funded")
    address = officer.page.url
    officer.follow("Constraints of this round")
    officer.follow("A region gets at least")
    officer.page.get_by_label("Region").select_option(label="North East")
    officer.choose("Bids")
    officer.fill(
        {"How many bids (optional)": "1", "Why is this constraint set?": "Every part of England."}
    )
    officer.press("Set the constraint")
    officer.sees("North East gets at least 1 bid")
    officer.open(f"{address}scenarios/new/")
    officer.fill({"Name of the scenario": "With the North East"})
    officer.press("Work it out")
    officer.sees("Yes, proven", "£240,000", "What one more £100,000 would buy")
    officer.press("Take as the selection")
    officer.press("Take it")
    officer.sees("Bids: 12 of 80 funded")
    return address


def choose_within_the_money(story, officer, address):
    """A thirteenth award is more than the call offers: it can be wished, not recommended."""
    other = story.fictional[0].reference
    officer.open(f"{address}bids/{other}/")
    officer.choose("Fund")
    officer.fill({"Reason": "One more."})
    officer.press("Save and continue")
    officer.sees("Bids: 13 of 80 funded", "What this selection breaks", "£20,000 too much")
    officer.open(f"{address}recommend/")
    officer.fill({"Why do you recommend this selection?": "More is better."})
    officer.press("Recommend")
    officer.sees("£20,000.00 more than the call still offers")
    officer.open(f"{address}scenarios/")
    officer.follow("With the North East", nth=0)
    officer.press("Take as the selection")
    officer.press("Take it")
    officer.sees("Bids: 12 of 80 funded")


def recommend(officer, address):
    officer.open(f"{address}recommend/")
    officer.fill(
        {
            "Why do you recommend this selection?": "The twelve best, in every part of England.",
            "Day of publication (optional)": (20, 6, 2018),
        }
    )
    officer.choose("Letters show the scores")
    officer.choose("Letters show the assessors’ comments, without names")
    officer.press("Recommend")
    officer.sees("Recommended")


def approve_in_turn(story, at, address):
    owner, senior = at(story.people.owner), at(story.people.senior)
    owner.open(address)
    assert owner.page.get_by_role("button", name="Approve").count() == 0
    for walk in (senior, owner):
        walk.open(address)
        walk.press("Approve")
        walk.sees("Wirral Borough Council is offered £20,000", "68 bids are not funded")
        walk.press("Approve")
        walk.sees("Your approval is given")
    owner.sees("Approved, not published", "20 June 2018 at 9:30am")


def nothing_is_learned_before_its_day(story, at):
    do_jobs()
    assert (Offer.objects.count(), Letter.objects.count()) == (0, 0)
    story.chief = make.member(story.known[0].organisation, AuthorityRole.ADMINISTRATOR)
    chief = at(story.chief)
    chief.open("/offers/")
    assert "£20,000" not in chief.text


def one_accepts_and_one_reads_why_not(story, at):
    chief, winner = at(story.chief), story.known[0]
    chief.open("/offers/")
    chief.follow(winner.offer.reference)
    chief.sees("£20,000", "2018 to 2019")
    chief.press("Accept the grant")
    chief.page.get_by_role("checkbox").check()
    chief.press("Accept the grant")
    chief.sees("Your project has begun.")
    other = story.fictional[0]
    author = at(make.member(other.organisation, AuthorityRole.BID_AUTHOR))
    author.open(f"/bids/{other.reference}/")
    author.follow("Regret letter")
    author.sees("Feedback of the assessors", "3 of 5", "Some evidence, with gaps.")
    assert "Assessor B" not in author.text.replace("Assessor 2", "")


def ledger_holds_what_was_promised(story, at):
    finance = at(story.people.finance)
    finance.open(f"/manage/ledger/{story.programme.code}/")
    finance.sees("£1,000,000", "£240,000", "£760,000", "Reconciled")
    assert unreconciled() == []
    (line,) = story.programme.budget_lines.all()
    assert (line.committed, line.reserved) == (Decimal(240000), 0)
    assert Offer.objects.count() == 12
