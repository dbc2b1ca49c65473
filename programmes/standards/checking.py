"""The levels that a call asks for, among the rules that say who may bid."""

from carefund.core.errors import Refused
from carefund.core.formats import uk_date
from carefund.core.paths import path_to
from programmes.calls.eligibility import Check
from programmes.calls.models import Call
from programmes.organisations.models import Organisation
from programmes.waivers.queries import waived
from programmes.waivers.registry import Rule

from . import queries

LEVEL = Rule(
    "standards.level",
    "Level of a standard that a call asks for",
    "Only organisations whose last self-assessment shows the levels that a call asks for may bid.",
)


def stays_before_its_days(call: Call) -> None:
    """Raises `Refused` when more time would leave the day of a condition behind."""
    passed = [row for row in queries.conditions_of(call) if not queries.fits(call, row.due_on)]
    if passed:
        row = passed[0]
        raise Refused(
            f"The grants of the call must reach {row.words} by {uk_date(row.due_on)}. Choose a "
            "closing time before that day."
        )


def checks(call: Call, organisation: Organisation) -> list[Check]:
    wanted = queries.to_bid(call)
    if not wanted:
        return []
    passes = waived(LEVEL.key, organisation, call.programme_id, call) is not None
    href = path_to("standards:own", organisation.pk)
    found = []
    standings = queries.standings([(demand, organisation) for demand in wanted])
    for demand, (_, why_not) in zip(wanted, standings, strict=True):
        reason = "" if passes else why_not
        reason = reason and f"This call asks for {demand.words}. {reason}"
        found.append(Check(f"Reached {demand.words}", not reason, reason, href))
    return found
