"""Every pair of persons who must be two: refused by the rule, and by the database."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from carefund.core import clock
from grants.awards.models import AllocationRound
from grants.benefits.models import BenefitObservation, Verification
from grants.bids.models import Bid
from grants.delivery.models import ChangeRequest
from grants.payments.models import Claim, Payment
from programmes.funds.models import RoleAssignment
from programmes.organisations.models import Invitation, JoinRequest, Membership
from programmes.waivers.models import Waiver
from reports.publications.models import ReportRun

pytestmark = pytest.mark.django_db
# Row in the world, the one duty, the other, who could do the second by role, its permission.
PAIRS = [
    ("bid", Bid, "prepared_by", "certified_by", "certifier", "bids.certify"),
    ("claim", Claim, "prepared_by", "certified_by", "certifier", "payments.certify"),
    ("claim", Claim, "prepared_by", "approved_by", "officer", "payments.approve"),
    ("claim", Claim, "certified_by", "approved_by", "officer", "payments.approve"),
    ("round", AllocationRound, "recommended_by", "approved_by", "senior", "awards.approve"),
    ("round", AllocationRound, "made_by", "approved_by", "senior", "awards.approve"),
    ("change", ChangeRequest, "requested_by", "decided_by", "officer", "delivery.decide_change"),
    ("report", ReportRun, "requested_by", "cleared_by", "senior", "reports.clear"),
    ("waiver", Waiver, "asked_by", "agreed_by", "senior", "waivers.agree"),
]


def row_of(world, name, model):
    lookup = world.addresses[name]
    return model.objects.get(**({"pk": lookup["pk"]} if "pk" in lookup else lookup))


@pytest.mark.parametrize("pair", PAIRS)
def test_the_two_persons_of_a_row_are_two(world, at_its_moment, pair):
    name, model, first, second, role, permission = pair
    with transaction.atomic():
        row, person = row_of(world, name, model), world.person(role)
        somebody = world.person("nobody")
        model.objects.filter(pk=row.pk).update(**{first: somebody, second: None})
        assert person.has_perm(permission, model.objects.get(pk=row.pk))
        model.objects.filter(pk=row.pk).update(**{first: person})
        assert not person.has_perm(permission, model.objects.get(pk=row.pk))
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**{second: person})
        transaction.set_rollback(True)


def test_who_ever_wrote_an_answer_does_not_certify_the_bid(world, at_its_moment):
    """Though somebody else saved last."""
    with transaction.atomic():
        bid, certifier = row_of(world, "bid", Bid), world.person("certifier")
        assert certifier.has_perm("bids.certify", bid)
        bid.revisions.create(
            question="summary", revision=99, value="x", saved_at=clock.now(), saved_by=certifier
        )
        assert not certifier.has_perm("bids.certify", bid)
        transaction.set_rollback(True)


def test_who_approves_a_claim_does_not_release_the_payment(world, at_its_moment):
    with transaction.atomic():
        claim = row_of(world, "claim approved by finance", Claim)
        finance = world.person("finance")
        assert not finance.has_perm("payments.release", claim)
        with pytest.raises(IntegrityError), transaction.atomic():
            Payment.objects.create(
                claim=claim,
                amount=1,
                approved_by=finance,
                released_by=finance,
                released_at=clock.now(),
                paid_on=clock.today(),
            )
        transaction.set_rollback(True)


def test_who_observed_does_not_verify(world, at_its_moment):
    with transaction.atomic():
        officer = world.person("officer")
        seen = BenefitObservation.objects.get(
            pk=world.addresses["observation of the officer"]["pk"]
        )
        assert not officer.has_perm("benefits.verify", seen)
        with pytest.raises(IntegrityError), transaction.atomic():
            Verification.objects.create(
                observation=seen,
                accepted=True,
                recorded_by=officer,
                verified_by=officer,
                verified_at=clock.now(),
            )
        transaction.set_rollback(True)


GIVEN = [
    (Membership, "started_by", {"role": "viewer"}),
    (Membership, "ended_by", {"role": "viewer"}),
    (RoleAssignment, "given_by", {"role": "analyst"}),
    (RoleAssignment, "ended_by", {"role": "analyst"}),
    (JoinRequest, "decided_by", {"email": "a@b.example", "name": "A"}),
]


@pytest.mark.parametrize(("model", "by", "values"), GIVEN)
def test_nobody_gives_or_takes_their_own_role(world, at_its_moment, model, by, values):
    person = world.person("nobody")
    if model is Membership:
        values = {**values, "organisation": world.story.other}
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(user=person, **{by: person}, **values)


def test_nobody_takes_up_their_own_invitation(world, at_its_moment):
    person = world.person("chief")
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            kind="member",
            email="a@b.example",
            name="A",
            token_hash="x",
            invited_by=person,
            expires_at=clock.now() + timedelta(days=1),
            accepted_by=person,
            accepted_at=clock.now(),
        )


def test_the_day_of_this_world_is_known(world, at_its_moment):
    assert clock.today() > date(2026, 6, 15)
