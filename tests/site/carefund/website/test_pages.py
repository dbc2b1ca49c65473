"""Whole pages: layouts, components, errors and sign-in."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.urls import reverse

from carefund.core import navigation
from carefund.core.navigation import NavItem
from carefund.core.states import State
from tests.site.carefund.website.html import read
from tests.site.carefund.website.test_forms import Form

EVIL = "<script>alert(1)</script>\"'"
AT = datetime(2018, 6, 1, 15, 0, tzinfo=UTC)
STATE = State("x", EVIL, "green")
CELLS = [{"text": EVIL}, {"text": EVIL, "format": "numeric", "href": EVIL}]
CASE = {
    "title": EVIL,
    "reference": EVIL,
    "state": STATE,
    "facts": [{"label": EVIL, "value": EVIL}],
}
COMPONENTS = {
    "back_link": {"href": EVIL, "text": EVIL},
    "breadcrumbs": {"items": [{"text": EVIL, "href": EVIL}]},
    "chips": {"chips": [{"label": EVIL, "value": EVIL, "href": EVIL}]},
    "data_table": {"caption": EVIL, "head": CELLS, "rows": [CELLS], "total": CELLS},
    "declare_source": {"title": EVIL, "href": EVIL, "published": AT},
    "empty": {"title": EVIL, "text": EVIL, "href": EVIL, "action": EVIL},
    "progress": {"label": EVIL, "value": 1, "max": 2, "text": EVIL},
    "sample_notice": {"text": EVIL},
    "stat": {"value": EVIL, "label": EVIL, "note": EVIL, "href": EVIL},
    "subnav": {"label": EVIL, "items": [{"text": EVIL, "href": EVIL, "current": True}]},
    "summary_list": {"title": EVIL, "rows": [{"key": EVIL, "value": EVIL, "href": EVIL}]},
    "timeline": {"entries": [{"what": EVIL, "who": EVIL, "at": AT, "reason": EVIL, "tag": STATE}]},
}
LAYOUTS = {
    "two_thirds": {},
    "form": {"form": Form({}, {}), "heading": EVIL, "caption": EVIL, "cancel_url": EVIL},
    "case": {"case": CASE, "subnav": COMPONENTS["subnav"]["items"]},
    "task_list": {
        "heading": EVIL,
        "groups": [{"heading": EVIL, "items": [{"title": {"text": EVIL}, "href": EVIL}]}] * 2,
    },
    "confirm": {"heading": EVIL, "consequences": [EVIL], "submit_label": EVIL, "danger": True},
    "receipt": {"heading": EVIL, "reference": EVIL, "sent_to": EVIL},
}


def page(name, request, **context):
    markup = render_to_string(name, context, request=request)
    assert "<script>alert" not in markup
    return read(markup)


@pytest.fixture
def request_(rf):
    request = rf.get("/list/?region=ne&q=" + "x" * 3)
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_is_well_formed_and_escapes(name):
    markup = render_to_string(f"components/{name}.html", COMPONENTS[name])
    assert "<script" not in markup
    assert "alert(1)" in read(markup).text


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_is_well_formed_and_escapes(name, request_):
    reader = page(f"layouts/{name}.html", request_, **LAYOUTS[name])
    assert [tag for tag, _ in reader.tags].count("main") == 1


def test_form_layout_says_error_first_in_the_title(request_):
    reader = page("layouts/form.html", request_, **LAYOUTS["form"])
    assert "Error: " in reader.text[: reader.text.index("Digital Care Fund")]


def test_list_layout_shows_count_sum_chips_and_exports(request_):
    page_obj = Paginator(range(200), 10).get_page(2)
    exports = [{"label": "Spreadsheet", "href": "?format=xlsx"}]
    context = {"noun": "bid", "total": 5, "exports": exports, "filter_form": Form()}
    reader = page("layouts/list.html", request_, heading="Bids", page_obj=page_obj, **context)
    text = " ".join(reader.text.split())
    assert "200 bids, £5 in total" in text
    assert "Remove filter Region: North East" in text
    assert "Bids (page 2 of 20)" in text
    assert "?format=xlsx" in [given.get("href") for _, given in reader.tags]


def test_list_layout_says_when_nothing_matches(request_):
    page_obj = Paginator([], 10).get_page(1)
    reader = page("layouts/list.html", request_, heading="Bids", page_obj=page_obj)
    assert "Nothing matches" in reader.text


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404"])
def test_error_page_says_what_to_do(name, request_):
    reader = page(f"{name}.html", request_)
    assert [tag for tag, _ in reader.tags].count("h1") == 1


def test_server_error_page_needs_neither_request_nor_database():
    reader = read(render_to_string("500.html"))
    assert "What you had saved before is still there" in reader.text


def test_navigation_marks_where_one_is(rf, monkeypatch):
    monkeypatch.setattr(navigation, "_providers", [])
    navigation.register(lambda _user: [NavItem("Calls", "/calls/"), NavItem("Reports", "/r/")])
    request = rf.get("/calls/7/")
    request.user = AnonymousUser()
    reader = page("layouts/two_thirds.html", request)
    current = [g["href"] for t, g in reader.tags if t == "a" and "aria-current" in g]
    assert current == ["/calls/"]


def test_example_band_shows_only_in_example_mode(request_, settings):
    settings.CAREFUND_EXAMPLE = True
    assert "Example service" in page("layouts/two_thirds.html", request_).text
    settings.CAREFUND_EXAMPLE = False
    assert "Example service" not in page("layouts/two_thirds.html", request_).text


def test_messages_are_banners(request_):
    kinds = ("success", "error", "info")
    messages = [SimpleNamespace(level_tag=kind, __str__=str) for kind in kinds]
    source = "{% include 'layouts/_messages.html' %}"
    reader = read(Template(source).render(Context({"messages": messages})))
    roles = [g.get("role") for _, g in reader.tags if "govuk-notification-banner" in str(g)]
    assert [role for role in roles if role] == ["alert", "alert", "region"]


ENTRANCE = (
    "account_login",
    "account_login_password",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_signup",
    "account_inactive",
)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ENTRANCE)
def test_entrance_page_is_well_formed(client, name):
    reader = read(client.get(reverse(name)).content.decode())
    assert [tag for tag, _ in reader.tags].count("h1") == 1


@pytest.mark.django_db
def test_sign_in_with_a_wrong_password_links_to_the_form(client):
    data = {"login": "nobody@carefund.example", "password": "wrong"}
    reader = read(client.post(reverse("account_login_password"), data).content.decode())
    assert "#id_login" in [given.get("href") for _, given in reader.tags]
    assert "Error: " in reader.text


@pytest.mark.parametrize("shown", [True, False])
def test_sign_in_shows_example_people_only_in_example_mode(request_, settings, shown):
    settings.CAREFUND_EXAMPLE = shown
    people = [{"name": EVIL, "email": "a@b.example", "roles": EVIL, "organisation": EVIL}]
    form = SimpleNamespace(email=Form()["email"])
    context = {"form": form, "example_people": people, "example_password": "open sesame"}
    reader = page("account/login.html", request_, **context)
    assert ("open sesame" in reader.text) is shown


SIGNED_IN = (
    "usersessions_list",
    "account_change_password",
    "account_logout",
    "account_email",
    "mfa_index",
    "account_reauthenticate",
)


@pytest.mark.django_db
@pytest.mark.parametrize("name", SIGNED_IN)
def test_account_page_is_well_formed(client, django_user_model, name):
    user = django_user_model.objects.create_user(email="ada@carefund.example", password="x" * 12)
    client.force_login(user)
    reader = read(client.get(reverse(name)).content.decode())
    assert [tag for tag, _ in reader.tags].count("h1") == 1


def test_browser_finds_the_icon_where_it_looks_unasked(client):
    answer = client.get("/favicon.ico")
    assert answer["Content-Type"] == "image/x-icon"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert answer.content.startswith(b"\x00\x00\x01\x00")


def test_search_engines_find_the_calls_and_leave_the_example_alone(client, settings):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /manage/" in lines
    assert "Disallow: /" not in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    settings.CAREFUND_EXAMPLE = True
    assert "Disallow: /" in client.get("/robots.txt").content.decode().splitlines()
