"""The example tells the published facts, and marks what it made up. Loading takes half a minute."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db.models import Sum

from carefund.accounts import codes
from carefund.accounts.models import User
from carefund.core.models import Job
from carefund.core.tables import rows as csv_rows
from carefund.notify.models import OutboxMessage
from carefund.website.designer.design import design, problems, same
from carefund.website.example import people
from carefund.website.example.awards import recipient
from carefund.website.example.digitising import project_after
from carefund.website.example.past import DATA
from carefund.website.models import CallPage
from grants.assessment.models import Score
from grants.awards.models import AllocationRound, Determination, Offer
from grants.awards.rules import rounds_to_approve
from grants.benefits.models import BenefitProfile
from grants.bids.models import Bid
from grants.delivery.models import Milestone, Project
from grants.payments.queries import money_by_year
from programmes.calls.models import Call
from programmes.funds.models import BudgetLine, Programme
from programmes.funds.queries import unreconciled
from programmes.standards.models import SelfAssessment
from programmes.targets.models import Target
from programmes.targets.queries import latest
from tests import make


@pytest.fixture
def example(db, settings, known_time):
    known_time.move_to(datetime(2026, 11, 22, 10, tzinfo=UTC))
    settings.CAREFUND_EXAMPLE = True
    call_command("load_reference", stdout=StringIO())
    call_command("load_example", stdout=StringIO())


COUNTED = (Bid, Offer, Call, CallPage, Milestone, SelfAssessment)


def offers(code):
    return Offer.objects.filter(bid__call__code=code)


def only_fictional_councils_say_where_they_stand():
    said = SelfAssessment.objects.submitted()
    assert said.count() > 5
    assert not said.exclude(is_sample=True, organisation__is_sample=True).exists()


def a_round_waits_and_a_determination_is_issued():
    waiting = AllocationRound.objects.get(state="recommended")
    assert waiting.call.is_sample
    assert (waiting.scenarios.count(), waiting.constraints.count()) == (3, 2)
    senior = User.objects.get(email="senior@carefund.example")
    assert rounds_to_approve(senior) == [waiting]
    issued = Determination.objects.get()
    assert (issued.state, issued.is_sample, issued.shares.count()) == ("issued", True, 10)
    assert not issued.shares.exclude(organisation__is_sample=True).exists()


def a_project_is_in_delivery_with_money_moved_between_years():
    project = Project.objects.get(state="active")
    assert project.organisation.is_sample
    assert project.offer.is_sample
    assert project.change_requests.get().state == "approved"
    awarded = [int(pot.awarded) for pot in money_by_year(project)]
    assert awarded == [100_000, 140_000]


def what_goes_on_is_a_sample():
    only_fictional_councils_say_where_they_stand()
    a_round_waits_and_a_determination_is_issued()
    a_project_is_in_delivery_with_money_moved_between_years()


def forms_can_be_edited():
    """The form of every call stands in the designer, whole and as it is."""
    for page in CallPage.objects.exclude(call=None):
        latest = page.call.forms.order_by("-version").first()
        assert problems(page) == []
        assert same(latest.definition, design(page)), page


@pytest.mark.long
def test_example_is_true_to_what_was_published(example):
    forms_can_be_edited()
    discovery = Call.objects.get(code="scdip-2018-discovery")
    assert discovery.published_counts == {"eligible": 133, "bids": 80, "awards": 12}
    assert discovery.bids.count() == 80
    assert set(offers(discovery.code).values_list("amount", flat=True)) == {Decimal(20000)}
    assert offers(discovery.code).count() == 12
    assert offers("scdip-2018-implementation").count() == 9
    councils = offers("demonstrators-2018-call")
    assert (councils.count(), councils.values("organisation").distinct().count()) == (18, 17)
    pathfinders = offers("pathfinders-2020-call")
    assert pathfinders.count() == 16
    assert pathfinders.aggregate(t=Sum("amount"))["t"] == Decimal(4500000)
    wave = offers("asc-technology-fund-wave-1")
    assert wave.aggregate(t=Sum("amount"))["t"] == Decimal(3004449)
    assert set(wave.values_list("amount_precision", flat=True)) == {"exact"}
    assert offers("dsc-support-2022").count() == 42
    fund = Programme.objects.get(code="digitising-social-care")
    budget = BudgetLine.objects.filter(programme=fund).aggregate(t=Sum("budget"))["t"]
    assert budget == fund.announced_total == Decimal(150000000)
    target = Target.objects.get(code="dscr")
    assert (target.baseline, target.goal, latest(target).value) == (40, 80, 80)

    # No outcome was invented for a real authority.
    assert not Score.objects.exclude(assignment__bid__organisation__is_sample=True).exists()
    lost = Bid.objects.filter(state__in=["unsuccessful", "ineligible", "reserve"])
    assert lost.count() == 68
    assert not lost.exclude(organisation__is_sample=True).exists()
    assert not Milestone.objects.exclude(is_sample=True).exists()
    real = BenefitProfile.objects.exclude(is_sample=True)
    assert [b.source for b in real] == ["https://local.gov.uk/sutton-red-bag-approach"]
    assert all(row["name"].startswith("Sample") for row in people.listing())

    what_goes_on_is_a_sample()

    # The books are in order, and nobody was written to about the past.
    assert unreconciled() == []
    assert not OutboxMessage.objects.filter(sent_at__isnull=True).exists()
    assert not Job.objects.filter(kind="notify.deliver").exists()
    assert Call.objects.open_now().count() == 1
    assert CallPage.objects.live().count() == Call.objects.count()

    before = {m: m.objects.count() for m in COUNTED}
    call_command("load_reference", stdout=StringIO())
    call_command("load_example", stdout=StringIO())
    assert {m: m.objects.count() for m in before} == before


def test_name_of_a_recipient_is_a_name_and_what_was_reported_stands_beside_it(db):
    row = next(r for r in csv_rows(DATA / "technology_fund.csv") if r["note"])
    assert row["name"] == "Redbridge"
    made = recipient(row["org_id"], row["name"], "other", f"{row['source']}; {row['note']}")
    assert (str(made), made.org_id) == ("Redbridge", "360G-carefund-redbridge")
    assert "reported as “Redbridge ICS”" in made.source


@pytest.mark.parametrize(
    ("closes", "project"),
    [
        (date(2026, 7, 15), (date(2026, 12, 1), date(2028, 3, 31))),
        (date(2026, 12, 29), (date(2027, 5, 1), date(2029, 3, 31))),
        (date(2027, 8, 1), (date(2028, 1, 1), date(2029, 3, 31))),
    ],
)
def test_projects_of_the_sample_call_start_after_it_closes(closes, project):
    assert project_after(closes) == project


def test_example_never_loads_in_production(db, settings):
    settings.CAREFUND_EXAMPLE = False
    with pytest.raises(CommandError, match="never for production"):
        call_command("load_example")
    assert people.listing() == []


def test_staff_of_an_older_example_get_what_shows_their_codes(db, settings, story):
    settings.CAREFUND_EXAMPLE = True
    officer = story.people.officer
    User.objects.filter(pk=officer.pk).update(is_sample=True)
    people.give_missing_apps()
    people.give_missing_apps()
    assert Authenticator.objects.filter(user=officer).count() == 1
    assert codes.shown_code(make.fresh(officer)).isdecimal()
    assert not Authenticator.objects.filter(user=story.people.senior).exists()
