"""What calls and grants ask for, and whether an organisation has reached it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from carefund.core import clock
from carefund.core.formats import uk_date
from carefund.core.prepared import Prepared
from programmes.calls.models import Call
from programmes.organisations.models import Organisation

from ..models import CallDemand, Level, Measure, SelfAssessment, Wanted
from .profiles import with_levels


def demands_of(call: Call) -> QuerySet[CallDemand]:
    return demands_by(call.pk)


def demands_by(call: Any) -> QuerySet[CallDemand]:
    """By the number of the call."""
    return CallDemand.objects.filter(call=call).select_related("standard", "measure")


def to_bid(call: Call) -> list[CallDemand]:
    return _to_bid(call=call.pk)


_to_bid = Prepared(
    lambda call: CallDemand.objects.filter(call=call, due_on=None).select_related(
        "standard", "measure"
    )
)


def conditions_of(call: Call) -> list[CallDemand]:
    """What becomes a condition of every grant of the call."""
    return [demand for demand in demands_of(call) if demand.due_on is not None]


def fits(call: Call, due_on: date | None) -> bool:
    """Whether a grant of the call can have a level to be reached by that day."""
    if due_on is None:
        return True
    closes_on = call.closes_at.astimezone(clock.LONDON).date()
    return closes_on < due_on <= call.project_ends_on


def days_that_do_not_fit(call: Call) -> list[str]:
    """What the call asks for by a day that its dates have left behind, as sentences."""
    return [
        f"It asks for {row.words} by {uk_date(row.due_on)}. That must be after the call closes "
        f"and not after its projects end on {uk_date(call.project_ends_on)}: take it back, and "
        "ask for it by another day."
        for row in conditions_of(call)
        if not fits(call, row.due_on)
    ]


def why_not(wanted: Wanted, organisation: Organisation) -> str:
    """Why the organisation has not reached the level, as a sentence; empty when it has."""
    return standing(wanted, organisation)[1]


def standing(wanted: Wanted, organisation: Organisation) -> tuple[SelfAssessment | None, str]:
    return standings([(wanted, organisation)])[0]


def standings(
    pairs: Sequence[tuple[Wanted, Organisation]],
) -> list[tuple[SelfAssessment | None, str]]:
    """For each: what was submitted last of the catalogue, and why that does not show the level.

    An older version than the one that was asked for shows nothing: its words are others. A few
    queries, however many pairs.
    """
    if not pairs:
        return []
    places = {organisation.pk for _, organisation in pairs}
    rows = with_levels(SelfAssessment.objects.last_of_each().filter(organisation__in=places))
    last = {(row.organisation_id, row.standard.code): row for row in rows}
    whole_of: dict[int, list[Measure]] = {}
    asked = {wanted.standard_id for wanted, _ in pairs if wanted.measure_id is None}
    for measure in Measure.objects.filter(standard__in=asked).order_by("number"):
        whole_of.setdefault(measure.standard_id, []).append(measure)
    found = []
    for wanted, organisation in pairs:
        measures = [wanted.measure] if wanted.measure else whole_of.get(wanted.standard_id, [])
        row = last.get((organisation.pk, wanted.standard.code))
        found.append((row, _why_not(wanted, organisation, row, measures)))
    return found


def _why_not(
    wanted: Wanted, who: Organisation, last: SelfAssessment | None, measures: list[Measure]
) -> str:
    if last is None or last.submitted_at is None:
        return f"{who} has not submitted a self-assessment of this standard."
    if last.standard.published_on < wanted.standard.published_on:
        return (
            f"The last self-assessment of {who} is of version {last.standard.version}. "
            f"Version {wanted.standard.version} is asked for."
        )
    levels: dict[str, Level] = {row.measure.code: row.level for row in vars(last)["levels"]}
    short = _short_of(wanted.level, measures, levels)
    day = uk_date(last.submitted_at)
    return f"The self-assessment of {day} says: {', '.join(short)}." if short else ""


def _short_of(least: int, measures: list[Measure], levels: dict[str, Level]) -> list[str]:
    """The measures in which the level is not reached, each with the level that is."""
    found = []
    for measure in measures:
        level = levels.get(measure.code)
        if level is None or level.level < least:
            reached = f"level {level.level}" if level else "no level"
            found.append(f"{reached} of “{measure.title}”")
    return found
