"""What the panel did: who was there, and what it agreed."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from carefund.accounts.models import User
from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from grants.bids import actions as bids
from grants.bids.models import Bid
from programmes.calls.models import Call

from .. import queries
from ..models import Attendance, Panel, PanelDecision


def record_panel(
    *, call: Call, met_on: date, attendance: Iterable[tuple[User, str]], note: str, by: Actor
) -> Panel:
    """A sitting with one chair and at least one other person."""
    require(by, "assessment.assign_call", call)
    present = list(attendance)
    parts = [part for _, part in present]
    if parts.count("chair") != 1:
        raise Refused("Say who was in the chair: one person.")
    if "member" not in parts:
        raise Refused("A panel has at least one member besides the chair.")
    if met_on > clock.today():
        raise Refused("Record the panel after it has met.")
    with transaction.atomic():
        panel = Panel.objects.create(
            call=call, met_on=met_on, note=note.strip(), made_at=clock.now(), made_by=person(by)
        )
        for who, part in present:
            Attendance.objects.create(panel=panel, person=who, part=part)
        record("assessment.record_panel", panel, by=by)
    return panel


def agree_score(
    *,
    bid: Bid,
    panel: Panel,
    scores: Mapping[str, int],
    rationale: str,
    stood_aside: Iterable[User],
    by: Actor,
) -> PanelDecision:
    """The score that the panel agreed takes the place of the assessors' mean.

    Whoever declared a conflict with the bid, or belongs to its organisation, must have left.
    """
    require(by, "assessment.moderate", bid)
    if panel.call_id != bid.call_id:
        raise Refused("This panel moderated another call.")
    if not rationale.strip():
        raise Refused("Say why the panel agreed on this score.")
    criteria = list(bid.call.criteria.all())
    for criterion in criteria:
        if not 0 <= scores.get(criterion.code, -1) <= criterion.highest_score:
            raise Refused(f"Score “{criterion.title}” from 0 to {criterion.highest_score}.")
    aside = list(stood_aside)
    _refuse_conflicted(bid, panel, aside)
    agreed = queries.weighted(criteria, {c.pk: scores[c.code] for c in criteria})
    with transaction.atomic():
        before = queries.score_of(bid) or agreed
        bids.moderate_score(bid=bid, score=agreed, reason=rationale, by=by)
        return PanelDecision.objects.create(
            panel=panel,
            bid=bid,
            scores={c.code: scores[c.code] for c in criteria},
            before=before,
            agreed=agreed,
            rationale=rationale.strip(),
            stood_aside=sorted(str(one) for one in aside),
            at=clock.now(),
            by=person(by),
        )


def _refuse_conflicted(bid: Bid, panel: Panel, aside: list[User]) -> None:
    present = {
        row.person for row in panel.attendance.exclude(part="apologies").select_related("person")
    }
    staying = present - set(aside)
    if stays := [str(one) for one in staying if queries.is_conflicted(one, bid)]:
        raise Refused("They have a conflict and must stand aside: " + ", ".join(sorted(stays)))
    if not staying:
        raise Refused("Somebody must be left to agree the score.")
