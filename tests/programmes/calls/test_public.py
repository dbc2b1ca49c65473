"""What machines read of calls, and how the public finds them."""

import re
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from carefund.core import clock
from carefund.core.actors import SYSTEM
from programmes.calls import actions as calls
from programmes.calls.calendars import calendar
from programmes.calls.forms import CallSearch
from programmes.calls.models import Call
from programmes.calls.search import found_calls
from programmes.standards.models import CallDemand
from tests import make


def found(query=""):
    search = CallSearch(QueryDict(query))
    return found_calls(search.wanted)


def titles(query=""):
    return [Call.objects.get(pk=key).title for key in found(query).ids]


@pytest.fixture
def several(story):
    """An open call, one that comes, one that is over, and a draft."""
    now = clock.now()
    Call.objects.filter(pk=story.call.pk).update(title="Night monitoring")
    big = {"total": Decimal(400000), "largest_award": Decimal(300000),
           "smallest_award": Decimal(60000)}  # fmt: skip
    lines = [make.budget(story.programme, 2027, "capital", "900000.00")]
    ahead = {"opens_at": now + timedelta(days=2), "closes_at": now + timedelta(days=30)}
    coming = make.call(story.programme, lines, title="Shared records", **ahead, **big)
    coming.eligible_regions.add(make.region("South West"))
    calls.announce(call=coming, by=SYSTEM)
    over = make.call(story.programme, lines, title="Red bags", eligible_kinds=["charity"])
    calls.announce(call=over, by=SYSTEM)
    Call.objects.filter(pk=over.pk).update(closes_at=now - timedelta(hours=1))
    make.call(story.programme, lines, title="Secret draft")
    return story


def test_calls_are_found_open_ones_first(several):
    assert titles() == ["Night monitoring", "Shared records", "Red bags"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=night", ["Night monitoring"]),
        ("q=NIGHT+monitor", ["Night monitoring"]),
        ("q=nothing+of+that", []),
        ("status=open", ["Night monitoring"]),
        ("status=forecast&status=closed", ["Shared records", "Red bags"]),
        ("kind=charity", ["Red bags"]),
        ("amount=large", ["Shared records"]),
        ("status=nonsense&kind=x&theme=99&amount=y", ["Night monitoring", "Shared records",
                                                      "Red bags"]),
        ("q=%00", ["Night monitoring", "Shared records", "Red bags"]),
    ],
)  # fmt: skip
def test_filters_narrow(several, query, expected):
    assert titles(query) == expected


def test_call_for_all_england_is_found_in_every_region(several):
    south, north = make.region("South West"), make.region()
    assert titles(f"region={south.code}") == ["Night monitoring", "Shared records", "Red bags"]
    assert titles(f"region={north.code}") == ["Night monitoring", "Red bags"]


def test_counts_say_what_each_choice_would_show(several):
    search = CallSearch(QueryDict("status=open"))
    facets = {f["name"]: f["items"] for f in search.facets(found("status=open").counts)}
    assert {i["words"]: i["count"] for i in facets["status"]} == {
        "Open": 1, "Coming soon": 1, "Closed": 1,
    }  # fmt: skip
    assert [(i["words"], i["count"]) for i in facets["kind"]] == [("Local authority", 1)]
    regions = {i["words"]: i["count"] for i in facets["region"]}
    assert regions["South West"] == 1


def test_search_takes_as_many_queries_for_three_calls_as_for_one(story, django_assert_num_queries):
    with django_assert_num_queries(5):
        found("q=call")
    for _ in range(2):
        make.story_again(story)
    with django_assert_num_queries(5):
        found("q=call")


def test_calendar_file_is_as_the_standard_asks(story):
    Call.objects.filter(pk=story.call.pk).update(
        title="Care, at home; nights \\ days “ünïcode” " + "very long " * 12
    )
    text = calendar(make.fresh(story.call), "https://x.example/calls/c/", "x.example")
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = re.sub(r"\r\n ", "", text).split("\r\n")
    assert (whole[0], whole[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == 2
    assert "VERSION:2.0" in whole
    assert f"DTSTART:{story.call.closes_at:%Y%m%dT%H%M%SZ}" in whole
    assert any(r"Care\, at home\; nights \\ days “ünïcode”" in line for line in whole)
    uids = [line for line in whole if line.startswith("UID:")]
    assert len(set(uids)) == 2


def test_calendar_is_served_for_public_calls_alone(story, client):
    answer = client.get(reverse("calls:dates", args=[story.call.code]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    hidden = make.call(story.programme, [])
    assert client.get(reverse("calls:dates", args=[hidden.code])).status_code == 404


@pytest.mark.parametrize(
    ("name", "entry"),
    [("feed_rss", ".//item"), ("feed_atom", ".//{http://www.w3.org/2005/Atom}entry")],
)
def test_feeds_tell_what_changed_and_take_the_filters(several, client, name, entry):
    address = reverse(f"calls:{name}")
    every = ET.fromstring(client.get(address).content)  # noqa: S314 - our own answer
    assert len(every.findall(entry)) == 3
    narrow = ET.fromstring(client.get(f"{address}?q=night").content)  # noqa: S314 - as above
    assert len(narrow.findall(entry)) == 1
    assert b"Secret draft" not in client.get(address).content


def test_api_takes_the_same_filters(several, client):
    rows = client.get("/api/calls?status=forecast").json()["items"]
    assert [row["title"] for row in rows] == ["Shared records"]
    assert rows[0]["regions"] == ["South West"]
    assert rows[0]["who_can_bid"] == ["Local authority"]
    assert client.get("/api/calls?q=night&kind=charity").json()["count"] == 0
    with CaptureQueriesContext(connection) as few:
        assert client.get("/api/calls").json()["count"] == 3
    standard, call = make.standard(), Call.objects.get(title="Shared records")
    CallDemand.objects.create(call=call, standard=standard, level=2)
    measure, day = standard.measures.get(code="safe-practice"), date(2027, 1, 1)
    wanted = {"measure": measure, "level": 3, "due_on": day}
    for one in Call.objects.exclude(pk=call.pk):
        CallDemand.objects.create(call=one, standard=standard, **wanted)
    levels = client.get("/api/calls?status=forecast").json()["items"][0]["levels"]
    known = {"standard": standard.name, "version": standard.version}
    words = f"({standard.name}, {standard.version})"
    assert levels == [
        {**known, "measure": None, "level": 2, "by": None,
         "words": f"level 2 of every measure {words}"},
    ]  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        rows = client.get("/api/calls?status=open").json()["items"]
    assert rows[0]["levels"][0] | {"words": ""} == {
        **known, "measure": "Safe practice", "level": 3, "by": "2027-01-01", "words": "",
    }  # fmt: skip
    assert len(many) <= len(few) + 2
