"""Long stocks are added up by the database; a figure's rows are read a page at a time."""

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext

from carefund.core import clock
from carefund.core.money import PENNY
from grants.benefits import actions as benefits
from grants.benefits.models import BenefitForecast, BenefitObservation
from programmes.funds.models import LedgerEntry
from reports.figures import registry
from reports.figures.facts import Facts
from reports.figures.stocks import elapsed
from reports.publications import queries
from reports.publications.build import changes, snapshot
from tests.reports import make as telling

FIGURE = "/reports/figures/fund/measured/"


@pytest.fixture
def made():
    """Which facts of long stocks became objects."""
    found = []

    def note(instance, **_):
        found.append(instance)

    models = (BenefitObservation, BenefitForecast, LedgerEntry)
    for model in models:
        post_init.connect(note, sender=model)
    yield found
    for model in models:
        post_init.disconnect(note, sender=model)


def observe(benefit, by, number):
    for month in range(1, number + 1):
        benefits.observe(
            benefit=benefit,
            period_starts_on=date(2026, month, 1),
            period_ends_on=date(2026, month, 28),
            measured=Decimal(90 - month),
            method="Falls register.",
            by=by,
        )


def figures(story, moment):
    """Every value, the queries it took, and how many sums were read for it."""
    with CaptureQueriesContext(connection) as seen:
        facts = Facts(story.programme, moment)
        values = {d.code: registry.of(facts, d.code).value for d in registry.definitions()}
        registry.split(facts, "measured", "region")
    return values, len(seen), sum(map(len, facts._sums.values()))


def test_neither_queries_nor_rows_read_grow_with_observations(story, under_way, known_time, made):
    told = telling.tell(story, known_time, under_way)
    benefit = told.project.benefits.get()
    observe(benefit, story.people.lead, 5)
    made.clear()
    first, queries_before, sums_before = figures(story, clock.now())
    observe(benefit, story.people.lead, 8)
    made.clear()
    second, queries_after, sums_after = figures(story, clock.now())
    assert second["measured"] > first["measured"]
    assert (queries_after, sums_after) == (queries_before, sums_before)
    assert made == []


def test_figure_reads_only_the_rows_of_its_page(client, story, under_way, known_time, monkeypatch):
    told = telling.tell(story, known_time, under_way)
    observe(told.project.benefits.get(), story.people.lead, 8)
    found = registry.compute("measured", story.programme, clock.now())
    whole = found.rows
    assert found.count == len(whole) == 9
    assert [row.pk for start in range(0, 9, 4) for row in found.part(start, start + 4)] == [
        row.pk for row in whole
    ]
    assert sum(row.amount for row in whole) == found.value
    project = registry.compute(
        "measured",
        story.programme,
        clock.now(),
        project=told.project.reference,
        year="2025 to 2026",
    )
    assert [row.pk for row in project.rows] == [
        row.pk for row in whole if row.tags["year"] == "2025 to 2026"
    ]
    monkeypatch.setattr("reports.publications.views.ROWS_A_PAGE", 4)
    client.force_login(story.people.adviser)
    page = client.get(FIGURE, {"page": 3}).content.decode()
    assert "9 rows" in page
    assert f"Observation {whole[8].pk}" in page
    assert f"Observation {whole[0].pk}<" not in page


def test_report_of_many_rows_says_how_many_there_are(story, under_way, known_time, monkeypatch):
    told = telling.tell(story, known_time, under_way)
    observe(told.project.benefits.get(), story.people.lead, 8)
    for seen in BenefitObservation.objects.filter(verification=None, superseded_by=None):
        benefits.verify(observation=seen, accepted=True, note="", by=story.people.officer)
    day = clock.today()
    usual = queries.snapshot(story.programme, day)
    monkeypatch.setattr(snapshot, "MOST_ROWS", 3)
    monkeypatch.setattr(changes, "MOST", 1)
    short = queries.snapshot(story.programme, day)
    for code, each in usual["figures"].items():
        assert short["figures"][code]["value"] == each["value"]
        assert short["figures"][code]["count"] == len(each["rows"])
    assert len(usual["rows"]["measured"]) == 9
    assert short["rows"]["measured"] == []
    told = [line for line in short["changes"] if line["kind"] == "Benefit verified"]
    assert [line["what"] for line in told][1:] == ["8 more, which the page of the figure lists"]
    whole = sum(Decimal(x["amount"]) for x in usual["changes"] if x["kind"] == "Benefit verified")
    assert sum(Decimal(line["amount"]) for line in told) == whole


def test_part_of_the_promise_is_rounded_forecast_by_forecast(story, under_way, known_time):
    telling.tell(story, known_time, under_way)
    for forecast in range(3):
        facts = Facts(story.programme, clock.now() - timedelta(days=100 * forecast + 7))
        year, gone, days = elapsed(facts.day)
        wanted = Decimal(0)
        for row in registry.of(facts, "promised").rows:
            if row.tags["year"] < f"{year}":
                wanted += row.amount
            elif row.tags["year"].startswith(f"{year}"):
                wanted += (row.amount * gone / days).quantize(PENNY, ROUND_HALF_EVEN)
        assert registry.of(facts, "promised_by_now").value == wanted


def test_two_days_read_in_one_walk_say_what_each_says_alone(story, under_way, known_time):
    told = telling.tell(story, known_time, under_way)
    benefit = told.project.benefits.get()
    observe(benefit, story.people.lead, 3)
    known_time.shift(timedelta(days=30))
    for seen in BenefitObservation.objects.filter(verification=None)[:2]:
        benefits.verify(observation=seen, accepted=True, note="", by=story.people.officer)
    observe(benefit, story.people.lead, 1)  # replaces what was verified before
    benefits.revise_forecast(
        benefit=benefit,
        financial_year=2026,
        amount=Decimal("9000.01"),
        reason="Later start.",
        by=story.people.lead,
    )
    moments = (told.after_award, told.after_measure, told.after_verification, clock.now())
    for earlier, later in pairwise(moments):
        before = Facts(story.programme, earlier)
        after = Facts(story.programme, later, before=before)
        for facts, moment in ((before, earlier), (after, later)):
            alone = Facts(story.programme, moment)
            for each in registry.definitions():
                found, wanted = registry.of(facts, each.code), registry.of(alone, each.code)
                assert (found.value, found.count) == (wanted.value, wanted.count), each.code
        for tag in ("theme", "class", "year", "kind"):
            for code in ("paid", "promised_by_now", "measured", "verified"):
                found, wanted = (
                    {name: part.value for name, part in registry.split(facts, code, tag).items()}
                    for facts in (after, Facts(story.programme, later))
                )
                assert found == wanted
