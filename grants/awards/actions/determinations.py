"""Section 31 grants: amounts for many authorities, committed and issued in one transaction."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.formats import uk_date
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.references import next_reference
from carefund.notify.actions import send
from programmes.funds.actions import Movement, post, reverse
from programmes.funds.models import LedgerEntry, Programme
from programmes.funds.queries import entries_about
from programmes.organisations.models import Organisation

from .. import messages, queries
from ..models import Determination, DeterminationShare

# What a replacement takes over.
TERMS = (
    *("title", "purpose", "financial_year", "kind", "total", "ring_fenced", "conditions"),
    *("pay_on", "is_sample"),
)


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
            **{"is_sample": programme.is_sample, **terms},
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


def hold_drafts() -> None:
    """Until the end of the transaction nobody else changes or issues a draft."""
    drafts = Determination.objects.select_for_update(of=("self",)).filter(state="draft")
    list(drafts.order_by("pk").values_list("pk"))


def _adds_up(determination: Determination) -> None:
    given = queries.given_by(determination)
    if given != determination.total:
        raise Refused(
            f"The amounts add up to £{given:,.2f}. They must come to £{determination.total:,.2f}."
        )


def issue_determination(*, determination: Determination, by: Actor) -> Determination:
    """Commit the amount of every authority, or none. Raises `Overspent`, `NoBudgetLine`.

    One that replaces another gives the money of that one back in the same transaction.
    """
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
        if old := determination.replaces:
            states.move(old, "replace", by=by, reason=issued.change_reason)
            _give_back(old, f"Replaced by {issued.reference}", by)
        for share in _shares(determination):
            _post(share, LedgerEntry.Column.COMMITTED, by)
        _tell(issued, messages.Event.ISSUED)
    return issued


def vary_determination(*, determination: Determination, reason: str, by: Actor) -> Determination:
    """A draft that takes the place of an issued determination once it is issued itself."""
    require(by, "awards.make_determination", determination)
    if not reason.strip():
        raise Refused("Say why the determination is to be replaced.")
    with transaction.atomic():
        old = Determination.objects.select_for_update(of=("self",)).get(pk=determination.pk)
        if old.state != "issued":
            raise Refused("Only a determination that is issued and not paid can be replaced.")
        if old.replacements.filter(state="draft").exists():
            raise Refused("There is a draft already that is to replace this determination.")
        terms = {name: getattr(old, name) for name in TERMS}
        new = make_determination(
            programme=old.programme, by=by, replaces=old, change_reason=reason.strip(), **terms
        )
        DeterminationShare.objects.bulk_create(
            DeterminationShare(
                determination=new, organisation_id=share.organisation_id, amount=share.amount
            )
            for share in _shares(old)
        )
        record("determination.vary", old, by=by, reason=reason)
    return new


def withdraw_determination(
    *, determination: Determination, reason: str, by: Actor
) -> Determination:
    """Take an issued determination back before it is paid; its money is free again."""
    require(by, "awards.issue_determination", determination)
    if not reason.strip():
        raise Refused("Say why the determination is withdrawn.")
    with transaction.atomic():
        moved = states.move(
            determination, "withdraw", by=by, reason=reason, change_reason=reason.strip()
        )
        _give_back(moved, f"{moved.reference} withdrawn", by)
        _tell(moved, messages.Event.WITHDRAWN)
    return moved


def pay_determination(*, determination: Determination, by: Actor) -> Determination:
    """Release one payment to every authority, on its day or later, by who did not issue it."""
    words = "A determination is paid by a finance officer who did not issue it."
    require(by, "awards.pay_determination", determination, words)
    with transaction.atomic():
        paid = states.move(
            determination,
            "pay",
            by=by,
            guard=_is_due,
            paid_at=clock.now(),
            paid_by=person(by),
        )
        for share in _shares(paid):
            _post(share, LedgerEntry.Column.CLAIMED, by)
            _post(share, LedgerEntry.Column.PAID, by)
        _tell(paid, messages.Event.PAID)
    return paid


def _is_due(determination: Determination) -> None:
    if determination.pay_on and clock.today() < determination.pay_on:
        raise Refused(f"The day of payment is {uk_date(determination.pay_on)}.")


def _shares(determination: Determination) -> list[DeterminationShare]:
    rows = determination.shares.select_related("organisation", "determination__programme")
    return list(rows.order_by("pk"))


def _give_back(determination: Determination, reason: str, by: Actor) -> None:
    for entry in entries_about(determination, LedgerEntry.Column.COMMITTED):
        reverse(entry=entry, reason=reason, by=by)


def _tell(determination: Determination, event: messages.Event) -> None:
    """A message to each authority, which says its own amount."""
    for share in _shares(determination):
        told = messages.Determined(share=share, event=event)
        send(told, key=f"{determination.pk}:{event}:{share.organisation_id}")


def _post(share: DeterminationShare, column: str, by: Actor) -> None:
    determination = share.determination
    post(
        programme=determination.programme,
        column=column,
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
