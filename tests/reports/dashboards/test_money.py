"""A programme's money by year, with a chart, and what waits in the running of calls."""

from decimal import Decimal

from django.urls import reverse

from programmes.calls import actions as calls
from programmes.funds import actions as funds
from reports.dashboards.queries import money_of
from tests import make
from tests.pages import get, queries, text

PAGE = reverse("dashboards:money", args=["fund"])


def test_money_shows_what_is_reserved_committed_and_free(story):
    before = text(get(story.people.adviser, PAGE))
    assert "Reserved for calls" in before
    assert f"{story.call}</a>: £100,000" in before
    assert "£10,000" in before  # free
    make.offered_bid(story)
    after = money_of(story.programme)
    whole = after.rows[-1]
    assert (whole.reserved, whole.committed, whole.free) == (0, Decimal(40000), Decimal(70000))
    assert after.calls == []
    assert "Set aside for calls" in text(get(story.people.finance, PAGE))


def test_parts_of_a_column_are_the_budget_of_its_year(story, offered):
    found = money_of(story.programme)
    for place, row in enumerate(r for r in found.rows if r.financial_year and not r.kind):
        assert sum(series.values[place] for series in found.chart.series) == row.budget


def test_programme_without_a_budget_has_a_page(story):
    make.programme("empty")
    assert get(story.people.auditor, reverse("dashboards:money", args=["empty"])).status_code == 200


def test_money_is_for_those_who_read_it(story):
    assert get(story.people.author, PAGE).status_code == 404
    assert get(story.people.elsewhere, PAGE).status_code == 404
    assert get(story.people.editor, PAGE).status_code == 404


def test_page_takes_as_many_queries_for_three_calls_as_for_one(story):
    before = queries(story.people.finance, PAGE)
    for _ in range(2):
        make.story_again(story)
    assert queries(story.people.finance, PAGE) == before


def test_questions_and_budgets_wait_for_those_who_decide(story):
    calls.ask(call=story.call, text="May we?", by=story.people.author)
    funds.propose_virement(
        programme=story.programme,
        source=None,
        target=(2026, "revenue"),
        amount=Decimal(500),
        reason="More.",
        key="waits",
        by=story.people.officer,
    )
    assert "a question about a call" in text(get(story.people.officer, "/manage/"))
    assert "£500, new money for" in text(get(story.people.senior, "/manage/"))
    assert "£500, new money for" not in text(get(story.people.officer, "/manage/"))
