"""Figures follow from rows, and from what was known at the moment."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from carefund.core import clock
from grants.awards import actions as awards
from grants.benefits import actions as benefits
from grants.benefits.models import BenefitObservation
from reports.figures import registry
from reports.figures.facts import Facts
from reports.figures.model import Definition, How, Row, Unit, value_of
from reports.figures.stocks import elapsed
from tests import make
from tests.reports import make as telling


def value(code, programme, moment, **chosen):
    return registry.compute(code, programme, moment, **chosen).value


EXPECTED = {
    # figure: after the award, the payment, the measurement, the verification
    "budget": ("110000.00",) * 4,
    "committed": ("40000.00",) * 4,
    "claimed": (0, "12000.50", "12000.50", "12000.50"),
    "paid": (0, "12000.50", "12000.50", "12000.50"),
    "free": ("70000.00",) * 4,
    "share_paid": ("0.0", "30.0", "30.0", "30.0"),
    "awards": (1, 1, 1, 1),
    "organisations": (1, 1, 1, 1),
    "awarded": ("40000.00",) * 4,
    "award_mean": ("40000.00",) * 4,
    "milestones": (2, 2, 2, 2),
    "milestones_achieved": (0, 1, 1, 1),
    "milestones_overdue": (0, 0, 1, 1),
    "promised": ("16000.00",) * 4,
    "measured": (0, 0, "12000.00", "12000.00"),
    "verified": (0, 0, 0, "12000.00"),
    "return_verified": (None, "0.00", "0.00", "1.00"),
    "return_promised": ("0.40",) * 4,
}


def test_figures_have_their_value_as_at_each_moment(story, under_way, known_time):
    told = telling.tell(story, known_time, under_way)
    moments = (
        told.after_award,
        told.after_payment,
        told.after_measure,
        told.after_verification,
    )
    for code, wanted in EXPECTED.items():
        found = tuple(value(code, story.programme, moment) for moment in moments)
        assert found == tuple(None if w is None else Decimal(w) for w in wanted), code


def test_past_values_stay_when_facts_are_corrected_later(story, under_way, known_time):
    told = telling.tell(story, known_time, under_way)
    codes = [d.code for d in registry.definitions()]

    def all_values(moment):
        facts = Facts(story.programme, moment)
        return {code: registry.of(facts, code).value for code in codes}

    before = all_values(told.after_verification)
    known_time.shift(timedelta(days=30))
    first = BenefitObservation.objects.get()
    benefits.observe(
        benefit=first.benefit,
        period_starts_on=first.period_starts_on,
        period_ends_on=first.period_ends_on,
        measured=Decimal(90),
        method="Counted again.",
        by=story.people.lead,
    )
    benefits.revise_forecast(
        benefit=first.benefit,
        financial_year=2027,
        amount=Decimal("9000.00"),
        reason="Later start.",
        by=story.people.lead,
    )
    assert all_values(told.after_verification) == before
    after = all_values(clock.now())
    assert (after["verified"], after["measured"]) == (Decimal(0), Decimal("4000.00"))
    assert after["promised"] == Decimal("9000.00")


def test_rows_add_up_to_every_summed_figure(story, under_way, known_time):
    telling.tell(story, known_time, under_way)
    facts = Facts(story.programme, clock.now())
    for definition in registry.definitions():
        figure = registry.of(facts, definition.code)
        if definition.how == How.SUM:
            assert figure.value == sum((row.amount for row in figure.rows), Decimal(0))
        for tag in ("theme", "region", "board", "year"):
            parts = registry.split(facts, definition.code, tag)
            if definition.how == How.SUM:
                assert figure.value == sum((part.value for part in parts.values()), Decimal(0))


def test_offer_that_is_only_open_is_no_award(story, offered):
    now = clock.now()
    assert value("awards", story.programme, now) == 0
    assert value("committed", story.programme, now) == Decimal("40000.00")


def test_two_awards_to_one_council_count_once_as_organisation():
    rows = [row(Decimal(1), group="a"), row(Decimal(2), group="a"), row(Decimal(3), group="b")]
    assert value_of(definition(How.DISTINCT), rows) == 2
    assert value_of(definition(How.COUNT), rows) == 3


def test_queries_do_not_grow_with_projects(story, known_time):
    def count():
        with CaptureQueriesContext(connection) as seen:
            facts = Facts(story.programme, clock.now())
            for each in registry.definitions():
                assert registry.of(facts, each.code).value is not False
        return len(seen)

    telling.projects(story, 1)
    count()  # content types are remembered from here on
    one = count()
    other = make.story_again(story)
    telling.projects(other, 2)
    assert value("awards", story.programme, clock.now()) == 3
    assert count() == one


def test_figure_cannot_be_narrowed_by_what_rows_do_not_say(story):
    with pytest.raises(registry.UnknownFigure):
        registry.compute("paid", story.programme, clock.now(), colour="red")
    with pytest.raises(registry.UnknownFigure):
        registry.compute("nothing", story.programme, clock.now())


def test_every_figure_is_defined_in_words():
    for each in registry.definitions():
        assert all((each.title, each.formula, each.source))
        assert each.words.endswith(".")


def row(amount, part="", group=""):
    today = clock.today()
    return Row(
        record="Thing", pk=1, what="", who="", on=today, amount=amount, part=part, group=group
    )


def definition(how):
    return Definition("x", "X", "X.", "x", "x", Unit.MONEY, how, lambda facts: ())


pence = st.integers(-(10**12), 10**12).map(lambda n: Decimal(n) / 100)


@given(st.lists(pence))
def test_sum_is_exact_for_any_rows(amounts):
    total = value_of(definition(How.SUM), [row(a) for a in amounts])
    assert total * 100 == sum(int(a * 100) for a in amounts)


@given(st.lists(pence, min_size=1), st.lists(pence))
def test_share_has_no_value_without_a_whole(top, whole):
    rows = [row(a) for a in top] + [row(a, part="whole") for a in whole]
    assert (value_of(definition(How.SHARE), rows) is None) == (sum(whole) == 0)


# The financial year after it must still be one that Python's calendar knows.
@given(st.dates(min_value=date(2000, 1, 1), max_value=date(9998, 12, 31)))
def test_part_of_a_year_lies_between_none_and_all(day):
    year, gone, days = elapsed(day)
    assert 0 < gone <= days in (365, 366)
    assert year in (day.year, day.year - 1)


def test_section_31_grants_are_a_figure_of_their_own_as_at_any_day(story, under_way, known_time):
    before = clock.now()
    known_time.shift(timedelta(days=1))
    made = make.issued_determination(story)
    then = clock.now()
    figure = registry.compute("determined", story.programme, then)
    assert (figure.value, figure.count) == (Decimal("10.01"), 1)
    (entry,) = figure.rows
    assert (entry.who, entry.what) == ("Here Council", str(made))
    assert value("awarded", story.programme, then) == Decimal("40000.00")
    known_time.shift(timedelta(days=1))
    awards.withdraw_determination(determination=made, reason="An error.", by=story.people.senior)
    assert value("determined", story.programme, clock.now()) == 0
    assert value("determined", story.programme, then) == Decimal("10.01")
    assert value("determined", story.programme, before) == 0
