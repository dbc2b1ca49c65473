"""A form takes what it shows and nothing more, whatever else is sent with it."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from carefund.accounts.models import User
from carefund.audit.models import Entry
from carefund.core import clock
from grants.bids.models import Bid
from grants.delivery.models import Project
from grants.payments.models import Claim
from programmes.funds.models import LedgerEntry, RoleAssignment
from programmes.organisations.models import Membership
from tests import make
from tests.access.test_matrix import ROWS
from tests.access.world import build

# Of addresses and forms, which are the same on every database.
pytestmark = pytest.mark.either

PLANTED = {
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "on",
    "is_sample": "on",
    "groups": "1",
    "user_permissions": "1",
    "role": "administrator",
    "state": "approved",
    "status": "paid",
    "organisation": "1",
    "organisation_id": "1",
    "programme_id": "1",
    "user": "1",
    "user_id": "1",
    "by": "1",
    "prepared_by": "1",
    "released_by": "1",
    "approved_by": "1",
    "total": "9999999.99",
    "offered_amount": "9999999.99",
    "pk": "1",
    "id": "1",
    "reference": "HACKED",
}
ROLES = ("author", "lead", "officer", "senior", "finance", "analyst")


def standing():
    """All that such a field would change: rights, states, owners and money."""
    return {
        "people": list(
            User.objects.order_by("pk").values_list(
                "pk", "email", "is_staff", "is_superuser", "is_active", "is_sample", "password"
            )
        ),
        "groups": list(Group.objects.values_list("user", "pk").order_by("user", "pk")),
        "roles": list(RoleAssignment.objects.order_by("pk").values_list("pk", "user", "role")),
        "members": list(Membership.objects.order_by("pk").values_list("pk", "user", "role")),
        "owners": list(Bid.objects.order_by("pk").values_list("pk", "organisation", "reference")),
        "projects": list(Project.objects.order_by("pk").values_list("pk", "organisation")),
        "claims": list(Claim.objects.order_by("pk").values_list("pk", "project", "prepared_by")),
        "ledger": sum(LedgerEntry.objects.values_list("amount", flat=True), Decimal()),
    }


@pytest.mark.parametrize("role", ROLES)
def test_fields_that_no_form_shows_change_nothing(db, known_time, role):
    world = build(known_time)
    client = Client(raise_request_exception=False)
    client.force_login(world.person(role))
    before = standing()
    changed = []
    for row in ROWS:
        # What needs no field at all does its work, as it should; the rest must not.
        if row["method"] != "POST" or row[role] != "ok" or row["url"] in DOES_IT_BY_ITSELF:
            continue
        address = reverse(row["url"], kwargs=world.addresses[row["args"]])
        client.post(address, PLANTED)
        if standing() != before:
            changed.append(row["url"])
            before = standing()
    assert changed == []


# Confirmed by a button alone: that they were pressed is the whole form.
DOES_IT_BY_ITSELF = {
    "accounts:remove_password",
    "awards:issue_determination",
    "funds:approve_virement",
    "organisations:confirm",
    "payments:release",
}


@pytest.mark.parametrize(
    "address",
    [
        "/account/email/",
        "/account/password/change/",
        "/account/sessions/",
        "/account/second-step/app/",
    ],
)
def test_pages_of_an_account_change_no_rights(author, address):
    client = Client(raise_request_exception=False)
    client.force_login(author)
    before = standing()
    client.post(address, {**PLANTED, "email": "", "action_add": ""})
    assert standing() == before


def test_no_form_of_ours_offers_rights_or_states():
    """A form made from a model by mistake would; each form names what it takes."""
    forbidden = {"is_staff", "is_superuser", "user_permissions", "groups", "prepared_by"}
    seen = [form for form in _all_forms(BaseForm) if form.__module__.startswith(OURS)]
    assert len(seen) > 20
    offering = [f for f in seen if forbidden & set(getattr(f, "base_fields", {}))]
    assert offering == []


OURS = ("carefund.", "programmes.", "grants.", "reports.")


def _all_forms(kind):
    for form in kind.__subclasses__():
        yield form
        yield from _all_forms(form)


def test_a_form_that_took_too_much_would_be_noticed(story):
    """What the tests above compare does change when rights, owners or money do."""
    bid, before = make.draft_bid(story), None
    for change in (
        lambda: User.objects.filter(pk=story.people.author.pk).update(is_staff=True),
        lambda: Bid.objects.filter(pk=bid.pk).update(organisation=story.other),
        lambda: RoleAssignment.objects.create(user=story.people.author, role="administrator"),
        lambda: story.people.author.groups.add(Group.objects.get(name="Editors")),
        lambda: make.member(story.authority, "viewer", "New"),
    ):
        before = standing()
        change()
        assert standing() != before


def valid_forms(s, bid, project):
    """Forms as people send them: (who, address, what). Each of them does something."""
    today = clock.today()
    yield (
        "chief",
        reverse("organisations:member", args=[s.authority.pk, s.people.viewer.pk]),
        {"roles": ["viewer", "bid_author"]},
    )
    yield (
        "lead",
        reverse("delivery:add_risk", args=[project.reference]),
        {"title": "Delay", "likelihood": "3", "impact": "3", "mitigation": "Plan."},
    )
    yield (
        "administrator",
        reverse("funds:rename", args=[s.other.pk]),
        {
            "name": "Another",
            "short_name": "Another",
            "on_day": today.day,
            "on_month": today.month,
            "on_year": today.year,
            "reason": "Order",
        },
    )


def test_valid_forms_do_their_work_and_nothing_of_what_is_added_to_them(story, under_way):
    """A form that is refused takes nothing anyway; these are taken."""
    project = under_way
    bid = make.draft_bid(make.story_again(story))
    planted = {name: value for name, value in PLANTED.items() if name not in {"role", "total"}}
    for role, address, sent in valid_forms(story, bid, project):
        client = Client()
        client.force_login(getattr(story.people, role))
        before, entries = standing(), Entry.objects.count()
        answer = client.post(address, {**planted, **sent})
        assert answer.status_code in {200, 302}, address
        assert Entry.objects.count() > entries, f"{address} was not taken"
        after = standing()
        if "roles" in sent:  # what this form is for, and for that person alone
            added = set(after.pop("members")) - set(before.pop("members"))
            assert {row[1:] for row in added} == {(story.people.viewer.pk, "bid_author")}
        assert after == before, address
    assert make.fresh(bid).state == "draft"
    assert make.fresh(bid).reference != "HACKED"
    assert make.fresh(project).reference != "HACKED"
