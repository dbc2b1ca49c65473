"""Who must approve the rounds of a programme, from which amount on."""

from decimal import Decimal

from django.db import transaction

from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from programmes.funds.models import Programme

from .. import queries
from ..models import AllocationRound, ApprovalStep
from .approving import ask_for_approval


def add_step(
    *,
    programme: Programme,
    title: str,
    role: str,
    from_amount: Decimal,
    by: Actor,
    person_id: int | None = None,
) -> ApprovalStep:
    """Ask for one more approval of the rounds of a programme that promise so much or more."""
    require(by, "awards.set_chain", programme)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        last = programme.approval_steps.order_by("-order").first()
        step = ApprovalStep(
            programme=programme,
            order=last.order + 1 if last else 1,
            title=title.strip(),
            role=role,
            from_amount=from_amount,
            person_id=person_id,
        )
        step.full_clean()
        step.save()
        told = f"{title} from £{from_amount:,.2f}"
        record("approval_step.add", programme, by=by, changes={"approval": ("", told)})
        for allocation in _recommended(programme):
            ask_for_approval(allocation)
    return step


def remove_step(*, step: ApprovalStep, by: Actor) -> bool:
    """No longer ask for an approval. A round is decided under the approvals it was put to."""
    require(by, "awards.set_chain", step.programme)
    with transaction.atomic():
        programme = Programme.objects.select_for_update().get(pk=step.programme_id)
        waits = [row for row in _recommended(programme) if step in queries.chain(row)]
        if waits:
            raise Refused(
                f"{waits[0]} was recommended under this approval. Decide on the round or return "
                "it to draft first."
            )
        told = f"{step.title} from £{step.from_amount:,.2f}"
        record("approval_step.remove", step.programme, by=by, changes={"approval": (told, "")})
        step.delete()
    return True


def _recommended(programme: Programme) -> list[AllocationRound]:
    rows = AllocationRound.objects.filter(call__programme=programme, state="recommended")
    return list(rows.select_related("call__programme", "recommended_by").order_by("pk"))
