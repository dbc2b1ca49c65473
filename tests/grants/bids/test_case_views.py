"""Bids and calls as the department reads and works them."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from carefund.core import clock, navigation
from carefund.core.appendonly import update_lawfully
from grants.assessment.models import Assignment
from grants.bids import actions as bids
from grants.bids import case_tabs, words
from grants.bids.actions.submitting import freeze
from grants.bids.forms.filters import BidFilter
from grants.bids.models import Bid, BidWords, Submission
from programmes.calls.models import Call
from programmes.funds.models import Programme, RoleAssignment, Theme
from programmes.funds.rules import CASE_READERS
from programmes.organisations.models import Region
from tests import make
from tests.grants.support import queries, text

LIST = reverse("bids:manage_list")
TABS = ("case", "case_answers", "case_money", "case_documents", "case_timeline")


def several(story, count, titles=()):
    Call.objects.update(several_bids_allowed=True)
    made = []
    for number in range(count):
        bid = make.submitted_bid(story, str(10000 * (number + 1)))
        if titles:
            Bid.objects.filter(pk=bid.pk).update(title=titles[number])
            words.keep(bid, {**bid.submissions.get().content, "title": titles[number]})
        made.append(make.fresh(bid))
    return made


@pytest.fixture
def officer(story, client):
    client.force_login(story.people.officer)
    return client


def test_list_shows_count_and_sum_of_what_is_submitted(story, officer):
    several(story, 2)
    make.draft_bid(story, title="Still a draft")
    page = text(officer.get(LIST))
    assert "2 bids, £30,000 in total" in page
    assert "Still a draft" not in page


def test_list_without_bids_says_what_will_be_here(story, officer):
    assert "No bids yet" in text(officer.get(LIST))


@pytest.mark.parametrize("who", ["author", "assessor", "adviser", "nobody", "editor"])
def test_list_is_for_those_who_read_cases(story, client, who):
    client.force_login(getattr(story.people, who))
    assert client.get(LIST).status_code == 403


def test_list_of_another_programme_is_empty(story, client):
    several(story, 1)
    client.force_login(story.people.elsewhere)
    assert "No bids yet" in text(client.get(LIST))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "beta council"}, ["Beta"]),
        ({"q": "nothing like it"}, []),
        ({"state": "submitted"}, ["Alpha", "Beta"]),
        ({"state": "awarded"}, []),
        ({"sort": "requested"}, ["Alpha", "Beta"]),
        ({"sort": "-requested"}, ["Beta", "Alpha"]),
        ({"sort": "nonsense", "programme": "x", "page": "99"}, ["Beta", "Alpha"]),
    ],
)
def test_list_filters_and_sorts_by_the_address(story, officer, query, found):
    several(story, 2, ["Alpha", "Beta"])
    page = text(officer.get(LIST, query))
    places = {title: page.find(f">{title}</a>") for title in ("Alpha", "Beta")}
    shown = sorted((t for t in places if places[t] >= 0), key=places.get)
    assert set(shown) == set(found)
    if query.get("sort", "").endswith("requested"):
        assert shown == found


def test_list_filters_by_region_theme_and_call(story, officer):
    several(story, 1, ["Alpha"])
    region, theme = story.authority.region_id, story.theme.pk
    query = {"region": region, "theme": theme, "call": story.call.pk}
    assert "Alpha" in text(officer.get(LIST, query))
    other = make.region("London").pk
    assert "Nothing matches" in text(officer.get(LIST, {"region": other}))


def test_list_takes_as_many_queries_for_three_as_for_one(story, officer):
    several(story, 1)
    one = queries(officer, LIST)
    several(story, 2)
    assert queries(officer, LIST) == one
    assert one <= 12
    assert queries(officer, f"{LIST}?q=council") <= 12
    answers = reverse("bids:case_answers", args=[Bid.objects.first().reference])
    assert queries(officer, answers) <= 15


def test_export_has_exactly_the_filtered_rows(story, officer):
    several(story, 2, ["Alpha", "=1+1"])
    response = officer.get(reverse("bids:manage_export", args=["csv"]), {"q": "=1"})
    rows = list(csv.DictReader(StringIO(response.getvalue().decode("utf-8-sig"))))
    assert [row["Title"] for row in rows] == ["'=1+1"]
    assert rows[0]["Requested in pounds"] == "20000.00"
    assert 'filename="bids.csv"' in response["Content-Disposition"]


def test_export_to_excel_keeps_numbers_and_dates(story, officer):
    several(story, 1, ["@SUM(A1)"])
    response = officer.get(reverse("bids:manage_export", args=["xlsx"]))
    sheet = openpyxl.load_workbook(BytesIO(response.getvalue())).active
    heads, row = ([cell.value for cell in line] for line in sheet.iter_rows(max_row=2))
    values = dict(zip(heads, row, strict=True))
    assert values["Title"] == "'@SUM(A1)"
    assert values["Requested in pounds"] == 10000
    assert values["Submitted (UK time)"].hour == 10


def test_export_of_another_kind_does_not_exist(story, officer):
    assert officer.get(reverse("bids:manage_export", args=["exe"])).status_code == 404


def test_export_is_for_those_who_read_cases(story, client):
    client.force_login(story.people.author)
    assert client.get(reverse("bids:manage_export", args=["csv"])).status_code == 403


def test_export_takes_as_many_queries_for_three_as_for_one(story, officer):
    address = reverse("bids:manage_export", args=["csv"])
    several(story, 1)
    one = queries(officer, address)
    several(story, 2)
    assert queries(officer, address) == one


@pytest.mark.parametrize("name", TABS)
def test_case_pages_open_for_readers_only(story, client, name):
    address = reverse(f"bids:{name}", args=[make.submitted_bid(story).reference])
    expected = {
        "officer": 200,
        "auditor": 200,
        "author": 403,
        "stranger": 404,
        "elsewhere": 404,
        "assessor": 404,
        "adviser": 404,
    }
    seen = {}
    for who in expected:
        client.force_login(getattr(story.people, who))
        seen[who] = client.get(address).status_code
    assert seen == expected


def test_case_shows_header_next_step_and_tabs(story, officer, submitted):
    page = text(officer.get(reverse("bids:case", args=[submitted.reference])))
    assert "£40,000" in page
    assert "Check eligibility" in page
    for tab in ("Overview", "Answers", "Checks", "Assessment", "Money", "Documents", "Timeline"):
        assert f">{tab}</a>" in page


def test_case_answers_are_those_that_were_submitted(story, officer, submitted):
    submitted.answers.filter(question="summary").update(value="Changed behind the back")
    page = text(officer.get(reverse("bids:case_answers", args=[submitted.reference])))
    assert "Sensors that learn" in page
    assert "Changed behind" not in page


def test_answers_read_lately_are_not_written_again_until_something_of_them_changes(
    story, officer, submitted
):
    address = reverse("bids:case_answers", args=[submitted.reference])
    first = text(officer.get(address))
    with CaptureQueriesContext(connection) as again:
        assert text(officer.get(address)) == first
    assert not any('"bids_submission"."content"' in one["sql"] for one in again)

    # A limit of the call is known to the conditions of its form.
    Call.objects.filter(pk=submitted.call_id).update(largest_award=F("largest_award") - 1)
    with CaptureQueriesContext(connection) as changed:
        officer.get(address)
    assert any('"bids_submission"."content"' in one["sql"] for one in changed)

    row = submitted.submissions.get()
    content = {**row.content, "answers": {**row.content["answers"], "summary": "Taken out"}}
    rows = Submission._base_manager.filter(pk=row.pk)
    update_lawfully(rows, content=content, erased_at=clock.now())
    erased = text(officer.get(address))
    assert "Taken out" in erased
    assert "Sensors that learn" not in erased


def test_case_money_adds_up_by_year_and_shows_the_offer(offered, officer):
    bid = offered
    page = text(officer.get(reverse("bids:case_money", args=[bid.reference])))
    assert "2026 to 2027" in page
    assert "£20,000" in page
    assert bid.offer.reference in page


def test_case_timeline_tells_who_did_what(story, officer, assessed):
    page = text(officer.get(reverse("bids:case_timeline", args=[assessed.reference])))
    for said in ("Bid started", "Certified", "Found eligible", "Assessor assigned"):
        assert said in page


def test_case_takes_as_many_queries_after_much_as_after_little(story, officer, submitted):
    address = reverse("bids:case", args=[submitted.reference])
    few = queries(officer, address)
    submitted.refresh_from_db()
    make.close(story)
    assert queries(officer, address) == few


def test_tab_of_a_higher_slice_appears_where_it_is_shown(story, officer, submitted):
    tab = case_tabs.CaseTab("extra", "Extra", lambda bid: "/extra/", shown=lambda u, b: True)
    case_tabs.register(tab)
    try:
        page = text(officer.get(reverse("bids:case", args=[submitted.reference])))
        hidden = case_tabs.CaseTab("extra", "Extra", tab.href, shown=lambda u, b: False)
        case_tabs.register(hidden)
        without = text(officer.get(reverse("bids:case", args=[submitted.reference])))
    finally:
        case_tabs._tabs.pop("extra")
    assert ">Extra</a>" in page
    assert ">Extra</a>" not in without


def test_calls_list_counts_bids_and_money(story, officer):
    several(story, 2)
    page = text(officer.get(reverse("bids:manage_calls")))
    assert story.call.title in page
    assert "£30,000" in page


def test_calls_list_takes_as_many_queries_for_three_as_for_one(story, officer):
    address = reverse("bids:manage_calls")
    one = queries(officer, address)
    lines = list(story.call.budget_lines.all())
    make.call(story.programme, lines)
    make.call(story.programme, lines)
    assert queries(officer, address) == one


def test_call_page_is_for_the_programme(story, client):
    address = reverse("bids:manage_call", args=[story.call.code])
    expected = {"officer": 200, "editor": 200, "elsewhere": 404, "author": 404, "assessor": 404}
    seen = {}
    for who in expected:
        client.force_login(getattr(story.people, who))
        seen[who] = client.get(address).status_code
    assert seen == expected


def test_call_page_shows_numbers_by_state(story, officer):
    several(story, 2)
    page = text(officer.get(reverse("bids:manage_call", args=[story.call.code])))
    assert "Bids received" in page
    assert "£100,000" in page
    assert "Start assessment" not in page


def test_assessment_starts_once_the_call_has_closed(story, officer):
    address = reverse("bids:start_assessment", args=[story.call.code])
    officer.post(address)
    assert make.fresh(story.call).state == "forecast"
    Call.objects.update(closes_at=clock.now() - timedelta(seconds=1))
    call_page = reverse("bids:manage_call", args=[story.call.code])
    assert "Start assessment" in text(officer.get(call_page))
    assert officer.post(address).url == call_page
    assert make.fresh(story.call).state == "in_assessment"
    assert officer.get(address).status_code == 405


def test_assessment_is_started_by_those_who_manage_calls(story, client):
    Call.objects.update(closes_at=clock.now() - timedelta(seconds=1))
    client.force_login(story.people.auditor)
    assert client.post(reverse("bids:start_assessment", args=[story.call.code])).status_code == 403


def test_navigation_follows_the_roles(story):
    def words(person):
        return [item.text for item in navigation.items_for(person) if item.area != "public"]

    assert "Bids" in words(story.people.viewer)
    assert {"Calls", "Bids"} <= set(words(story.people.officer))
    assert "Assessments" in words(story.people.assessor)
    assert "Bids" not in words(story.people.nobody)


def test_sample_bids_are_marked(story, officer, submitted):
    Bid.objects.filter(pk=submitted.pk).update(is_sample=True)
    assert "Sample data" in text(officer.get(LIST))
    assert "Sample data" in text(officer.get(reverse("bids:case", args=[submitted.reference])))


def test_withdrawn_bid_leaves_the_department(story, officer, submitted):
    bids.withdraw(bid=submitted, reason="Merged.", by=story.people.author)
    assert officer.get(reverse("bids:case", args=[submitted.reference])).status_code == 404


def saying(story, text, title="Alpha"):
    bid = several(story, 1, [title])[0]
    content = {"reference": bid.reference, "title": title, "answers": {"need": text}}
    words.keep(bid, content)
    return bid


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sensor", True),
        ("SENSORS", True),
        ("falls sensor", True),
        ("fall-sensor", True),
        ("nights 2026", True),
        ("sensor council", True),
        ("ensors", False),
        ("sensor robot", False),
        ("reply@example.org", False),
        ("' & | ! :* (", False),
    ],
)
def test_search_reads_the_answers_by_the_beginnings_of_words(story, officer, typed, found):
    saying(story, "Sensors notice falls <b>at</b> nights, in 2026; reply@example.org")
    page = text(officer.get(LIST, {"q": typed}))
    assert (">Alpha</a>" in page) is found
    assert ("<b>at</b>" in page) is False


def test_search_shows_where_the_words_stand_and_titles_first(story, officer):
    saying(story, "A robot & a sensor", "Alpha")
    saying(story, "Nothing else", "Robot")
    page = officer.get(LIST, {"q": "robot"}).content.decode()
    assert "A <strong>robot</strong> &amp; a sensor" in page
    assert page.index(">Robot</a>") < page.index(">Alpha</a>")


def test_search_finds_what_was_submitted_and_what_a_clarification_made_of_it(story, officer):
    bid = several(story, 1, ["Alpha"])[0]
    stored = BidWords.objects.get(bid=bid)
    answers = bid.submissions.get().content["answers"]
    assert any(isinstance(a, str) and a in stored.body for a in answers.values())
    assert "@" not in stored.body
    freeze(bid, clock.now(), story.people.author, answers={"summary": "Telecare"}, clarification=1)
    assert ">Alpha</a>" in text(officer.get(LIST, {"q": "telecare"}))


def test_search_tells_nothing_of_drafts_other_programmes_and_conflicts(story, client):
    bid = saying(story, "Zeppelin")
    draft = make.draft_bid(story, title="Draft")
    words.keep(draft, {"title": "Draft", "answers": {"need": "Zeppelin"}})
    client.force_login(story.people.officer)
    page = text(client.get(LIST, {"q": "zeppelin"}))
    assert ">Alpha</a>" in page
    assert "Draft" not in page
    declared = {"state": "conflicted", "conflict_note": "My sister works there."}
    Assignment.objects.create(bid=bid, assessor=story.people.officer, **declared)
    for who in ("officer", "elsewhere"):
        client.force_login(getattr(story.people, who))
        page = text(client.get(LIST, {"q": "zeppelin"}))
        assert "Alpha" not in page
        assert "<strong>Zeppelin</strong>" not in page


def test_filters_offer_what_the_officer_may_see_in_the_order_of_its_pages(story):
    roles, officer = CASE_READERS, story.people.officer
    later = make.programme("z-later", name="A programme of later years")
    Theme.objects.create(programme=later, code="t", name="A theme")
    Theme.objects.create(programme=story.programme, code="z", name="Z theme")
    everywhere = make.user()
    RoleAssignment.objects.create(user=everywhere, role="auditor")
    form = BidFilter({}, reader=everywhere, roles=roles)
    for name, rows in (
        ("programme", Programme.objects.all()),
        ("call", Call.objects.all()),
        ("region", Region.objects.all()),
        ("theme", Theme.objects.order_by("programme__starts_on", "programme__code", "name")),
    ):
        offered = [(pk, label) for pk, label in form.fields[name].choices if pk]
        assert offered == [(row.pk, str(row)) for row in rows]
    for chosen, wanted in ((story.programme, {"programme": story.programme}), (later, {})):
        narrow = BidFilter({"programme": str(chosen.pk)}, reader=officer, roles=roles)
        assert str(later) not in [label for _, label in narrow.fields["programme"].choices]
        assert narrow.wanted == wanted
