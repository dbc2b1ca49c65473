from decimal import Decimal

import pytest
from django.urls import reverse

from carefund.core.errors import Refused
from grants.awards import actions
from grants.awards.models import AllocationRound, Constraint
from grants.awards.queries import explained, problems_of
from tests import make
from tests.pages import get, post, redirected, text

AIM = {"objective": "score", "weight": 100, "minimum_score": "50"}


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


@pytest.fixture
def three(story, submitted):
    """Three bids of £40,000, half in each of two years of £50,000; the first scored best."""
    others = [make._ready_bid(story, "40000.00") for _ in range(2)]
    return [make.assess(story, submitted, 5), *others]


@pytest.fixture
def allocation(story, three):
    return actions.make_round(call=story.call, minimum_score=Decimal(50), by=story.people.officer)


def decisions(allocation):
    return dict(allocation.choices.values_list("bid", "decision"))


def test_constraint_changes_the_scenario_and_says_what_it_costs(story, three, allocation):
    officer, pk = story.people.officer, allocation.pk
    assert list(decisions(allocation).values()).count("fund") == 2
    out = next(bid for bid in three if decisions(allocation)[bid.pk] == "reserve")
    told = allocation.choices.get(bid=out).reason
    assert told == "Fundable, but the limits of this round do not hold it beside the bids chosen."
    wish = {"bid": out.pk, "note": "The minister promised it."}
    assert redirected(post(officer, url("new_constraint", pk, "must"), wish))
    again = post(officer, url("new_constraint", pk, "must"), wish)
    assert "has this constraint already" in text(again)
    # What was chosen before breaks the new wish: by hand or not, it cannot go on.
    assert problems_of(allocation) == [
        f"{out.reference} ({out.organisation}) must be funded: 1 too little"
    ]
    with pytest.raises(Refused, match="must be funded"):
        actions.recommend(allocation=allocation, rationale="As it is.", by=officer)
    sent = {"name": "With it", "objective": "both", "weight": "70", "minimum_score": "50"}
    assert redirected(post(officer, url("new_scenario", pk), sent))
    made = allocation.scenarios.get(name="With it")
    page = text(get(officer, made.get_absolute_url()))
    for words in ("must be funded", "What each constraint costs", "Best possible", "Near misses"):
        assert words in page
    assert explained(made)["without"][0].text.startswith("Costs ")
    assert redirected(post(officer, url("use", pk, made.pk)))
    assert decisions(allocation)[out.pk] == "fund"
    side_by_side = text(get(officer, url("scenarios", pk)))
    assert "Best selection" in side_by_side
    assert "Money by region" in side_by_side
    # Each scenario heads its column once in each table; what is compared heads a row once.
    assert side_by_side.count("With it</th>") == 3 + 1
    assert side_by_side.count(">2026 to 2027 revenue</th>") == 1
    assert "must be funded" in text(get(officer, url("constraints", pk)))


def test_conflicting_constraints_are_named_and_no_others(story, three, allocation):
    officer = story.people.officer
    for bid in three:
        actions.add_constraint(allocation=allocation, kind="must", bid=bid, note="x", by=officer)
    actions.add_constraint(
        allocation=allocation, kind="least_region", region=make.region(), number=1, note="x",
        by=officer,
    )  # fmt: skip
    made = actions.make_scenario(allocation=allocation, name="All", aim=AIM, by=officer)
    conflict = made.result["conflict"]
    assert len([words for words in conflict if "must be funded" in words]) == 3
    assert len(conflict) == 4  # and one limit of money
    page = text(get(officer, made.get_absolute_url()))
    assert "No selection can keep all of these together" in page
    assert "North East" not in conflict
    with pytest.raises(Refused, match="no selection"):
        actions.use_scenario(scenario=made, by=officer)


def test_every_kind_of_constraint_is_kept_or_refused(story, three, allocation):
    officer, (first, second, third) = story.people.officer, three
    board = make.authority("Board", kind="icb")
    make.Organisation.objects.filter(pk=board.pk)
    add = {
        "either": {"bid": first, "other_bid": second},
        "never": {"bid": third},
        "most_theme": {"theme": story.theme, "number": 1},
        "most_authority": {"amount": Decimal(40000)},
        "part": {"number": 60},
        "least_region": {"region": make.region(), "amount": Decimal(10000)},
    }
    for kind, values in add.items():
        actions.add_constraint(allocation=allocation, kind=kind, note="x", by=officer, **values)
    made = actions.make_scenario(allocation=allocation, name="All", aim=AIM, by=officer)
    assert made.shares == {first.pk: 100}
    assert "must not be funded" in made.result["why"][str(third.pk)]
    actions.add_constraint(allocation=allocation, kind="least_board", board=board, number=1,
                           note="x", by=officer)  # fmt: skip
    made = actions.make_scenario(allocation=allocation, name="Board", aim=AIM, by=officer)
    assert made.result["conflict"] == ["The area of Board gets at least 1 bid"]


def test_bid_is_funded_in_part_within_its_limit(story, three, allocation):
    officer = story.people.officer
    actions.add_constraint(allocation=allocation, kind="part", number=10, note="x", by=officer)
    made = actions.make_scenario(allocation=allocation, name="Part", aim=AIM, by=officer)
    assert sorted(made.shares.values()) == [50, 100, 100]
    actions.use_scenario(scenario=made, by=officer)
    cut = allocation.choices.get(share=50)
    assert "50%" in text(get(officer, allocation.get_absolute_url()))
    changed = {"decision": "fund", "share": "5", "reason": "Less.", "conditions": ""}
    assert redirected(post(officer, url("choose", allocation.pk, cut.bid.reference), changed))
    kept = post(officer, url("keep", allocation.pk), {"name": "By hand"})
    assert "may not be cut below 10%" in text(kept)
    changed["share"] = "20"
    assert redirected(post(officer, url("choose", allocation.pk, cut.bid.reference), changed))
    assert redirected(post(officer, url("keep", allocation.pk), {"name": "By hand"}))
    assert "Chosen by hand" in text(get(officer, url("scenarios", allocation.pk)))
    allocation = make.fresh(allocation)
    actions.recommend(allocation=allocation, rationale="Best.", by=officer)
    actions.approve(allocation=allocation, by=story.people.senior)
    offer = cut.bid.offer
    assert (offer.amount, offer.lines.first().amount) == (Decimal("8000.00"), Decimal("4000.00"))


def test_scenario_of_other_bids_or_money_is_not_taken(story, three, allocation):
    officer = story.people.officer
    made = actions.make_scenario(allocation=allocation, name="Old", aim=AIM, by=officer)
    actions.add_constraint(allocation=allocation, kind="never", bid=three[0], note="x", by=officer)
    answer = post(officer, url("use", allocation.pk, made.pk))
    assert "have changed since" in text(answer)


def test_many_bids_are_explained_in_the_background(story, three, allocation, run_jobs, monkeypatch):
    monkeypatch.setattr("grants.awards.actions.scenarios.AT_ONCE", 2)
    officer = story.people.officer
    made = actions.make_scenario(allocation=allocation, name="Large", aim=AIM, by=officer)
    assert (made.is_solved, made.is_explained, made.steps_done) == (True, False, 0)
    assert "0 of " in text(get(officer, made.get_absolute_url()))
    run_jobs()
    assert make.fresh(made).is_explained


def test_constraints_are_set_by_officers_on_drafts_only(story, three, allocation):
    people, pk = story.people, allocation.pk
    page = url("new_constraint", pk, "least_region")
    sent = {"region": make.region().pk, "measure": "bids", "number": "", "note": "Fair."}
    assert "Enter how many bids" in text(post(people.officer, page, sent))
    assert post(people.senior, page, {**sent, "number": "1"}).status_code == 403
    assert get(people.officer, url("new_constraint", pk, "nonsense")).status_code == 404
    assert redirected(post(people.officer, page, {**sent, "number": "1"}))
    wish = Constraint.objects.get()
    assert redirected(post(people.officer, url("remove_constraint", pk, wish.pk)))
    actions.recommend(
        allocation=AllocationRound.objects.get(pk=pk), rationale="Best.", by=people.officer
    )
    assert "Return it to draft" in text(post(people.officer, page, {**sent, "number": "1"}))
