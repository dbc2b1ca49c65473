"""Who may bid, as rules over the register of organisations, each with its reason."""

from collections.abc import Callable
from dataclasses import dataclass

from carefund.core import clock
from programmes.organisations.models import Organisation
from programmes.waivers.queries import waived
from programmes.waivers.registry import Rule

from .models import Call

ELIGIBLE = Rule(
    "calls.eligible_kind",
    "Kind of organisation that may bid",
    "Only organisations of the kinds that a call names may bid to it.",
)
PLACE = Rule(
    "calls.eligible_region",
    "Region that a call is for",
    "Only organisations of the regions that a call names may bid to it.",
)


@dataclass(frozen=True)
class Check:
    """One rule: what it asks, whether an organisation meets it, and why not as a sentence."""

    asks: str
    passed: bool
    reason: str = ""
    # Where the organisation can do something about it.
    href: str = ""


# Rules of later slices about a call and an organisation.
Source = Callable[[Call, Organisation], list[Check]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Call it in `AppConfig.ready`. Asked before a bid can start, and again on its way in."""
    _sources[name] = source


def further(call: Call, organisation: Organisation) -> list[Check]:
    """The rules of later slices; they can change between the start of a bid and its submission."""
    return [check for name in sorted(_sources) for check in _sources[name](call, organisation)]


def why_no_further(call: Call, organisation: Organisation) -> str:
    """Why a bid that was begun cannot go on, as a sentence; empty when it can."""
    found = further(call, organisation)
    return next((check.reason for check in found if not check.passed), "")


def kinds_of(call: Call) -> list[str]:
    return [str(Organisation.Kind(kind).label) for kind in call.eligible_kinds]


def checks(call: Call, organisation: Organisation) -> list[Check]:
    """Every rule of the call about one organisation, in the order in which they are told."""
    found = [_kind(call, organisation), _place(call, organisation), _exists(organisation)]
    if call.invited_only or call.invitations.exists():
        found.append(_invited(call, organisation))
    return found + further(call, organisation)


def may_bid(call: Call, organisation: Organisation) -> str:
    """Why `organisation` may not bid to `call`, as a sentence; empty when it may."""
    return next((check.reason for check in checks(call, organisation) if not check.passed), "")


def _kind(call: Call, organisation: Organisation) -> Check:
    passed = organisation.kind in call.eligible_kinds or bool(
        waived(ELIGIBLE.key, organisation, call.programme_id, call)
    )
    names = ", ".join(name.lower() for name in kinds_of(call))
    return Check(f"Kind of organisation: {names}", passed, f"This call is for: {names}.")


def _place(call: Call, organisation: Organisation) -> Check:
    regions = list(call.eligible_regions.all())
    if not regions:
        return Check("Anywhere in England", passed=True)
    names = ", ".join(region.name for region in regions)
    # Who works across the country stands in no region.
    inside = organisation.region_id is None or organisation.region_id in {r.pk for r in regions}
    passed = inside or bool(waived(PLACE.key, organisation, call.programme_id, call))
    own = organisation.region.name if organisation.region else "no region"
    return Check(
        f"Region: {names}",
        passed,
        f"This call is for organisations in: {names}. This organisation is in {own}.",
    )


def _exists(organisation: Organisation) -> Check:
    over = organisation.valid_to is not None and organisation.valid_to <= clock.today()
    return Check(
        "The organisation exists",
        not over,
        "This organisation no longer exists. Its successor may bid.",
    )


def _invited(call: Call, organisation: Organisation) -> Check:
    passed = call.invitations.filter(organisation=organisation).exists()
    if call.follows:
        return Check(
            f"Funded in the first phase: {call.follows}",
            passed,
            f"This call is only for organisations that were funded in “{call.follows}” and "
            "invited to go on.",
        )
    return Check("Invited", passed, "This call is open only to organisations that were invited.")
