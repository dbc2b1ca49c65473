"""Colleagues write a bid together: who is where, who has what, what they tell each other."""

from collections.abc import Iterable

from django.db import transaction

from carefund.accounts.models import User
from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.core.writing import Removal
from carefund.notify.actions import send
from carefund.notify.message import Quote, Typed

from .. import colleagues, messages, queries
from ..models import Bid, Comment, Mention, Note, Presence, SectionHolder

LONGEST = 4000


def be_in_section(*, bid: Bid, section: str, by: Actor) -> None:
    """The person has the section open now. Forgotten with the page, so the record is not told."""
    require(by, "bids.edit", bid)
    Presence.objects.bulk_create(
        [Presence(bid=bid, section=section, user=person(by), seen_at=clock.now())],
        update_conflicts=True,
        unique_fields=["bid", "section", "user"],
        update_fields=["seen_at"],
    )


def leave_section(*, bid: Bid, section: str, by: Actor) -> None:
    leaving(bid=bid.pk, section=section, user=by.pk)


leaving = Removal(Presence, "bid", "section", "user")


def give_section(*, bid: Bid, section: str, to: User | None, by: Actor) -> SectionHolder | None:
    """`to` sees to the section from now on, and is told; None: nobody in particular."""
    require(by, "bids.prepare", bid)
    asked = queries.form_of(bid).section(section)
    if to is not None and to not in colleagues.writers_of(bid):
        raise Refused("Choose somebody who can write in this bid.")
    with transaction.atomic():
        Bid.objects.select_for_update(of=("self",)).get(pk=bid.pk)
        row = bid.section_holders.filter(section=section).select_related("person").first()
        before = row.person if row else None
        if before == to:
            return row
        if to is None:
            bid.section_holders.filter(section=section).delete()
            row = None
        else:
            row, _ = SectionHolder.objects.update_or_create(
                bid=bid,
                section=section,
                defaults={"person": to, "given_by": person(by), "given_at": clock.now()},
            )
        names = (before.name if before else None, to.name if to else None)
        record("bid.give_section", bid, by=by, changes={asked.title: names})
        if row is not None and to != person(by):
            message = messages.SectionGiven(bid=bid, section=asked, to=row.person)
            send(message, key=f"{bid.pk}:{section}:{row.given_at.isoformat()}")
    return row


def comment(*, bid: Bid, question: str, text: str, by: Actor, to: Iterable[User] = ()) -> Comment:
    """Say something about a question. Those in `to`, and whoever is called by @name, are told."""
    require(by, "bids.comment", bid)
    asked = queries.form_of(bid).question(question)
    text = _said(text, "Write your comment.")
    readers = colleagues.colleagues_of(bid)
    called = {one for one in readers if f"@{one.name}".casefold() in text.casefold()}
    wanted = (called | set(to)) - {person(by)}
    if not wanted <= set(readers):
        raise Refused("Choose colleagues who can read this bid.")
    with transaction.atomic():
        row = Comment.objects.create(
            bid=bid, question=question, text=text, at=clock.now(), by=person(by)
        )
        Mention.objects.bulk_create(Mention(comment=row, person=one) for one in wanted)
        record("comment.write", row, by=by)
        if wanted:
            message = messages.Mentioned(
                bid=bid,
                question=asked,
                who=Typed(str(person(by))),
                text=Quote(text),
                to=tuple(wanted),
            )
            send(message, key=str(row.pk))
    return row


def write_note(*, bid: Bid, text: str, by: Actor) -> Note:
    """Add a private note of the authority."""
    require(by, "bids.write_note", bid)
    text = _said(text, "Write your note.")
    with transaction.atomic():
        row = Note.objects.create(bid=bid, text=text, at=clock.now(), by=person(by))
        record("note.write", row, by=by)
    return row


def _said(text: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(missing)
    if len(text) > LONGEST:
        raise Refused(f"Write {LONGEST:,} characters or fewer.")
    return text
