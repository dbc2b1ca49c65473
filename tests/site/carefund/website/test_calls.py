"""Call pages as editors write them and as the public reads them."""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.formats import uk_date
from carefund.website.actions import announce_from_page, prepare_call
from carefund.website.example import tree
from carefund.website.models import CallCriterion, CallIndexPage, CallPage, PageCutOff
from programmes.calls import actions as calls
from programmes.calls.models import Call
from programmes.standards import actions as levels
from tests import make


@pytest.fixture
def index(story):
    tree.load()
    return CallIndexPage.objects.get()


def new_page(story, **fields):
    now = clock.now()
    values = {
        "title": "Night monitoring",
        "slug": "night-monitoring",
        "programme": story.programme,
        "summary": "Listening devices.",
        "opens_at": now + timedelta(days=1),
        "closes_at": now + timedelta(days=20),
        "total": Decimal(9000),
        "smallest_award": Decimal(100),
        "largest_award": Decimal(9000),
        "eligibility": "Local authorities.",
        "project_starts_on": clock.today() + timedelta(days=60),
        "project_ends_on": clock.today() + timedelta(days=400),
        "live": False,
    }
    page = CallPage(**{**values, **fields})
    page.criteria = [
        CallCriterion(title="Need", guidance="Who gains?", weight=60, sort_order=0,
                      highest_score=3, threshold=1, scale="None\nWeak\nGood\nBest",
                      questions=["need"]),
        CallCriterion(title="Delivery", guidance="Can it be done?", weight=40, sort_order=1),
    ]  # fmt: skip
    return page


@pytest.fixture
def page(story, index):
    page = index.add_child(instance=new_page(story))
    page.save_revision(user=story.people.officer)
    return page


def read(client, page):
    return client.get(f"/calls/{page.slug}/")


def test_draft_page_makes_a_draft_call_with_its_form_and_criteria(story, page):
    call = prepare_call(page=page, by=story.people.officer)
    assert (call.state, call.code, make.fresh(page).call) == ("draft", "night-monitoring", call)
    first, second = call.criteria.all()
    assert (first.threshold, first.highest_score, first.questions) == (1, 3, ["need"])
    assert [one["text"] for one in first.descriptors] == ["None", "Weak", "Good", "Best"]
    assert len(second.descriptors) == 6
    assert call.forms.get().frozen_at is None


def test_form_that_was_designed_is_not_made_anew(story, page):
    call = prepare_call(page=page, by=story.people.officer)
    page.form = []
    calls.save_form(call=call, definition=make.FORM, by=story.people.officer, criteria=[])
    page.largest_award = Decimal(8000)
    prepare_call(page=page, by=story.people.officer)
    assert call.forms.get().definition == make.FORM
    assert make.fresh(call).largest_award == Decimal(8000)


def test_standard_form_follows_the_page(story, page):
    call = prepare_call(page=page, by=story.people.officer)
    page.largest_award = Decimal(8000)
    prepare_call(page=page, by=story.people.officer)
    assert "8000" in json.dumps(call.forms.get().definition)


def test_page_that_says_too_little_has_no_call_yet(story, index):
    page = new_page(story, summary="")
    index.add_child(instance=page)
    assert prepare_call(page=page, by=story.people.officer) is None


def test_publishing_announces_the_call(story, page, client):
    assert read(client, page).status_code == 404
    page.get_latest_revision().publish()
    call = Call.objects.get(code=page.slug)
    assert call.state == "forecast"
    body = read(client, page).content.decode()
    for words in ("Night monitoring", "£9,000", "Contents", "Questions and answers", "Coming soon"):
        assert words in body
    assert "A bid that scores below 1 is not funded." in body
    # On a phone the page is read in this order: what the call gives, until when, then the text.
    assert body.index("cf-summary") < body.index("(UK time)") < body.index('id="contents"')


def test_page_whose_call_is_not_ready_is_not_public(story, index, client):
    page = index.add_child(instance=new_page(story, total=Decimal(20_000_000)))
    page.save_revision().publish()
    call = Call.objects.get(code=page.slug)
    assert call.state == "draft"
    assert read(client, page).status_code == 404
    assert "night-monitoring" not in client.get("/calls/").content.decode()
    assert "night-monitoring" not in client.get("/sitemap.xml").content.decode()


def test_page_says_which_levels_the_call_asks_for(story, page, client):
    standard = make.standard()
    call = prepare_call(page=page, by=story.people.officer)
    levels.demand(call=call, standard=standard, level=2, by=SYSTEM)
    one = standard.measures.get(code="safe-practice")
    day = call.project_ends_on
    levels.demand(call=call, standard=standard, measure=one, level=4, due_on=day, by=SYSTEM)
    page.get_latest_revision().publish()
    text = read(client, page).content.decode()
    assert "level 2 of every measure" in text
    assert "before you can bid" in text
    assert "level 4 of “Safe practice”" in text
    assert f"by {uk_date(day)}, as a condition of the grant" in text


def test_scheduled_page_announces_its_call_at_its_moment(story, page, client, known_time):
    page.go_live_at = clock.now() + timedelta(hours=2)
    page.save_revision(user=story.people.officer).publish()
    call_command("publish_scheduled")
    assert not Call.objects.filter(code=page.slug, state="forecast").exists()
    known_time.shift(timedelta(hours=3))
    call_command("publish_scheduled")
    assert Call.objects.get(code=page.slug).state == "forecast"
    assert read(client, page).status_code == 200


# What schema.org lets stand in the types that we use: property -> what it holds.
THING = {"name": str, "description": str, "identifier": str, "url": str}
TYPES = {
    "MonetaryGrant": THING | {"amount": "MonetaryAmount", "funder": "GovernmentOrganization"},
    "MonetaryAmount": {"currency": str, "minValue": (int, float), "maxValue": (int, float)},
    "GovernmentOrganization": THING,
    "GovernmentService": THING
    | {
        "serviceType": str,
        "serviceOutput": dict,
        "audience": "Audience",
        "areaServed": list,
        "hoursAvailable": "OpeningHoursSpecification",
        "availableChannel": "ServiceChannel",
        "provider": "GovernmentOrganization",
    },
    "Audience": {"audienceType": str},
    "OpeningHoursSpecification": {"validFrom": str, "validThrough": str},
    "ServiceChannel": {"serviceUrl": str},
}


def fits(node):
    """Every property is one that the type of its node has, and holds what it may."""
    known = TYPES[node["@type"]]
    for name, value in node.items():
        if name.startswith("@"):
            continue
        wanted = known[name]
        if isinstance(wanted, str):
            assert value["@type"] == wanted
            fits(value)
        else:
            assert isinstance(value, wanted), name


def clock_words(moment):
    return moment.astimezone(clock.LONDON).isoformat(timespec="seconds")


def test_data_for_machines_cannot_end_its_element(story, page, client):
    page.summary = "</script><script>alert(1)</script> & more"
    page.save_revision().publish()
    body = read(client, page).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    data = json.loads(found[1])
    grant, service = data["@graph"]
    assert grant["description"] == page.summary
    assert grant["amount"] == {"@type": "MonetaryAmount", "currency": "GBP",
                               "minValue": 100, "maxValue": 9000}  # fmt: skip
    assert service["serviceOutput"] == {"@id": grant["@id"]}
    assert service["hoursAvailable"]["validThrough"] == clock_words(page.closes_at)
    assert data["@context"] == "https://schema.org"
    for node in data["@graph"]:
        fits(node)
    assert "<script>alert" not in body


def test_contents_name_only_parts_that_there_are(story, page, client):
    page.save_revision().publish()
    body = read(client, page).content.decode()
    anchors = re.findall(r'<li><a class="govuk-link" href="#([\w-]+)"', body)
    assert anchors
    assert all(f'id="{anchor}"' in body for anchor in anchors)
    assert "objectives" not in anchors


def test_copy_gets_a_draft_page(story, page):
    page.save_revision().publish()
    call = Call.objects.get(code=page.slug)
    new = calls.copy_call(
        call=call, code="second-night", title="Second night", by=story.people.officer,
        opens_at=clock.now() + timedelta(days=40), closes_at=clock.now() + timedelta(days=50),
    )  # fmt: skip
    copied = CallPage.objects.get(call=new)
    assert (copied.live, copied.slug, copied.title) == (False, "second-night", "Second night")
    assert [c.weight for c in copied.criteria.all()] == [60, 40]
    assert copied.get_latest_revision() is not None


def test_announcing_on_the_page_of_officers_publishes_what_editors_wrote(story, page, client):
    call = prepare_call(page=page, by=story.people.officer)
    calls.announce(call=call, by=story.people.officer)
    assert read(client, page).status_code == 200
    assert call.updates.filter(text="Call announced.").count() == 1


def test_planned_cut_offs_become_those_of_the_call(story, index):
    moment = clock.now() + timedelta(days=10)
    page = new_page(story, always_open=True)
    page.cut_offs = [PageCutOff(at=moment)]
    assert str(page.cut_offs.all()[0]) == "25 June 2026 at 10:00am"
    index.add_child(instance=page)
    call = prepare_call(page=page, by=SYSTEM)
    assert [row.at for row in call.cut_offs.all()] == [moment]
    announce_from_page(page=page, by=SYSTEM)
    assert make.fresh(call).state == "forecast"


def test_index_filters_and_keeps_its_queries(story, index, client, django_assert_max_num_queries):
    body = client.get("/calls/?status=open&q=call").content.decode()
    assert "1 call" in body
    assert "Remove filter" in body
    assert "No call matches" in client.get("/calls/?q=nothing").content.decode()
    assert client.get("/calls/?page=99&status=x&theme=%00").status_code == 200
    assert "/calls/" in client.get("/sitemap.xml").content.decode()


@pytest.fixture
def editor(story, client):
    """An officer who moderates the pages."""
    person = story.people.officer
    group = Group.objects.get_or_create(name="Moderators")[0]
    person.groups.add(group)
    root = Page.get_first_root_node()
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.get_or_create(
            group=group,
            page=root,
            permission=Permission.objects.get(
                content_type__app_label="wagtailcore", codename=codename
            ),
        )
    client.force_login(person)
    return client


def form_sent():
    """A form of one section with one question, as the designer in the browser sends it."""
    never = {"match": "all", "tests-count": 0}
    question = {
        "key": "need", "label": "What is the need?", "hint": "", "set_words": "300",
        "required": "on", "guidance": "", "example": "", "assessment": "",
        "show_if": never, "require_if": never,
    }  # fmt: skip
    section = {
        "key": "about", "title": "About", "group": "", "introduction": "",
        "questions": streamfield([("long_text", question)]),
    }  # fmt: skip
    return nested_form_data({"form": streamfield([("section", section)])})


def editing(page, **changes):
    """What the browser sends for a page as it stands."""
    instant = "%Y-%m-%d %H:%M"
    form = {
        "title": page.title, "slug": page.slug, "programme": page.programme_id,
        "summary": page.summary, "eligibility": page.eligibility,
        "eligible_kinds": page.eligible_kinds.split(","),
        "opens_at": page.opens_at.astimezone(clock.LONDON).strftime(instant),
        "closes_at": page.closes_at.astimezone(clock.LONDON).strftime(instant),
        "total": page.total, "smallest_award": page.smallest_award,
        "largest_award": page.largest_award,
        "project_starts_on": page.project_starts_on, "project_ends_on": page.project_ends_on,
        "assessors_per_bid": page.assessors_per_bid,
        "body-count": 0, "form_rules-count": 0, "screening-count": 0, **form_sent(),
        "questions_until": "", "follows": "",
        "contact": "", "ggis_reference": "", "go_live_at": "", "expire_at": "",
        "comment_notifications": "on", "seo_title": "", "search_description": "",
    }  # fmt: skip
    for name in ("objectives", "dates_note", "how_to_apply", "supporting_information"):
        form[name] = "null"
    for name in ("cut_offs", "attachments", "comments"):
        form |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    rows = list(page.criteria.all())
    form |= {"criteria-TOTAL_FORMS": len(rows), "criteria-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        start = f"criteria-{number}-"
        form |= {f"{start}{name}": getattr(row, name) for name in
                 ("id", "title", "guidance", "weight", "highest_score", "threshold", "scale",
                  "questions")}  # fmt: skip
        form |= {f"{start}ORDER": number + 1, f"{start}DELETE": ""}
    return {**form, **changes}


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_editor_reads_what_is_missing(editor, page, story):
    prepare_call(page=page, by=story.people.officer)
    body = editor.get(edit(page)).content.decode()
    assert "Nothing is missing: the call can be announced." in body
    assert "Copy this call" in body
    page.call.criteria.all().delete()
    body = editor.get(edit(page)).content.decode()
    assert "do not add up to 100 per cent" in body


def test_saving_a_draft_prepares_the_call(editor, page):
    answer = editor.post(edit(page), editing(page))
    assert answer.status_code == 302, answer.context["form"].errors
    assert Call.objects.get(code=page.slug).state == "draft"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"criteria-0-weight": 10}, "they must make 100"),
        ({"total": "20000000", "largest_award": "9000"}, "is free in the years"),
        ({"criteria-0-scale": "One\nTwo"}, "Write 4 lines"),
        ({"criteria-0-threshold": 9}, "must not be above the highest score"),
        ({"criteria-0-questions": ["unknown"]}, "Select a valid choice"),
        ({"eligible_kinds": []}, "required"),
    ],
)
def test_call_that_is_not_ready_is_not_published(editor, page, change, words):
    answer = editor.post(edit(page), {**editing(page, **change), "action-publish": "1"})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Call.objects.filter(code=page.slug, state="forecast").exists()


def test_publishing_from_the_editor_announces(editor, page):
    answer = editor.post(edit(page), {**editing(page), "action-publish": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    call = Call.objects.get(code=page.slug)
    assert call.state == "forecast"
    changed = editing(make.fresh(page), total="8000", **{"action-publish": "1"})
    assert "no longer changes" in editor.post(edit(page), changed).content.decode()
    words = editing(make.fresh(page), summary="Better words.", **{"action-publish": "1"})
    answer = editor.post(edit(page), words)
    assert answer.status_code == 302, answer.context["form"].errors
    assert make.fresh(call).summary == "Better words."
    assert call.updates.first().text == "Corrected: the summary."


def test_preview_shows_the_form_as_a_bidder_sees_it_and_what_is_wrong(editor, page):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = editing(page)
    assert editor.post(address, sent).json()["is_valid"] is True
    shown = editor.get(f"{address}?mode=form")
    assert "What is the need?" in shown.content.decode()
    assert "Nothing stands between this form and the call" in shown.content.decode()
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    cyclic = {
        "form-0-value-questions-0-value-show_if-tests-count": "1",
        "form-0-value-questions-0-value-show_if-tests-0-value-question": "gone",
        "form-0-value-questions-0-value-show_if-tests-0-value-test": "is",
        "form-0-value-questions-0-value-show_if-tests-0-value-value": "yes",
        "form-0-value-questions-0-value-show_if-tests-0-deleted": "",
        "form-0-value-questions-0-value-show_if-tests-0-order": "0",
        "form-0-value-questions-0-value-show_if-tests-0-type": "item",
        "form-0-value-questions-0-value-show_if-tests-0-id": "",
    }
    assert editor.post(address, {**sent, **cyclic}).json()["is_valid"] is True
    told = editor.get(f"{address}?mode=form").content.decode()
    assert "depends on “gone”, which is not asked before it" in told


def test_preview_shows_a_draft_as_the_public_will_read_it(editor, page):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = editor.post(address, editing(page, summary="Only in the preview."))
    assert sent.json()["is_valid"], sent.json()
    shown = editor.get(address)
    assert shown.status_code == 200
    assert "Only in the preview." in shown.content.decode()


def test_preview_of_a_draft_shows_what_was_typed_not_what_its_call_holds(
    editor, page, story, index
):
    call = prepare_call(page=page, by=story.people.officer)
    call.criteria.all().delete()
    region = make.region()
    typed = {
        "regions": [region.pk], "always_open": "on", "criteria-0-title": "Typed just now",
        "closes_at": "2026-07-09 16:00",
        "cut_offs-TOTAL_FORMS": 1, "cut_offs-0-at": "2026-06-24 12:00", "cut_offs-0-DELETE": "",
    }  # fmt: skip
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = editor.post(address, editing(page, **typed))
    assert sent.json()["is_valid"], sent.json()
    shown = editor.get(address).content.decode()
    assert "Typed just now" in shown
    assert f"Only in {region.name}." in shown
    assert "24 June 2026 at 12:00pm" in shown
    assert "9 July 2026 at 4:00pm" in shown
    assert "What each score means" in shown
    assert "This call is closed" not in shown
    assert "Questions are no longer taken" not in shown


def test_comments_of_editors_are_kept(editor, page, story):
    comment = {
        "comments-TOTAL_FORMS": 1,
        "comments-0-id": "", "comments-0-contentpath": "summary", "comments-0-position": "",
        "comments-0-text": "Shorter?", "comments-0-DELETE": "", "comments-0-resolved": "",
        "comments-0-replies-TOTAL_FORMS": 0, "comments-0-replies-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = editor.post(edit(page), editing(page, **comment))
    assert answer.status_code == 302, answer.context["form"].errors
    row = make.fresh(page).wagtail_admin_comments.get()
    assert (row.text, row.user) == ("Shorter?", story.people.officer)


def test_call_follows_the_workflow_of_its_page(editor, page, story):
    prepare_call(page=page, by=story.people.officer)
    workflow = page.get_workflow()
    state = workflow.start(page, story.people.editor)
    call = Call.objects.get(code=page.slug)
    assert call.state == "in_review"
    state.current_task_state.reject(user=story.people.officer)
    state.cancel(user=story.people.editor)
    assert make.fresh(call).state == "draft"
    again = workflow.start(page, story.people.editor)
    again.current_task_state.approve(user=story.people.officer)
    assert make.fresh(call).state == "forecast"


def test_what_is_approved_as_it_stands_is_announced(editor, page, story):
    """Nobody changed the form, so nobody need approve it again."""
    editor.post(edit(page), editing(page))
    kept = make.fresh(page).get_latest_revision_as_object()
    section = kept.form[0]
    ids = {"form-0-id": section.id}
    ids["form-0-value-questions-0-id"] = section.value["questions"][0].id
    kept.get_workflow().start(kept, story.people.editor)
    approve = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    answer = editor.post(edit(page), {**editing(kept), **ids, **approve})
    assert answer.status_code == 302, answer.context["form"].errors
    assert Call.objects.get(code=page.slug).state == "forecast"


def test_a_change_beside_the_approval_is_approved_again(editor, page, story):
    editor.post(edit(page), editing(page))
    kept = make.fresh(page).get_latest_revision_as_object()
    kept.get_workflow().start(kept, story.people.editor)
    words = {"form-0-value-questions-0-value-set_words": "200"}
    approve = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    editor.post(edit(page), {**editing(kept), **words, **approve})
    assert Call.objects.get(code=page.slug).state == "in_review"


def test_document_that_an_editor_attaches_is_read_on_the_page_of_the_call(editor, page):
    document = Document.objects.create(
        title="Guidance for bidders", file=SimpleUploadedFile("guidance.txt", b"Write plainly.")
    )
    row = {"id": "", "document": document.pk, "title": "", "ORDER": 1, "DELETE": ""}
    sent = editing(
        page,
        **{"action-publish": "on", "attachments-TOTAL_FORMS": 1},
        **{f"attachments-0-{name}": value for name, value in row.items()},
    )
    assert editor.post(f"/cms/pages/{page.pk}/edit/", sent).status_code == 302
    public = Client().get(f"/calls/{page.slug}/").content.decode()
    assert "Guidance for bidders" in public
    assert document.url in public


def test_bids_are_started_by_authors_and_the_others_learn_by_whom(story, page, client, known_time):
    """The page of the call that is open: a button only for who would not be turned away."""
    page.get_latest_revision().publish()
    call = Call.objects.get(code=page.slug)
    known_time.move_to(call.opens_at + timedelta(hours=1))
    calls.open_call(call=call)
    told = "started by the bid authors and administrators of your organisation"
    for person, offered, learns in (
        (None, True, False),
        (story.people.author, True, False),
        (story.people.certifier, False, True),
        (story.people.lead, False, True),
        (story.people.officer, False, False),
    ):
        if person:
            client.force_login(person)
        shown = read(client, page).content.decode()
        assert ("Start a bid" in shown) is offered, person
        assert (told in shown) is learns, person
