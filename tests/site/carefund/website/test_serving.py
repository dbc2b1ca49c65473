"""The page of a call is found at once where nothing is unusual, else as Wagtail finds it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction, Site

from carefund.core import clock, shared
from carefund.website.example import tree
from carefund.website.models import CallIndexPage, CallPage, TextPage
from programmes.calls.models import CallUpdate
from programmes.organisations.models import Region
from tests.site.carefund.website.test_calls import new_page

pytestmark = pytest.mark.django_db
ADDRESS = "/calls/night-monitoring/"
AT_ONCE = 4  # the page with its call, criteria, and what there is beside them in this test


@pytest.fixture
def page(story):
    tree.load()
    page = CallIndexPage.objects.get().add_child(instance=new_page(story))
    page.save_revision(user=story.people.officer).publish()
    return CallPage.objects.get(pk=page.pk)


def asked(client, address=ADDRESS, status=200, **extra):
    """How many statements the page took, made anew."""
    shared.forget()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, **extra)
    assert response.status_code == status, response.status_code
    return len(captured)


def test_a_page_is_found_by_its_address_with_what_stands_beside_it(page, client):
    asked(client)
    assert asked(client) <= AT_ONCE
    shared.forget()
    response = client.get(ADDRESS)
    assert response.context["page"] == page
    assert response.context["list_url"] == "/calls/"
    assert f'"url": "http://testserver{ADDRESS}"' in response.content.decode()


def test_what_is_added_beside_a_call_is_on_its_page(page, client):
    first = client.get(ADDRESS).content.decode()
    assert "The budget has grown" not in first
    CallUpdate.objects.create(call=page.call, text="The budget has grown", at=clock.now())
    page.call.eligible_regions.add(Region.objects.first() or Region.objects.create(code="T"))
    shared.forget()
    later = client.get(ADDRESS).content.decode()
    assert "The budget has grown" in later
    assert f"Only in {page.call.eligible_regions.get().name}" in later


def test_a_page_that_was_taken_back_is_gone(page, client):
    page.unpublish()
    asked(client, status=404)


@pytest.mark.parametrize(
    "address",
    ["/calls/night-monitorin/", "/calls/calls/night-monitoring/", "/night-monitoring/",
     "/home/calls/night-monitoring/", "/calls/night-monitoring/more/"],
)  # fmt: skip
def test_no_page_stands_at_another_address(page, client, address):
    asked(client, address, status=404)


def test_an_address_without_its_end_leads_to_the_page(page, client):
    response = client.get(ADDRESS.rstrip("/"))
    assert (response.status_code, response["Location"]) == (301, ADDRESS)


def test_a_page_that_moved_is_found_where_it_is(page, client):
    home = page.get_parent().get_parent()
    index = home.add_child(instance=CallIndexPage(title="Earlier calls", slug="earlier"))
    page.move(index, pos="last-child")
    asked(client, status=404)
    assert asked(client, "/earlier/night-monitoring/") <= AT_ONCE
    index = CallIndexPage.objects.get(slug="earlier")
    index.slug = "older"
    index.save()
    asked(client, "/earlier/night-monitoring/", status=404)
    asked(client, "/older/night-monitoring/")


@pytest.mark.parametrize("above", [False, True])
def test_a_page_for_some_is_shown_to_them_only(story, page, client, above):
    wanted = page.get_parent() if above else page
    PageViewRestriction.objects.create(page=wanted, restriction_type="login")
    response = client.get(ADDRESS)
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]
    client.force_login(story.people.author)
    assert client.get(ADDRESS).status_code == 200
    assert "no-store" in client.get(ADDRESS)["Cache-Control"]


def test_a_restriction_elsewhere_restricts_nothing_here(page, client):
    other = (
        page.get_parent()
        .get_parent()
        .add_child(instance=TextPage(title="For some", slug="for-some"))
    )
    PageViewRestriction.objects.create(page=other, restriction_type="login")
    assert client.get("/for-some/").status_code == 302
    asked(client)
    assert asked(client) <= AT_ONCE


def test_below_the_alias_of_a_page_for_some_pages_are_for_the_same(page, client):
    home = page.get_parent().get_parent()
    source = home.add_child(instance=TextPage(title="For some", slug="for-some"))
    PageViewRestriction.objects.create(page=source, restriction_type="login")
    alias = source.create_alias(parent=home, update_slug="again")
    page.move(alias, pos="last-child")
    assert client.get("/again/night-monitoring/").status_code == 302


def test_with_a_second_site_each_has_its_own_pages(page, client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    other = page.get_parent().get_parent().add_child(instance=TextPage(title="Other", slug="other"))
    Site.objects.create(hostname="other.example", root_page=other)
    asked(client)
    asked(Client(), ADDRESS, status=404, headers={"host": "other.example"})


def test_where_there_are_languages_wagtail_finds_the_page(page, client, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    Locale.objects.get_or_create(language_code="en")
    assert asked(client) > AT_ONCE


def test_a_call_that_is_not_announced_has_no_page(page, client):
    type(page.call).objects.filter(pk=page.call_id).update(state="draft")
    asked(client, status=404)
