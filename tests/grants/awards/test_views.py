from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from carefund.core.actors import SYSTEM
from carefund.core.clock import LONDON
from grants.awards import actions
from grants.awards.models import Agreement, AllocationRound, Offer
from grants.awards.queries import fingerprint_of, history_of
from grants.delivery.models import Project
from programmes.funds.models import BudgetLine
from tests import make
from tests.pages import get, post, queries, redirected, text


def line(year=2026):
    return BudgetLine.objects.get(programme__code="fund", financial_year=year, kind="revenue")


@pytest.fixture
def allocation(story, assessed):
    return actions.make_round(call=story.call, minimum_score=Decimal(50), by=story.people.officer)


@pytest.fixture
def offer(offered):
    return offered.offer


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def approved(person, pk):
    """The approval of what the round says now, sent as its page would."""
    seen = fingerprint_of(AllocationRound.objects.get(pk=pk))
    return post(person, url("approve", pk), {"seen": seen})


def test_round_goes_from_ranking_to_offer_through_its_pages(story, assessed):
    bid, people = assessed, story.people
    made = post(people.officer, url("new_round", story.call.code), {"minimum_score": "50"})
    pk = story.call.rounds.get().pk
    assert redirected(made, url("round", pk))
    assert "In the best selection" in text(get(people.officer, url("round", pk)))
    changed = {"decision": "reserve", "reason": "Look again."}
    assert redirected(post(people.officer, url("choose", pk, bid.reference), changed))
    changed = {"decision": "fund", "reason": "Strong need."}
    assert redirected(post(people.officer, url("choose", pk, bid.reference), changed))
    assert redirected(post(people.officer, url("recommend", pk), {"rationale": "Best value."}))
    look = text(get(people.senior, url("approve", pk)))
    assert "Here Council is offered £40,000" in look
    assert "£20,000 revenue of 2026 to 2027 is committed, £30,000 is left" in look
    assert redirected(approved(people.senior, pk))
    offer = Offer.objects.get(bid=bid)
    assert (line().committed, offer.amount) == (Decimal("20000.00"), Decimal("40000.00"))


def test_round_over_budget_cannot_be_recommended(story, allocation):
    make.calls.decide(call=story.call, by=SYSTEM)  # what was set aside for it is free
    BudgetLine.objects.filter(pk=line().pk).update(budget=Decimal("1000.00"))
    answer = post(story.people.officer, url("recommend", allocation.pk), {"rationale": "All."})
    assert "would be overspent by £19,000.00" in text(answer)
    allocation.refresh_from_db()
    assert allocation.state == "draft"


def test_approval_says_when_the_money_went_elsewhere(story, allocation):
    actions.recommend(allocation=allocation, rationale="Best.", by=story.people.officer)
    make.calls.decide(call=story.call, by=SYSTEM)
    BudgetLine.objects.filter(pk=line(2027).pk).update(budget=Decimal("1000.00"))
    answer = approved(story.people.senior, allocation.pk)
    assert "would be overspent by £19,000.00" in text(answer)
    assert (Offer.objects.count(), line().committed) == (0, Decimal("0.00"))


def test_round_is_not_approved_by_who_recommended_it(story, allocation):
    both = story.people.senior
    make.RoleAssignment.objects.create(
        user=both, role="programme_officer", programme=story.programme
    )
    assert redirected(post(both, url("recommend", allocation.pk), {"rationale": "Best."}))
    assert get(both, url("approve", allocation.pk)).status_code == 403
    assert post(both, url("approve", allocation.pk)).status_code == 403
    assert get(story.people.officer, url("approve", allocation.pk)).status_code == 403


def test_round_approved_twice_says_so_and_commits_once(story, allocation):
    actions.recommend(allocation=allocation, rationale="Best.", by=story.people.officer)
    assert redirected(approved(story.people.senior, allocation.pk))
    again = approved(story.people.senior, allocation.pk)
    assert "You cannot approve this allocation round because it is now “published”" in text(again)
    assert line().committed == Decimal("20000.00")


def test_approval_that_is_sent_again_leads_back_to_the_round(story, allocation):
    for role in ("senior_officer", "ministers_team"):
        actions.add_step(
            programme=story.programme, title=role, role=role,
            from_amount=Decimal(0), by=story.people.administrator,
        )  # fmt: skip
    actions.recommend(allocation=allocation, rationale="Best.", by=story.people.officer)
    said = []
    for _ in range(2):
        answer = approved(story.people.senior, allocation.pk)
        assert redirected(answer, url("round", allocation.pk))
        said += map(str, get_messages(answer.wsgi_request))
    assert allocation.approvals.count() == 1
    assert said[1] == "You have approved this round. It waits for the next approval."


def test_round_is_returned_with_a_reason(story, allocation):
    actions.recommend(allocation=allocation, rationale="Best.", by=story.people.officer)
    refused = post(story.people.senior, url("return", allocation.pk), {"reason": ""})
    assert "Enter the reason" in text(refused)
    assert redirected(post(story.people.senior, url("return", allocation.pk), {"reason": "More."}))


@pytest.mark.parametrize("score", ["", "-1", "101", "many", "1e9"])
def test_round_with_a_senseless_score_is_not_made(story, score):
    answer = post(story.people.officer, url("new_round", story.call.code), {"minimum_score": score})
    assert (answer.status_code, story.call.rounds.count()) == (200, 0)


def test_round_without_assessed_bids_is_refused(story):
    answer = post(story.people.officer, url("new_round", story.call.code), {"minimum_score": "50"})
    assert "No bid to this call has been assessed yet." in text(answer)


def test_round_is_hidden_from_bidders_and_other_programmes(story, allocation):
    for person in (story.people.author, story.people.elsewhere, story.people.adviser):
        assert get(person, url("round", allocation.pk)).status_code == 404
        assert get(person, url("rounds", story.call.code)).status_code == 404
    assert get(story.people.auditor, url("round", allocation.pk)).status_code == 200
    assert get(story.people.auditor, url("recommend", allocation.pk)).status_code == 403


def test_offer_is_accepted_once(story, offer):
    chief = story.people.chief
    page = text(get(chief, url("offer", offer.reference)))
    assert "Accept the grant" in page
    assert "£40,000" in page
    assert "Tick the box" in text(post(chief, url("accept", offer.reference)))
    accepted = post(chief, url("accept", offer.reference), {"declared": "on"})
    assert redirected(accepted, url("agreement", offer.reference))
    again = post(chief, url("accept", offer.reference), {"declared": "on"})
    assert "because it is now “accepted”" in text(again)
    assert (Agreement.objects.count(), Project.objects.count()) == (1, 1)
    shown = text(get(story.people.viewer, url("agreement", offer.reference)))
    assert Agreement.objects.get().fingerprint in shown


def test_a_new_offer_tells_when_it_was_made(story, offer, known_time):
    known_time.shift(timedelta(days=1))
    made = {"what": "Offer made", "who": "the department", "at": offer.offered_at}
    (first,) = history_of(offer, to=story.people.certifier)
    assert {key: first[key] for key in made} == made
    assert "Nothing has been recorded" not in text(
        get(story.people.certifier, url("offer", offer.reference))
    )
    actions.accept(offer=offer, by=story.people.certifier, seen=offer.version)
    history = history_of(offer, to=story.people.certifier)
    assert [entry["what"] for entry in history] == ["Offer accepted", "Offer made"]


def test_declined_offer_frees_the_money(story, offer):
    assert line().committed == Decimal("20000.00")
    answer = post(story.people.certifier, url("decline", offer.reference), {"reason": "No staff."})
    assert redirected(answer)
    assert line().committed == Decimal("0.00")
    assert "No staff." in text(get(story.people.officer, url("offer", offer.reference)))


def test_expired_offer_cannot_be_accepted(story, offer, known_time):
    # The last day counts to its end, as the letter and the offer name it.
    known_time.move_to(datetime(2026, 7, 13, 23, 59, tzinfo=LONDON))
    page = text(get(story.people.chief, url("offer", offer.reference)))
    assert "13 July 2026 at 11:59pm" in page
    assert "Accept the grant" in page
    known_time.shift(timedelta(minutes=1))
    page = text(get(story.people.chief, url("offer", offer.reference)))
    assert "Expired" in page
    assert "Accept the grant" not in page
    answer = post(story.people.chief, url("accept", offer.reference), {"declared": "on"})
    assert "The time to answer this offer has passed" in text(answer)
    assert Project.objects.count() == 0


def test_offer_is_answered_by_a_signatory_only(story, offer):
    for person in (story.people.viewer, story.people.author, story.people.officer):
        assert get(person, url("offer", offer.reference)).status_code == 200
        assert get(person, url("accept", offer.reference)).status_code == 403
        assert post(person, url("decline", offer.reference), {"reason": "x"}).status_code == 403


def test_offer_does_not_exist_for_another_authority(story, offer):
    for name in ("offer", "accept", "decline", "agreement"):
        assert get(story.people.stranger_certifier, url(name, offer.reference)).status_code == 404
    assert offer.reference not in text(get(story.people.stranger, url("own_offers")))


def test_agreement_of_an_unanswered_offer_does_not_exist(story, offer):
    assert get(story.people.chief, url("agreement", offer.reference)).status_code == 404


def test_offers_are_listed_filtered_and_exported(story, offer):
    page = text(get(story.people.officer, url("offers")))
    assert "1 offer, £40,000 in total" in page
    nothing = text(get(story.people.officer, url("offers") + "?state=declined"))
    assert "0 offers, £0 in total" in nothing
    sheet = get(story.people.officer, url("offers") + "?export=csv")
    assert "40000.00" in text(sheet)
    assert get(story.people.officer, url("offers") + "?export=xlsx").getvalue()[:2] == b"PK"
    assert get(story.people.author, url("offers")).status_code == 403


def test_lists_take_as_many_queries_for_three_rows_as_for_one(story):
    make.several_offers(story, 1)
    officer = story.people.officer
    pages = [url("offers"), url("round", story.call.rounds.last().pk)]
    pages.append(url("rounds", story.call.code))
    before = [queries(officer, page) for page in pages]
    make.several_offers(story, 2)
    pages[1] = url("round", story.call.rounds.order_by("pk").last().pk)
    assert [queries(officer, page) for page in pages] == before


def test_the_bid_behind_an_offer_opens_for_each_reader(story, offer):
    for person in (story.people.officer, story.people.author):
        page = text(get(person, url("offer", offer.reference)))
        link = next(
            word for word in page.split('"') if word.endswith(f"bids/{offer.bid.reference}/")
        )
        assert get(person, link).status_code == 200


def test_who_works_cases_finds_the_list_of_all_offers(story, offer):
    assert get(story.people.officer, url("own_offers")).url == url("offers")
    assert offer.reference in text(get(story.people.author, url("own_offers")))


def test_an_award_registered_without_an_agreement_offers_none_to_view(story):
    row = actions.register_published_award(
        call=story.call,
        organisation=story.authority,
        title="Sensors at home",
        amounts={(2026, "revenue"): Decimal(20000)},
        answers={},
        source="The department's list of awards",
        precision="exact",
        by=story.people.officer,
    )
    for page in (row.get_absolute_url(), row.project.get_absolute_url()):
        shown = get(story.people.officer, page)
        assert shown.status_code == 200
        assert url("agreement", row.reference) not in text(shown)
