"""Publishing in the CMS is a decision: confirmed just before, and nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from carefund.website.example import tree
from carefund.website.models import HomePage
from programmes.funds import actions as funds
from tests import make
from tests.site.carefund.accounts.conftest import app_code, by_password, give_app

LATER = 11 * 60
FORMSET = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}
PUBLISH = {"action-publish": "action-publish"}


@pytest.fixture
def publisher(story, known_time):
    """Somebody who may publish, in a browser that showed a second factor eleven minutes ago."""
    tree.load()
    person = make.user("Publisher")
    funds.give_role(
        user=person, role="programme_officer", programme=None, by=story.people.administrator
    )
    give_app(person)
    client = Client()
    by_password(client, person)
    client.post("/account/login/second-step/", {"code": app_code(person)})
    known_time.shift(LATER)
    client.person = person
    return client


def typed(page, **more):
    comments = {f"comments-{name}": value for name, value in FORMSET.items()}
    words = {"title": page.title, "slug": page.slug, "introduction": "Typed for an hour <b>&"}
    return {**words, **comments, **more}


def confirm(client, to):
    sent = {"code": app_code(client.person), "next": to}
    return client.post("/account/confirm/second-step/", sent)


def asks(answer):
    return answer.status_code == 302 and "/account/confirm/" in answer.url


def test_publishing_asks_again_and_what_was_typed_is_published_after(publisher):
    page = HomePage.objects.get()
    before = page.introduction
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert publisher.get(address).status_code == 200
    assert asks(publisher.post(address, typed(page, **PUBLISH)))
    assert make.fresh(page).introduction == before
    assert confirm(publisher, "/account/carry-on/").url == "/account/carry-on/"
    kept = publisher.get("/account/carry-on/").context["kept"]
    assert dict(kept.fields) == typed(page, **PUBLISH)
    assert kept.path == address
    answer = publisher.post(kept.path, dict(kept.fields))
    assert not asks(answer)
    assert make.fresh(page).introduction == "Typed for an hour <b>&"


def test_saving_a_draft_asks_nothing(publisher):
    page = HomePage.objects.get()
    answer = publisher.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed(page))
    assert not asks(answer)
    assert make.fresh(page).get_latest_revision_as_object().introduction == "Typed for an hour <b>&"


@pytest.mark.parametrize("name", ["unpublish", "delete"])
def test_taking_away_asks_again(publisher, name):
    page = Page.objects.filter(depth__gt=2).first()
    address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    assert asks(publisher.post(address))
    assert Page.objects.filter(pk=page.pk, live=True).exists()


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete"])
def test_many_at_once_ask_again(publisher, action):
    page = Page.objects.filter(depth__gt=2).first()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    assert asks(publisher.post(f"{address}?id={page.pk}"))


def test_approving_in_a_workflow_asks_again(publisher):
    page = HomePage.objects.get()
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert asks(publisher.post(address, typed(page, **approve)))
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", 1])
    assert asks(publisher.post(address))
    script = publisher.post(address, headers={"x-requested-with": "XMLHttpRequest"})
    assert script.status_code == 403
    assert "Confirm that it is you" in script.content.decode()


def test_a_fresh_confirmation_publishes_at_once(publisher):
    page = HomePage.objects.get()
    confirm(publisher, "/cms/")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    publisher.post(address, typed(page, **PUBLISH))
    assert make.fresh(page).introduction == "Typed for an hour <b>&"
