"""Section 31 grants: amounts for many authorities, committed and issued in one transaction."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.references import next_reference
from programmes.funds.actions import Movement, post
from programmes.funds.models import LedgerEntry, Programme
from programmes.organisations.models import Organisation

from .. import queries
from ..models import Determination, DeterminationShare


class NotDraft(Refused):
    message = "This determination is no longer a draft. Nothing in it changes any more."


def make_determination(*, programme: Programme, by: Actor, **terms: Any) -> Determination:
    """A draft: `terms` are its title, purpose, year, kind, total, ring-fence and conditions."""
    require(by, "awards.make_determination", programme)
    with transaction.atomic():
        row = Determination.objects.create(
            programme=programme,
            reference=next_reference(f"{programme.prefix}S31", clock.today().year),
            made_at=clock.now(),
            made_by=person(by),
            **terms,
        )
        record("determination.make", row, by=by)
    return row


def set_share(
    *, determination: Determination, organisation: Organisation, amount: Decimal, by: Actor
) -> DeterminationShare:
    """What an authority is to get; a later amount takes the place of an earlier one."""
    require(by, "awards.make_determination", determination)
    with transaction.atomic():
        locked = Determination.objects.select_for_update(of=("self",)).get(pk=determination.pk)
        if locked.state != "draft":
            raise NotDraft
        before = locked.shares.filter(organisation=organisation).first()
        share, _ = DeterminationShare.objects.update_or_create(
            determination=locked, organisation=organisation, defaults={"amount": amount}
        )
        changes = {"amount": (before.amount if before else None, amount)}
        record("determination.set_share", locked, by=by, changes=changes, reason=str(organisation))
    return share


def _adds_up(determination: Determination) -> None:
    given = queries.given_by(determination)
    if given != determination.total:
        raise Refused(
            f"The amounts add up to £{given:,.2f}. They must come to £{determination.total:,.2f}."
        )


def issue_determination(*, determination: Determination, by: Actor) -> Determination:
    """Commit the amount of every authority, or none. Raises `Overspent`, `NoBudgetLine`."""
    require(by, "awards.issue_determination", determination)
    with transaction.atomic():
        issued = states.move(
            determination,
            "issue",
            by=by,
            guard=_adds_up,
            issued_at=clock.now(),
            issued_by=person(by),
        )
        for share in determination.shares.select_related("organisation").order_by("pk"):
            _commit(determination, share, by)
    return issued


def _commit(determination: Determination, share: DeterminationShare, by: Actor) -> None:
    post(
        programme=determination.programme,
        column=LedgerEntry.Column.COMMITTED,
        movements=[Movement(determination.financial_year, determination.kind, share.amount)],
        key=f"determination:{determination.pk}:{share.organisation_id}",
        reason=f"Section 31 determination {determination.reference}",
        by=by,
        subject=determination,
        organisation=share.organisation,
    )


def abandon_determination(*, determination: Determination, reason: str, by: Actor) -> Determination:
    require(by, "awards.make_determination", determination)
    return states.move(determination, "abandon", by=by, reason=reason)
