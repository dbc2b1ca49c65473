import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from carefund.core import clock
from carefund.core.errors import NotAllowed, Refused
from carefund.notify.models import OutboxMessage
from grants.awards import actions
from grants.awards.models import AllocationRound, Letter, LetterTemplate, Offer
from grants.awards.queries import lapsed, next_step
from grants.awards.rules import can_give_next
from grants.bids.actions import moderate_score
from programmes.calls.models import Call
from programmes.funds.queries import unreconciled
from reports.dashboards.queries import work_of_staff
from tests import make
from tests.pages import get, post, redirected, text


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


@pytest.fixture
def bids(story, submitted):
    """Two are funded, the third is on the reserve list."""
    others = [make._ready_bid(story, "40000.00") for _ in range(2)]
    return [make.assess(story, submitted, 5), *others]


@pytest.fixture
def allocation(story, bids):
    return actions.make_round(call=story.call, minimum_score=Decimal(50), by=story.people.officer)


@pytest.fixture
def chained(story):
    """Senior officer, then a named owner from £50,000, then the minister from £70,000."""
    people = story.people
    people.owner = make.staff(make.StaffRole.SENIOR_OFFICER, story.programme, "Owner")
    page = url("new_step", story.programme.code)
    for title, role, person, amount in (
        ("Senior officer", "senior_officer", "", "0"),
        ("Senior responsible owner", "senior_officer", people.owner.pk, "50,000"),
        ("Minister", "ministers_team", "", "70,000"),
    ):
        sent = {"title": title, "role": role, "person": person, "from_amount": amount}
        assert post(people.officer, page, sent).status_code == 403
        assert redirected(post(people.administrator, page, sent))
    return story


def test_chain_of_approvals_goes_by_amount_and_lapses_with_a_change(chained, allocation):
    people = chained.people
    assert get(people.adviser, allocation.get_absolute_url()).status_code == 404
    actions.recommend(allocation=allocation, rationale="Best.", by=people.officer)
    with pytest.raises(NotAllowed, match="not the next"):
        actions.approve(allocation=allocation, by=people.adviser)
    assert actions.approve(allocation=allocation, by=people.senior) == []
    with pytest.raises(NotAllowed):
        actions.approve(allocation=allocation, by=people.senior)
    assert next_step(allocation).title == "Senior responsible owner"
    actions.return_to_draft(allocation=allocation, reason="Conditions.", by=people.owner)
    funded = allocation.choices.filter(decision="fund").first()
    actions.choose(
        allocation=allocation, bid=funded.bid, decision="fund", reason=funded.reason,
        conditions="A plan for data.", by=people.officer,
    )  # fmt: skip
    actions.recommend(allocation=allocation, rationale="Best.", by=people.officer)
    assert [a.title for a in lapsed(allocation)] == ["Senior officer"]
    assert "Lapsed" in text(get(people.officer, allocation.get_absolute_url()))
    stale = post(people.senior, url("approve", allocation.pk), {"seen": "0" * 64})
    assert "has changed since you opened the page" in text(stale)
    for person in (people.senior, people.owner):
        assert actions.approve(allocation=allocation, by=person) == []
    assert Offer.objects.count() == 0
    assert "Approve" in text(get(people.adviser, allocation.get_absolute_url()))
    assert len(actions.approve(allocation=allocation, by=people.adviser)) == 2
    offer = funded.bid.offer
    assert "A plan for data." in text(get(people.officer, offer.get_absolute_url()))


def test_approvers_are_asked_anew_when_the_panel_changes_a_score(story, bids, allocation):
    people = story.people
    actions.recommend(allocation=allocation, rationale="Best.", by=people.officer)
    asked = OutboxMessage.objects.filter(recipient=people.senior, kind="awards.approval_wanted")
    assert asked.count() == 1
    moderate_score(bid=bids[2], score=Decimal("61.00"), reason="Agreed.", by=people.officer)
    assert asked.count() == 2


def test_a_round_that_comes_back_unchanged_is_approved_anew(story, allocation, known_time):
    people, day = story.people, clock.today() + timedelta(days=10)
    for _ in range(2):
        actions.recommend(
            allocation=allocation, rationale="Best.", publish_on=day, by=people.officer
        )
        assert next_step(allocation) is not None
        assert actions.approve(allocation=allocation, by=people.senior) == []
        assert allocation.state == "embargoed"
        known_time.shift(timedelta(hours=1))
        actions.return_to_draft(allocation=allocation, reason="Look again.", by=people.senior)


def test_nobody_outside_learns_of_the_decision_before_its_day(
    story, bids, allocation, known_time, run_jobs
):
    people, before = story.people, outside().count()
    actions.recommend(
        allocation=allocation, rationale="Best.", by=people.officer, publish_on=date(2026, 6, 20)
    )
    assert actions.approve(allocation=allocation, by=people.senior) == []
    run_jobs()
    assert make.fresh(allocation).state == "embargoed"
    assert (Offer.objects.count(), Letter.objects.count()) == (0, 0)
    assert {make.fresh(bid).state for bid in bids} == {"assessed"}
    assert outside().count() == before
    page = text(get(people.author, reverse("bids:task_list", args=[bids[0].reference])))
    assert "Your bid has been assessed" in page
    assert get(people.author, allocation.get_absolute_url()).status_code == 404
    # The money waits for it: what the lines hold for the call is what the offers will take.
    assert "Nobody outside learns" in text(get(people.senior, allocation.get_absolute_url()))
    known_time.move_to(datetime(2026, 6, 20, 8, 29, tzinfo=UTC))
    run_jobs()
    assert Offer.objects.count() == 0
    known_time.move_to(datetime(2026, 6, 20, 8, 30, tzinfo=UTC))
    run_jobs()
    assert (Offer.objects.count(), Letter.objects.count()) == (2, 3)
    assert sorted(make.fresh(bid).state for bid in bids) == ["awarded", "awarded", "reserve"]
    assert unreconciled() == []


def test_approved_round_is_published_early_only_by_a_senior_officer(story, allocation):
    people = story.people
    actions.recommend(
        allocation=allocation, rationale="Best.", by=people.officer, publish_on=date(2026, 6, 20)
    )
    with pytest.raises(Refused, match="all who must approve"):
        actions.publish(allocation=make.fresh(allocation), by=people.senior)
    actions.approve(allocation=allocation, by=people.senior)
    assert post(people.officer, url("publish", allocation.pk)).status_code == 403
    assert redirected(post(people.senior, url("publish", allocation.pk)))
    assert "now “published”" in text(post(people.senior, url("publish", allocation.pk)))
    assert Offer.objects.count() == 2


def test_reserve_list_moves_up_when_an_offer_is_declined(story, bids, allocation):
    people = story.people
    actions.recommend(
        allocation=allocation, rationale="Best.", by=people.officer, release_scores=True
    )
    actions.approve(allocation=allocation, by=people.senior)
    waiting = next(bid for bid in bids if make.fresh(bid).state == "reserve")
    actions.decline(offer=bids[0].offer, reason="No staff.", by=people.chief)
    moved = make.fresh(waiting)
    assert (moved.state, moved.offer.amount) == ("awarded", Decimal("40000.00"))
    assert sorted(waiting.choices.get().letters.values_list("kind", flat=True)) == [
        "offer",
        "reserve",
    ]
    assert unreconciled() == []
    # Nobody is left on the list: the money stays free.
    actions.decline(offer=moved.offer, reason="No.", by=make.SYSTEM)
    assert Offer.objects.filter(state="offered").count() == 1


def test_letters_follow_the_template_and_show_what_is_released(story, bids, allocation):
    people = story.people
    wrong = LetterTemplate(kind="offer", subject="{reference}", body="Dear {minister},")
    with pytest.raises(ValidationError, match=r"\{minister\} is not a placeholder"):
        wrong.full_clean()
    LetterTemplate.objects.create(
        kind="offer", programme=story.programme, subject="Good news for {title}",
        body="{organisation} gets {amount}.\n\n{reason}",
    )  # fmt: skip
    actions.recommend(
        allocation=allocation, rationale="Best.", by=people.officer, release_comments=True
    )
    actions.approve(allocation=allocation, by=people.senior)
    letter = Letter.objects.get(choice__bid=bids[0])
    page = get(people.author, letter.get_absolute_url())
    for words in ("Good news for Sensors at home", "Here Council gets £40,000.", "Well argued."):
        assert words in text(page)
    assert "5 of" not in text(page)
    assert "Assessor One" not in text(page)
    paper = get(people.author, url("letter_pdf", bids[0].reference, letter.pk))
    assert paper.getvalue()[:5] == b"%PDF-"
    assert get(people.stranger, letter.get_absolute_url()).status_code == 404
    task_list = reverse("bids:task_list", args=[bids[0].reference])
    assert letter.get_absolute_url() in text(get(people.author, task_list))


def test_letter_never_reads_what_it_filled_in(story, bids, allocation):
    funded = allocation.choices.filter(decision="fund").first()
    actions.choose(
        allocation=allocation, bid=funded.bid, decision="fund",
        reason="{amount} <b>", by=story.people.officer,
    )  # fmt: skip
    actions.recommend(allocation=allocation, rationale="Best.", by=story.people.officer)
    actions.approve(allocation=allocation, by=story.people.senior)
    letter = Letter.objects.get(choice=funded)
    assert "{amount} <b>" in letter.body
    assert "&lt;b&gt;" in text(get(story.people.officer, letter.get_absolute_url()))


def outside():
    """Messages to those who must not know yet; whoever approves has to."""
    return OutboxMessage.objects.exclude(kind="awards.approval_wanted")


def told(person, kind):
    return OutboxMessage.objects.filter(recipient=person, kind=kind)


def test_each_approver_is_told_once_when_it_is_their_turn(chained, allocation):
    people, wanted = chained.people, "awards.approval_wanted"
    stranger = make.staff(make.StaffRole.SENIOR_OFFICER, make.programme(), "Senior Elsewhere")
    actions.recommend(allocation=allocation, rationale="Best.", by=people.officer)
    counts = [told(p, wanted).count() for p in (people.senior, people.owner, people.adviser)]
    # The owner is kept for the step that names them.
    assert counts == [1, 0, 0]
    with pytest.raises(NotAllowed, match="named for a later approval"):
        actions.approve(allocation=allocation, by=people.owner)
    assert "Senior officer, then Senior responsible owner (Owner), then Minister" in text(
        get(people.officer, allocation.get_absolute_url())
    )
    actions.ask_for_approval(allocation)  # asked again, nobody is told twice
    for person, following in ((people.senior, people.owner), (people.owner, people.adviser)):
        assert rounds_of(person) == (1, True)
        assert rounds_of(following) == (0, False)
        assert told(following, wanted).count() == 0
        actions.approve(allocation=allocation, by=person)
        assert (told(person, wanted).count(), told(following, wanted).count()) == (1, 1)
        assert rounds_of(person) == (0, False)
    message = told(people.adviser, wanted).get()
    assert "£80,000" in message.text
    assert not told(stranger, wanted).exists()
    assert get(people.adviser, "/start/").url == "/manage/rounds/"
    assert "Waiting for your approval" in text(get(people.adviser, "/manage/rounds/"))


def rounds_of(person):
    """How many rounds the dashboard has for a person, and whether the page of one says so."""
    pile = next(p for p in work_of_staff(person) if p.title == "Rounds to approve")
    (waiting,) = AllocationRound.objects.filter(state="recommended")
    return pile.count, can_give_next(person, waiting)


def test_rounds_are_their_own_part_of_the_service(story, allocation):
    page = text(get(story.people.officer, allocation.get_absolute_url()))
    (current,) = re.findall(r'aria-current="\w+"[^>]*>\s*(?:<[^>]*>\s*)*([\w ]+)', page)[:1]
    assert current == "Rounds"
    assert get(story.people.adviser, "/manage/rounds/").status_code == 403


def test_an_approval_that_a_round_was_put_to_is_not_removed(chained, allocation):
    people = chained.people
    actions.recommend(allocation=allocation, rationale="Best.", by=people.officer)
    page = url("remove_step", chained.programme.code, 3)
    assert "was recommended under this approval" in text(post(people.administrator, page))
    actions.return_to_draft(allocation=allocation, reason="Chain changes.", by=people.senior)
    assert redirected(post(people.administrator, page))
    assert chained.programme.approval_steps.count() == 2
    # An approval that is added while a round waits is asked for too.
    actions.recommend(allocation=allocation, rationale="Best.", by=people.officer)
    actions.add_step(
        programme=chained.programme, title="Minister", role="ministers_team",
        from_amount=Decimal(0), by=people.administrator,
    )  # fmt: skip
    actions.approve(allocation=allocation, by=people.senior)
    assert actions.approve(allocation=allocation, by=people.owner) == []
    assert told(people.adviser, "awards.approval_wanted").count() == 1


def reserved(story):
    return list(story.programme.budget_lines.order_by("pk").values_list("reserved", flat=True))


def test_returning_an_approved_round_frees_what_was_set_aside_for_it(story):
    """The two bids take more of each year than the call had set aside there."""
    people = story.people
    mine = make.submitted_bid(story, "46000.00")
    make._ready_bid(story, "46000.00")
    make.assess(story, mine, 5)
    allocation = actions.make_round(call=story.call, minimum_score=Decimal(50), by=people.officer)
    before = reserved(story)
    actions.recommend(
        allocation=allocation, rationale="Best.", by=people.officer, publish_on=date(2026, 6, 20)
    )
    actions.approve(allocation=allocation, by=people.senior)
    assert reserved(story) != before
    actions.return_to_draft(allocation=allocation, reason="Look again.", by=people.senior)
    assert reserved(story) == before
    assert unreconciled() == []


def test_publication_that_fails_on_its_day_is_told_and_half_does_nothing(
    story, allocation, known_time, run_jobs
):
    people = story.people
    actions.recommend(
        allocation=allocation, rationale="Best.", by=people.officer, publish_on=date(2026, 6, 20)
    )
    actions.approve(allocation=allocation, by=people.senior)
    known_time.move_to(datetime(2026, 6, 20, 8, 30, tzinfo=UTC))
    Call.objects.filter(pk=story.call.pk).update(total=50_000, largest_award=50_000)
    run_jobs()
    assert (make.fresh(allocation).state, Offer.objects.count()) == ("embargoed", 0)
    assert Letter.objects.count() == 0
    counts = [
        told(p, "awards.not_published").count()
        for p in (people.officer, people.senior, people.chief)
    ]
    assert counts == [1, 1, 0]
    page = text(get(people.senior, allocation.get_absolute_url()))
    assert "could not be published on its day" in page
    assert "£30,000.00 more than the call still offers" in page
    Call.objects.filter(pk=story.call.pk).update(total=100_000)
    assert redirected(post(people.senior, url("publish", allocation.pk)))
    assert "could not be published" not in text(get(people.senior, allocation.get_absolute_url()))
    assert Offer.objects.count() == 2
