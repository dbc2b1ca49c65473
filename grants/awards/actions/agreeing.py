"""Before and after an offer is accepted: messages, the funder's signature, versions of clauses."""

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send
from programmes.funds.models import Programme

from .. import messages, queries
from ..models import Agreement, Clause, FunderSignature, Offer, OfferMessage
from ..rules import works_for_funder


class TextChanged(Refused):
    message = "Somebody changed this clause meanwhile. Read the new text, then change it again."


def write_message(*, offer: Offer, text: str, by: Actor) -> OfferMessage:
    """Ask, answer or negotiate about an offer that waits for its answer."""
    require(by, "awards.write_message", offer)
    if not text.strip():
        raise Refused("Write your message.")
    with transaction.atomic():
        locked = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
        if locked.state != "offered":
            raise Refused("This offer has been answered. Nothing can be written about it any more.")
        row = OfferMessage.objects.create(
            offer=offer,
            from_funder=works_for_funder(by, offer),
            text=text.strip(),
            sent_by=person(by),
        )
        record("offer.write_message", offer, by=by, reason=row.text)
        send(messages.AboutOffer(offer=offer, message=row), key=str(row.pk))
    return row


def sign(*, agreement: Agreement, seen: str, by: Actor) -> FunderSignature:
    """Accept for the funder what the recipient has accepted: exactly the text that was `seen`."""
    require(by, "awards.sign_agreement", agreement.offer)
    with transaction.atomic():
        offer = Offer.objects.select_for_update(of=("self",)).get(pk=agreement.offer_id)
        if seen != agreement.fingerprint:
            raise Refused("This is not the text that you were shown. Read the agreement again.")
        if FunderSignature.objects.filter(agreement=agreement).exists():
            raise Refused("This agreement has been signed for the funder already.")
        row = FunderSignature.objects.create(
            agreement=agreement, fingerprint=agreement.fingerprint, signed_by=person(by)
        )
        record("offer.sign_agreement", offer, by=by)
        send(messages.AgreementSigned(offer=offer), key=str(row.pk))
    return row


def change_clause(
    *, programme: Programme, key: str, text: str, reason: str, seen: int, by: Actor
) -> Clause:
    """A new version for offers made from now on. `seen` is the version that was changed.

    Raises `TextChanged` when another version came meanwhile, KeyError for a clause unknown.
    """
    require(by, "awards.write_clauses", programme)
    with transaction.atomic():
        locked = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
        standing = queries.clause_of(locked, key)
        if standing.version != seen:
            raise TextChanged
        if text.strip() == standing.text:
            raise Refused("The text is the same as before.")
        row = Clause.objects.create(
            programme=locked,
            key=key,
            version=seen + 1,
            text=text.strip(),
            reason=reason.strip(),
            made_at=clock.now(),
            made_by=person(by),
        )
        changes = {"text": (standing.text, row.text), "version": (seen, row.version)}
        record("clause.change", row, by=by, reason=reason, changes=changes)
    return row
