import hashlib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from carefund.accounts.models import User
from carefund.audit.chain import verify
from carefund.core.appendonly import AppendOnly
from carefund.website.scale.seed import ORDER
from grants.assessment.models import Score
from grants.awards.models import Offer
from grants.benefits.models import BenefitObservation, Verification
from grants.bids.models import Bid
from grants.bids.queries import problems_of
from grants.delivery.models import Milestone, Project
from grants.payments.models import Claim
from programmes.funds.models import LedgerEntry
from programmes.funds.queries import unreconciled
from programmes.targets.models import Location, LocationChange

SMALL = {"bids": 20, "grants": 10, "observations": 200, "locations": 30, "months": 6}


def seed(**sizes):
    out = StringIO()
    call_command("seed_scale", stdout=out, **{**SMALL, **sizes})
    return out.getvalue()


def digest():
    """Of every column that is written, apart from the numbers that the database gives."""
    found = hashlib.sha256()
    for model in ORDER:
        names = [f.attname for f in model._meta.concrete_fields if not f.is_relation]
        names = [name for name in names if name != "id" and "digest" not in name]
        rows = model._base_manager.order_by("pk").values_list(*names)
        if not {"hash", "head"} & set(names):
            found.update(repr([model.__name__, *rows]).encode())
    return found.hexdigest()


@pytest.mark.django_db
def test_seed_makes_as_many_as_asked():
    seed()
    assert Bid.objects.count() == 30
    assert Offer.objects.filter(state="accepted").count() == 10
    assert Project.objects.count() == 10
    assert BenefitObservation.objects.count() == 200
    assert Location.objects.count() == 30
    assert Claim.objects.filter(state="paid").count() > 50


@pytest.mark.django_db
def test_seed_ledger_adds_up_and_record_is_whole():
    seed()
    assert LedgerEntry.objects.filter(column="paid").exists()
    assert unreconciled() == []
    report = verify()
    assert report.checked > 50
    assert report.whole, report.breaks


@pytest.mark.django_db
def test_seed_is_the_same_for_the_same_seed():
    found = []
    for number in (1, 1, 2):
        with transaction.atomic():
            seed(seed=number)
            found.append(digest())
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert found[0] != found[2]


@pytest.mark.django_db
def test_seed_violates_no_constraint():
    seed()
    connection.check_constraints()
    for model in ORDER:
        rows = model._base_manager.order_by("?")[:5]
        for row in rows:
            row.validate_constraints()
    separate = Verification.objects.exclude(recorded_by=None).values_list(
        "recorded_by", "verified_by"
    )
    assert all(recorder != verifier for recorder, verifier in separate)


@pytest.mark.django_db
def test_seed_leaves_append_only_tables_closed():
    seed()
    table = LocationChange._meta.db_table
    assert issubclass(LocationChange, AppendOnly)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table


@pytest.mark.django_db
def test_seed_leaves_room_for_new_rows():
    seed()
    newest = Bid.objects.order_by("-pk").first()
    newest.pk, newest.reference = None, "NEW-1"
    newest._state.adding = True
    newest.save()
    assert Bid.objects.count() == 31


@pytest.mark.django_db
def test_seed_bids_are_complete():
    seed(grants=0, observations=0)
    for bid in Bid.objects.exclude(state="draft"):
        assert problems_of(bid) == []
    assert Score.objects.exists()


@pytest.mark.django_db
def test_seed_refuses_what_makes_no_sense():
    seed(bids=1, grants=0, observations=0, locations=0, months=0)
    with pytest.raises(CommandError, match="has bids"):
        seed()
    for wrong in ({"bids": -1}, {"grants": 0}, {"months": 0}):
        with pytest.raises(CommandError):
            seed(force=True, **wrong)


@pytest.mark.django_db
def test_seed_pages_open(client):
    seed()
    client.force_login(User.objects.get(email="programme_officer1@department.example"))
    project, bid = Project.objects.first(), Bid.objects.filter(state="awarded").first()
    milestone, claim = Milestone.objects.first(), Claim.objects.filter(state="paid").first()
    for address in (
        "/manage/",
        "/manage/bids/",
        "/manage/claims/",
        "/manage/returns/",
        "/manage/milestones/",
        f"/manage/bids/{bid.reference}/answers/",
        "/manage/ledger/scale-home/",
        "/reports/benefits/scale-home/",
        "/reports/targets/scale-locations/",
        "/funded/",
        project.get_absolute_url(),
        milestone.get_absolute_url(),
        claim.get_absolute_url(),
    ):
        assert client.get(address).status_code == 200, address
