"""Published awards, each with sample milestones and benefits unless better is known."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.money import share
from grants.awards.actions import register_published_award
from grants.delivery.models import Project
from programmes.calls.models import Call
from programmes.funds.models import Theme
from programmes.organisations.models import Organisation

from . import samples


def recipient(org_id: str, name: str, kind: str, source: str = "") -> Organisation:
    """The registered organisation, or one made for a recipient that no register here holds.

    `source` is kept with one that is made: where it was named, and as what.
    """
    if org_id:
        return Organisation.objects.get(org_id=org_id)
    made, _ = Organisation.objects.get_or_create(
        org_id=f"360G-carefund-{name.split('(', maxsplit=1)[0].strip().lower().replace(' ', '-')}",
        defaults={
            "kind": kind,
            "name": name,
            "short_name": name.split("(", maxsplit=1)[0].strip(),
            "valid_from": date(1974, 4, 1),
            "source": source,
        },
    )
    return made


def award(
    *,
    call: Call,
    organisation: Organisation,
    title: str,
    summary: str,
    amount: Decimal,
    pots: Sequence[tuple[tuple[int, str], int]],
    decided: datetime,
    source: str,
    precision: str = "exact",
    theme: Theme | None = None,
    benefits: list[dict[str, Any]] | None = None,
) -> Project:
    """Register one award; `pots` are (year, kind) with the weight of its part of the amount."""
    parts = share(amount, [weight for _, weight in pots])
    budget = {pot: part for (pot, _), part in zip(pots, parts, strict=True) if part}
    key = f"{call.code}:{organisation.org_id}:{title}"
    plan = benefits or samples.benefit_rows(key, amount, call.project_ends_on)
    with clock.replaying(decided):
        offer = register_published_award(
            call=call,
            organisation=organisation,
            title=title[:200],
            theme=theme,
            amounts=budget,
            answers=samples.answers(
                summary=summary,
                budget=budget,
                milestones=samples.milestone_rows(call.project_starts_on, call.project_ends_on),
                benefits=plan,
            ),
            source=source,
            precision=precision,
            is_sample=organisation.is_sample,
            by=SYSTEM,
        )
    return Project.objects.get(offer=offer)
