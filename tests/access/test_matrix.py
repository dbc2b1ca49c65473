"""Every URL as every role, against a table of expected answers (matrix.csv).

`ok`: the view ran, whatever it made of an empty form. `sign in`: sent to the sign-in page.
`404`: what the person may not see does not exist. `403`: seen, but not theirs to do.
"""

import csv
from functools import partial
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from carefund import urls
from carefund.core.privacy import ties
from tests.support.shapes import asked

pytestmark = pytest.mark.django_db

with Path(__file__).with_name("matrix.csv").open(newline="") as _file:
    ROWS = list(csv.DictReader(_file))
ROLES = [name for name in ROWS[0] if name not in {"url", "args", "method", "because"}]
OWN_SPACES = {
    *("accounts", "audit", "privacy", "files", "importing", "notify", "website"),
    *("organisations", "funds", "waivers", "calls", "standards", "targets"),
    *("bids", "assessment", "awards", "delivery", "payments", "benefits"),
    *("figures", "charts", "publications", "dashboards", "opendata", "api"),
}
# Points at the start of the API and answers nothing itself.
NOT_PAGES = {"api:api-root"}
# Who is not signed in gets another answer here than a page or the way to sign in.
NOT_SIGNED_IN = {"notify:hook": {"401"}, "notify:mails": {"404"}, "notify:mail": {"404"}}
RAN = {200, 302, 400, 409}
# What a page may ask the database: one question so often, and so many in all.
ALIKE, QUERIES = 4, 30
# A report asks at two moments; what is held about a person is asked of every kind of record.
WIDE = {"/reports/benefits/": 45, "/manage/privacy/people/": QUERIES + len(ties())}
# For these the method that the table does not name is tried as well.
THOROUGH = {"author", "stranger", "officer", "auditor"}
# Together they get through every door, so they try it on each database; what the others may is
# the same on all.
OPENING = {
    *(*THOROUGH, "anonymous", "chief", "certifier", "bid_guest", "senior", "finance"),
    *("assessor", "conflicted", "analyst", "administrator"),
}
PEOPLE = [pytest.param(x, marks=[] if x in OPENING else pytest.mark.either) for x in ROLES]


@pytest.fixture
def plain_refusals(monkeypatch):
    """Thousands of refusals: what their pages look like is tested elsewhere."""
    for status in (403, 404):
        handler = partial(_refuse, status)
        monkeypatch.setattr(urls, f"handler{status}", handler, raising=False)


def _refuse(status, request, exception):
    return HttpResponse("Refused", status=status)


def _names(resolver=None, space=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry, entry.namespace or space)
        elif space in OWN_SPACES and entry.name:
            yield f"{space}:{entry.name}"


def _answer(response):
    if response.status_code == 302 and response.url.startswith("/account/login/"):
        return "sign in"
    return "ok" if response.status_code in RAN else str(response.status_code)


def _ask(client, method, address):
    """The answer, and then nothing happened."""
    with transaction.atomic():
        with asked() as queries:
            response = getattr(client, method.lower())(address)
        for close in response._resource_closers if response.streaming else ():
            close()
        transaction.set_rollback(True)
    budget = next((most for start, most in WIDE.items() if address.startswith(start)), QUERIES)
    excess = queries.excess(ALIKE, budget) if method == "GET" else ""
    return excess or _answer(response)


def _client(world, role):
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(world.person(role))
    return client


def _wrong(world, role):
    client, asked = _client(world, role), {(row["url"], row["method"]) for row in ROWS}
    for row in ROWS:
        expected, name = row[role], f"{row['url']} ({row['args']})"
        address = reverse(row["url"], kwargs=world.addresses[row["args"]])
        got = _ask(client, row["method"], address)
        if got == "sign in" != expected:  # the page before may have ended the session
            client = _client(world, role)
            got = _ask(client, row["method"], address)
        if got != expected:
            yield f"{row['method']} {name}: {got}, not {expected}, for {row['because']}"
        other = {"GET": "POST", "POST": "GET"}[row["method"]]
        if role in THOROUGH and (row["url"], other) not in asked:
            got = _ask(client, other, address)
            if got not in {"405", expected}:
                yield f"{other} {name}: {got}, though the table does not name it"


@pytest.mark.parametrize("role", PEOPLE)
def test_each_url_answers_as_the_table_says(world, at_its_moment, plain_refusals, bare_pages, role):
    wrong = list(_wrong(world, role))
    assert not wrong, "\n".join([f"as {role}:", *wrong])


def test_each_url_name_stands_in_the_table():
    assert not set(_names()) - NOT_PAGES - {row["url"] for row in ROWS}


def test_the_table_is_sound():
    cells = {row[role] for row in ROWS for role in ROLES}
    assert cells == {"ok", "sign in", "401", "403", "404"}
    for row in ROWS:
        known = NOT_SIGNED_IN.get(row["url"], {"ok", "sign in"})
        assert row["anonymous"] in known, row
        assert row["because"], row
        assert any(row[x] == "ok" for x in OPENING) or "ok" not in row.values(), row
    keys = [(row["url"], row["args"], row["method"]) for row in ROWS]
    assert len(keys) == len(set(keys))


def test_who_only_looks_changes_nothing():
    """They may mark messages as read, look after themselves, ask to join, ask and follow calls."""
    for role in ("auditor", "viewer", "nobody"):
        posts = [row for row in ROWS if row["method"] == "POST" and row[role] == "ok"]
        may = {row["url"] for row in posts if not row["url"].startswith("accounts:")}
        joining = {f"organisations:{name}" for name in ("join", "join_own", "confirm")}
        calls = ("ask", "follow", "stop", "confirm_following", "stop_following")
        following = {f"calls:{name}" for name in calls}
        assert may == {"notify:read_all", "notify:preferences"} | joining | following, role
