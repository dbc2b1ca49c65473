"""Numbers and sums of long lists that are kept as the rows change."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import F

from carefund.core import counted, tallies
from carefund.core.clock import now
from carefund.core.counted import Counted
from carefund.core.models import Tally
from carefund.core.tallies import Tallied
from grants.bids.models import Bid
from grants.delivery.models import MonitoringReturn
from grants.payments import actions as payments
from grants.payments.models import Claim
from tests import make
from tests.pages import get, text
from tests.support.races import at_once
from tests.support.tallies import COUNTED, kept, really

SEEN = Tally.Of.BIDS


def claim_of(project, story, amount="12000.50"):
    claim = payments.make_claim(
        project=project,
        period_starts_on=date(2026, 5, 1),
        period_ends_on=date(2026, 5, 31),
        amounts={(2026, "revenue"): Decimal(amount)},
        narrative="Staff.",
        by=story.people.lead,
    )
    payments.certify(claim=claim, by=story.people.certifier)
    return payments.submit(claim=claim, by=story.people.lead)


def some_return(project, month=1):
    return MonitoringReturn(
        project=project,
        period_starts_on=date(2027, month, 1),
        period_ends_on=date(2027, month, 28),
        due_on=date(2027, month + 1, 10),
    )


def all_agree():
    return [kept(of) == really(of) for of in COUNTED] == [True] * len(COUNTED)


@pytest.mark.postgres
@pytest.mark.django_db
class TestKept:
    def test_a_whole_story_is_kept(self, story, under_way):
        claim = claim_of(under_way, story)
        assert all_agree()
        payments.approve(claim=claim, reason="Evidence seen.", by=story.people.officer)
        payments.release(claim=claim, by=story.people.finance)
        assert kept("claims") == {(story.programme.pk, "paid"): (1, Decimal("12000.50"))}
        assert kept("bids")[story.programme.pk, "awarded"] == (1, Decimal("40000.00"))
        assert all_agree()

    def test_many_rows_at_once_are_kept_in_one_row_for_each_state(self, story, under_way):
        before = Tally.objects.filter(of="returns").count()
        MonitoringReturn.objects.bulk_create(some_return(under_way, n) for n in range(1, 9))
        assert Tally.objects.filter(of="returns").count() == before + 1
        MonitoringReturn.objects.filter(period_starts_on__month__lt=4).update(
            state="submitted", submitted_at=now()
        )
        assert all_agree()
        MonitoringReturn.objects.filter(state="submitted").delete()
        assert all_agree()
        assert kept("returns")[under_way.programme_id, "due"][0] >= 5

    def test_what_is_not_counted_leaves_no_trace(self, story):
        bid = make.draft_bid(story)
        before = Tally.objects.count()
        bid.title = "Another"
        bid.save()
        Bid.objects.filter(pk=bid.pk).update(requested=F("requested") + 1)
        assert Tally.objects.count() == before

    def test_what_is_undone_is_not_kept(self, submitted):
        def undone():
            with transaction.atomic():
                Bid.objects.filter(pk=submitted.pk).update(requested=Decimal("1.00"))
                assert kept(SEEN) == really(SEEN)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            undone()
        assert all_agree()

    def test_summed_up_it_says_the_same_in_fewer_rows(self, story, submitted):
        for pounds in range(1, 20):
            Bid.objects.filter(pk=submitted.pk).update(requested=Decimal(pounds))
        before = kept(SEEN)
        tallies.sum_up()
        assert (kept(SEEN), Tally.objects.filter(of=SEEN).count()) == (before, len(before))
        assert all_agree()
        tallies.sum_up()
        assert kept(SEEN) == before

    def test_it_can_be_counted_again(self, submitted):
        Tally.objects.update(number=F("number") + 7)
        assert not all_agree()
        with connection.cursor() as cursor:
            cursor.execute("SELECT tally_bids()")
        assert kept("bids") == really("bids")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_another_and_nothing_is_lost_while_it_is_summed_up():
    story = make.story()
    bids = make.several_submitted(story, 6)

    def change(turn):
        if turn % 3 == 0:
            return tallies.sum_up()
        Bid.objects.filter(pk=bids[turn % len(bids)].pk).update(requested=Decimal(turn))
        return None

    assert [found for found in at_once(change, range(24)) if found is not None] == []
    assert all_agree()
    tallies.sum_up()
    assert all_agree()


LISTS = {
    "bids": "/manage/bids/",
    "claims": "/manage/claims/",
    "milestones": "/manage/milestones/",
    "returns": "/manage/returns/",
}


@pytest.mark.django_db
@pytest.mark.parametrize("of", LISTS)
@pytest.mark.parametrize(
    "about",
    [
        *("", "?state=paid", "?state=accepted", "?state=awarded", "?state=overdue", "?q=a"),
        *("?show=achieved", "?show=overdue", "?sort=-authority", "?sort=nonsense", "?page=7"),
    ],
)
def test_lists_say_how_many_rows_they_show(story, under_way, of, about):
    claim = claim_of(under_way, story)
    payments.approve(claim=claim, reason="Evidence seen.", by=story.people.officer)
    payments.release(claim=claim, by=story.people.finance)
    some_return(under_way).save()
    everywhere = make.staff(make.StaffRole.SENIOR_OFFICER, None, "Everywhere")
    elsewhere = make.staff(make.StaffRole.PROGRAMME_OFFICER, make.programme("other"), "Elsewhere")
    for who in (story.people.officer, everywhere, elsewhere):
        page = text(get(who, LISTS[of] + about))
        rows = page.count('<tr class="govuk-table__row">') - 1
        assert (f"{rows} {of[:-1]}" in page) if rows > 0 else (f"1 {of[:-1]}" not in page)


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("of", LISTS)
def test_lists_of_all_and_by_state_are_read_from_what_is_kept(story, under_way, of):
    claim_of(under_way, story)
    some_return(under_way).save()
    under_way.milestones.filter(position=1).update(state="achieved", achieved_on=date(2026, 9, 1))
    Tally.objects.filter(of=of).update(number=F("number") * 1000)
    address = LISTS[of]
    one = {
        "bids": "state=awarded",
        "claims": "state=submitted",
        "milestones": "show=achieved",
        "returns": "state=due",
    }
    for about in ("", f"?{one[of]}"):
        assert "000 " + of in text(get(story.people.officer, address + about))
    assert "000 " + of not in text(get(story.people.officer, address + "?q=council"))


@pytest.mark.django_db
def test_who_declared_a_conflict_counts_without_it(story, assessed):
    bid = make.fresh(assessed)
    officer = story.people.officer
    bid.assignments.filter(pk=bid.assignments.first().pk).update(
        assessor=officer, state="conflicted", conflict_note="A relative works there."
    )
    assert "1 bid" not in text(get(officer, LISTS["bids"]))


@pytest.mark.django_db
def test_an_officer_who_is_also_of_an_authority_sees_its_drafts_counted(story, under_way):
    officer = story.people.officer
    make.Membership.objects.create(
        user=officer,
        organisation=under_way.organisation,
        role=make.AuthorityRole.PROJECT_LEAD,
    )
    payments.make_claim(
        project=under_way,
        period_starts_on=date(2026, 5, 1),
        period_ends_on=date(2026, 5, 31),
        amounts={(2026, "revenue"): Decimal(100)},
        narrative="Staff.",
        by=story.people.lead,
    )
    assert Claim.objects.get().state == "draft"
    assert "1 claim" in text(get(officer, LISTS["claims"]))


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("asked", [1, 2, 3, 4, 9])
def test_a_page_found_by_what_was_counted_last_is_the_page(
    under_way, monkeypatch, asked, django_assert_num_queries
):
    monkeypatch.setattr(counted, "PAGE", 2)
    monkeypatch.setattr(counted, "NEAR", 1)
    chosen = Tallied("returns", None, ("due",))
    rows = MonitoringReturn.objects.filter(state="due").order_by("due_on", "pk")

    def shown():
        pages = Counted(lambda: rows, reads=("due_on",), known=(chosen, ""))
        found = pages.get_page(asked)
        return found.number, pages.count, list(found)

    def expected():
        every = list(rows.all())
        number = min(asked, max(-(-len(every) // 2), 1))
        return number, len(every), every[number * 2 - 2 : number * 2]

    for month in range(1, 8):
        some_return(under_way, month).save()
        assert shown() == expected()
        with django_assert_num_queries(1):
            shown()
    for gone in (3, 2, 4):
        MonitoringReturn.objects.filter(pk__in=rows.values("pk")[:gone]).delete()
        assert shown() == expected()
