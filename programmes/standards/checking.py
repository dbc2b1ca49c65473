"""The levels that a call asks for, among the rules that say who may bid."""

from django.urls import reverse

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


def checks(call: Call, organisation: Organisation) -> list[Check]:
    wanted = queries.to_bid(call)
    if not wanted:
        return []
    passes = waived(LEVEL.key, organisation, call.programme_id, call) is not None
    href = reverse("standards:own", args=[organisation.pk])
    found = []
    standings = queries.standings([(demand, organisation) for demand in wanted])
    for demand, (_, why_not) in zip(wanted, standings, strict=True):
        reason = "" if passes else why_not
        reason = reason and f"This call asks for {demand.words}. {reason}"
        found.append(Check(f"Reached {demand.words}", not reason, reason, href))
    return found
