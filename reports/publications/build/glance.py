"""At a glance: six figures, three sentences, one chart."""

from dataclasses import replace
from decimal import Decimal

from reports.charts.bars import BarChart
from reports.charts.base import Series
from reports.charts.display import Unit, day, percent, pounds_in_words

from ..document.model import Block, Bullets, Callout, ChartBlock, Figure, Figures, Kind, Part
from .money import chart as money_chart
from .national import chart as target_chart
from .reading import Reading, amount, number, plural

MEASURES = (
    ("promised", "Promised in all"),
    ("promised_by_now", "Promised by now"),
    ("measured", "Measured"),
    ("verified", "Verified"),
)
BENEFITS = "Benefit profiles and observations of the programme"


def part(reading: Reading) -> Part:
    blocks: list[Block] = [Figures(_cards(reading)), Bullets(_sentences(reading))]
    if told := reading.programme["reported_benefits"]:
        blocks.append(Callout(_reported(reading, amount(told)), "Reported programme total"))
    if chart := _chart(reading) or money_chart(reading) or target_chart(reading):
        blocks.append(ChartBlock(chart))
    return Part("At a glance", tuple(blocks))


def _cards(reading: Reading):
    organisations = plural(reading.count("organisations"), "organisation")
    due = plural(reading.count("milestones"), "milestone")
    return (
        reading.card("awards", unit=f"to {organisations}", label="Grants awarded"),
        reading.card("awarded"),
        reading.card("paid"),
        reading.card("milestones_achieved", unit=f"of {due}"),
        reading.card("verified"),
        _gain(reading),
    )


def _gain(reading: Reading) -> Figure:
    """A ratio, said in the money that it is a ratio of: £0.71 for each £1."""
    card = reading.card("return_verified", unit="of verified benefit for each £1 paid")
    return replace(card, kind=Kind.MONEY)


def _sentences(reading: Reading) -> tuple[str, ...]:
    return (
        _on_money(reading),
        *_on_determinations(reading),
        _on_benefits(reading),
        _on_delivery(reading),
    )


def _on_determinations(reading: Reading) -> tuple[str, ...]:
    """Reports from before there were section 31 grants say nothing of them."""
    if not reading.knows("determined") or not reading.amount("determined"):
        return ()
    note = reading.note_on("determined")
    what = f"**{reading.words('determined')} was determined in section 31 grants**"
    return (f"{what} to authorities by formula, beside the grants that were bid for.[^{note}]",)


def _on_money(reading: Reading) -> str:
    if not reading.count("awards"):
        if reading.amount("budget"):
            return f"**No grant has been awarded yet** from a budget of {reading.words('budget')}."
        return "**No grant has been awarded and no budget has been set yet.**"
    grants = plural(reading.count("awards"), "grant")
    organisations = plural(reading.count("organisations"), "organisation")
    start = f"**{reading.words('awarded')} has been awarded** in {grants} to {organisations}"
    if not reading.amount("paid"):
        return f"{start}; none of it has been paid yet."
    if reading.knows("determined") and reading.amount("determined"):
        return f"{start}; {reading.words('paid')} has been paid in all, section 31 grants included."
    return f"{start}; {reading.words('paid')} of it has been paid."


def _on_benefits(reading: Reading) -> str:
    promised, by_now = reading.amount("promised"), reading.amount("promised_by_now")
    if not promised:
        return "**No benefit in money has been promised yet.**"
    if not by_now:
        return f"**{reading.words('promised')} of benefits are promised**; none falls due yet."
    verified = reading.amount("verified")
    if not verified:
        waiting = reading.amount("measured")
        end = f"; {pounds_in_words(waiting)} measured awaits verification" if waiting else ""
        return (
            f"**No benefit has been verified yet** of the {pounds_in_words(by_now)} promised by "
            f"now{end}."
        )
    share = percent(number(reading.value("realised")) or 0)
    return (
        f"**{pounds_in_words(verified)} of benefits are verified**: {share} of the "
        f"{pounds_in_words(by_now)} promised by now, out of {pounds_in_words(promised)} in all."
    )


def _on_delivery(reading: Reading) -> str:
    planned = reading.count("milestones")
    if not planned:
        return "**No milestone has been agreed yet.**"
    achieved = reading.count("milestones_achieved")
    overdue, late = reading.count("milestones_overdue"), reading.count("milestones_late")
    start = f"**{achieved:,} of {plural(planned, 'milestone')} achieved**"
    if not overdue and not late:
        return f"{start}; none is overdue or forecast late."
    return f"{start}; {overdue:,} overdue and {late:,} forecast late."


def _reported(reading: Reading, told: Decimal) -> str:
    number = reading.note(
        "The reported programme total was announced without a breakdown or a method. It is shown "
        "as it was reported and enters no other figure."
    )
    return (
        f"Analysis reported with the programme showed it could lead to {pounds_in_words(told)} of "
        f"benefits. Basis not published.[^{number}]"
    )


def _chart(reading: Reading) -> BarChart | None:
    """From promise to proof; nothing where nothing was promised or measured."""
    if not any(map(reading.amount, ("promised", "measured"))):
        return None
    return BarChart(
        title=_title(reading),
        source=BENEFITS,
        as_at=reading.as_at,
        unit=Unit.MONEY,
        sample=reading.sample("promised", "measured"),
        labels=tuple(name for _, name in MEASURES),
        series=(Series("Benefits", tuple(reading.amount(code) for code, _ in MEASURES)),),
        category="Benefits",
    )


def _title(reading: Reading) -> str:
    share = reading.value("realised")
    if share is None:
        return f"No benefit falls due before {day(reading.as_at)}"
    return f"Verified benefits are {percent(share)} of what was promised by now"
