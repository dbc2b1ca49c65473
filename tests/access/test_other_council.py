"""Somebody of another council tries everything; nothing of this one may appear."""

import csv
import sys
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from carefund.core.actors import SYSTEM
from carefund.files.actions import store
from grants.bids.models import Bid
from programmes.organisations.models import Organisation
from tests import make

from .world import SECRET

with Path(__file__).with_name("matrix.csv").open(newline="") as _file:
    ROWS = list(csv.DictReader(_file))
SEARCHED = ("/bids/", "/offers/", "/projects/", "/funded/", "/api/awards", "/reports/", "/")
SCRIPT = "<script>alert(1)</script>"


def _body(response):
    return b"".join(response) if response.streaming else response.content


@pytest.mark.either
def test_no_address_shows_anything_of_another_council(client, world, at_its_moment):
    client.force_login(world.person("stranger"))
    addresses = {reverse(r["url"], kwargs=world.addresses[r["args"]]) for r in ROWS}
    addresses |= {f"{where}?q={SECRET}" for where in ("/funded/",)}
    addresses |= {
        f"{where}?q={word}&export=csv&format=csv"
        for where in SEARCHED
        for word in ("", "Sensors", world.addresses["bid"]["reference"])
    }
    secrets = (SECRET, world.addresses["draft bid"]["reference"], "Author Here")
    for address in sorted(addresses):
        response = client.get(address)
        # The page repeats the address one has typed, so the words asked for do not count.
        wanted = [word for word in secrets if word not in address]
        text = _body(response).decode(errors="replace")
        assert not [word for word in wanted if word in text], address


# Where the rows of an organisation are reached from it, model by model, however far away.
KINDS_OF_OWN = {"organisation", "authority"}
# Models of everybody, or of nobody in particular: why a stranger may know of their rows.
OF_NOBODY = {
    "organisations.Organisation": "the register of organisations is public",
    "calls.Clarification": "seen by its asker and the department; published without a name",
    "calls.Follower": "a person's own choices, reached by their account or a signed link",
    "calls.FollowRequest": "reached by a link that only the address got",
    "organisations.OrganisationName": "as the register",
    "organisations.FormerCode": "as the register",
    "organisations.BoardShare": "as the register",
    "organisations.Succession": "as the register",
    "funds.Programme": "announced by ministers; its funder is an organisation too",
}
LABELS = ("organisations", "funds", "waivers", "calls", "bids", "assessment", "awards")
LABELS += ("delivery", "payments", "benefits")


def paths_to_an_organisation(model, seen=()):
    """The shortest way from a model to the organisation whose row it is, as a lookup."""
    fields = [f for f in model._meta.concrete_fields if f.many_to_one or f.one_to_one]
    for field in fields:
        if field.name in KINDS_OF_OWN and field.related_model is Organisation:
            return field.name
    for field in fields:
        target = field.related_model
        if target._meta.app_label not in LABELS or target in {*seen, model, Organisation}:
            continue
        if target._meta.label in OF_NOBODY or field.null:
            continue
        if (found := paths_to_an_organisation(target, (*seen, model))) is not None:
            return f"{field.name}__{found}"
    return None


def rows_of(organisation):
    """Every row of every model that belongs to the organisation: a new model is found by itself."""
    for model in apps.get_models():
        if model._meta.app_label not in LABELS or model._meta.label in OF_NOBODY:
            continue
        path = paths_to_an_organisation(model)
        if path is not None:
            yield from model._base_manager.filter(**{path: organisation})[:3]


def addresses_with(rows):
    """Every address of the service that takes an id or a reference, with each of the rows'."""
    numbers = sorted({row.pk for row in rows if isinstance(row.pk, int)})
    references = sorted({row.reference for row in rows if getattr(row, "reference", "")})
    codes = {"key": ["project"], "kind": ["bid", "project"], "name": ["json"], "position": [1, 2]}
    for name, given in _patterns():
        values = []
        for argument in given:
            if argument == "reference":
                values.append(references)
            elif argument in {"pk", "number", "user", "run_id"}:
                values.append(numbers)
            else:
                values.append(codes.get(argument, []))
        # Of the second of two numbers a few will do: the first already shuts the door.
        values = [v if n == 0 else v[:3] for n, v in enumerate(values)]
        for chosen in product(*values):
            yield reverse(name, kwargs=dict(zip(given, chosen, strict=True)))


def _patterns(resolver=None, space=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, entry.namespace or space)
        elif space in {*LABELS, "dashboards"} and entry.name:
            given = list(entry.pattern.regex.groupindex)
            if given:
                yield f"{space}:{entry.name}", given


@pytest.mark.either
def test_nothing_of_another_council_answers_by_any_id_or_reference(
    world, at_its_moment, bare_pages
):
    client = Client(raise_request_exception=False)
    person = world.person("stranger_chief")
    client.force_login(person)
    rows = list(rows_of(world.story.authority))
    assert {"Bid", "Claim", "Waiver", "Membership", "BidGuest"} <= {type(r).__name__ for r in rows}
    theirs = {row.pk for row in rows_of(world.story.other) if isinstance(row.pk, int)}
    shown = []
    for address in addresses_with(rows):
        status = client.get(address).status_code
        number = address.split("/your-organisation/people/")[-1].split("/")[0]
        own = "/your-organisation/" in address and int(number) == world.story.other.pk
        if status not in {403, 404, 405} and not own:
            shown.append((status, address))
    assert not shown
    assert theirs


def test_what_lists_and_exports_are_made_of_holds_nothing_of_another_council(world, at_its_moment):
    """Every `visible_to` of every slice, found by its name, so that a new one is not forgotten."""
    person, found = world.person("stranger_chief"), 0
    for module in list(sys.modules.values()):
        name = getattr(module, "__name__", "")
        if not name.endswith(".rules") or name.split(".")[0] not in {"programmes", "grants"}:
            continue
        for label, function in vars(module).items():
            if not label.endswith("visible_to") or function.__module__ != name:
                continue
            found += 1
            rows = function(person)
            path = paths_to_an_organisation(rows.model)
            if rows.model._meta.label not in OF_NOBODY and path:
                assert not rows.filter(**{path: world.story.authority}).exists(), label
            elif rows.model is Organisation:
                assert world.story.authority not in rows, label
    assert found >= 8


def test_each_model_is_somebodys_or_said_to_be_nobodys(world, at_its_moment):
    """A model with a way to an organisation is tried above; the others carry no such data."""
    without = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in LABELS and paths_to_an_organisation(model) is None
    }
    assert without - set(OF_NOBODY) == COMMON


# Settings of programmes and calls, the department's own people, and facts of the state.
COMMON = {
    "organisations.Region",
    "funds.AnnualReview",
    "funds.BudgetLine",
    "funds.FundingSource",
    "funds.RequirementAnswer",
    "funds.RoleAssignment",
    "funds.Theme",
    "funds.Virement",
    "assessment.Attendance",
    "assessment.Panel",
    "assessment.PoolMember",
    "awards.AllocationRound",
    "awards.Approval",
    "awards.ApprovalStep",
    "awards.Clause",
    "awards.Determination",
    "awards.LetterTemplate",
    "awards.Scenario",
    "benefits.Deflator",
    "benefits.DiscountRate",
    "benefits.OptimismBias",
    "calls.Call",
    "calls.CallUpdate",
    "calls.Criterion",
    "calls.CutOff",
    "calls.FormVersion",
}


def test_a_bid_takes_no_extra_fields(client, story):
    bid = make.draft_bid(story)
    client.force_login(story.people.author)
    sent = {"state": "submitted", "prepared_by": story.people.chief.pk, "is_sample": "on"}
    before = Bid.objects.filter(pk=bid.pk).values("state", "prepared_by", "is_sample").get()
    client.post(reverse("bids:section", args=[bid.reference, "project"]), {**sent, "summary": "x"})
    assert Bid.objects.filter(pk=bid.pk).values(*before).get() == before
    client.post(
        reverse("bids:start", args=[make.story_again(story).call.code]), {**sent, "title": "Mine"}
    )
    assert not Bid.objects.exclude(state="draft").exists()
    assert not Bid.objects.filter(is_sample=True).exists()


def test_a_bid_is_never_started_for_another_council(client, story):
    client.force_login(story.people.stranger)
    address = reverse("bids:start", args=[story.call.code])
    client.post(address, {"title": "Theirs", "organisation": story.authority.pk})
    assert not Bid.objects.filter(organisation=story.authority).exists()


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else_and_changes_the_session(client, story, to):
    client.get("/account/login/password/")
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    person = story.people.author
    sent = {"login": person.email, "password": "a long password", "next": to}
    response = client.post("/account/login/password/", sent)
    assert response.status_code == 302
    assert response["Location"] == "/start/"
    assert client.session.session_key != planted


def test_a_file_name_breaks_no_header(client, story):
    bid = make.submitted_bid(story)
    upload = SimpleUploadedFile("x.txt", b"text")
    upload._name = 'a"\r\nSet-Cookie: x=1; .txt'
    stored = store(upload=upload, subject=bid, role="evidence", by=SYSTEM)
    client.force_login(story.people.author)
    response = client.get(reverse("files:download", args=[stored.pk]))
    assert b"".join(response) == b"text"
    assert not response.has_header("Set-Cookie")
    assert response["Content-Disposition"].startswith("attachment")


def test_markup_in_a_title_is_text_and_a_formula_is_no_formula(client, story):
    bid = make.submitted_bid(story)
    Bid.objects.filter(pk=bid.pk).update(title=f"=1+1{SCRIPT}")
    client.force_login(story.people.officer)
    for name in ("case", "case_answers", "case_money", "case_documents", "case_timeline"):
        assert (
            SCRIPT not in client.get(reverse(f"bids:{name}", args=[bid.reference])).content.decode()
        )
    assert SCRIPT not in client.get(reverse("bids:manage_list")).content.decode()
    sheet = client.get(reverse("bids:manage_export", args=["csv"]))
    cells = BytesIO(_body(sheet)).read().decode("utf-8-sig")
    assert f"'=1+1{SCRIPT}" in cells
    client.force_login(story.people.author)
    for name in ("task_list", "check", "history", "receipt", "withdraw"):
        assert (
            SCRIPT not in client.get(reverse(f"bids:{name}", args=[bid.reference])).content.decode()
        )
