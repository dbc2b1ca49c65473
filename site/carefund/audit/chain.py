"""Whether the record is what was written: every entry, every link, every seal."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings

from . import content
from .models import Entry, Link, Seal, Unsealed

AT_ONCE = 2000
MOST_BREAKS = 20


@dataclass
class Report:
    """`breaks` are sentences, the first ones of `broken`; whole means there are none."""

    checked: int = 0
    erased: int = 0
    unsealed: int = 0
    position: int = 0
    head: str = content.BEGINNING
    broken: int = 0
    breaks: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.broken

    def say(self, sentence: str) -> None:
        self.broken += 1
        if len(self.breaks) < MOST_BREAKS:
            self.breaks.append(sentence)


def verify(start: int = 1, known_head: str = "") -> Report:
    """Walk the chain from position `start`, a row at a time, and say where it breaks.

    `known_head` ("position:hash") was noted outside the database: the chain must still hold it.
    """
    report = Report(position=start - 1)
    if start > 1:
        before = Link.objects.filter(position=start - 1).first()
        if before is None:
            report.say(f"Position {start - 1} is missing, so nothing can be checked from there.")
            return report
        report.head = before.hash
    for link, entry in _links(start):
        _check_place(report, link)
        _check_entry(report, link, entry)
        report.position, report.head = link.position, link.hash
        report.checked += 1
    _check_what_is_left(report)
    _check_seals(report, start)
    _check_known(report, known_head)
    return report


def _links(start: int) -> Iterator[tuple[Link, Entry | None]]:
    """Pages by position: memory stays the same however long the chain is."""
    while True:
        page = list(Link.objects.filter(position__gte=start).order_by("position")[:AT_ONCE])
        wanted = [link.entry_id for link in page]
        entries = Entry.objects.filter(pk__in=wanted).select_related("particulars").in_bulk()
        for link in page:
            yield link, entries.get(link.entry_id)
        if len(page) < AT_ONCE:
            return
        start = page[-1].position + 1


def _check_place(report: Report, link: Link) -> None:
    expected = report.position + 1
    if link.position != expected:
        missing = f"{expected}" if link.position == expected + 1 else f"{expected} and on"
        report.say(f"Position {missing} is missing before position {link.position}.")
    elif link.previous != report.head:
        report.say(f"Position {link.position} does not follow from the one before it.")


def _check_entry(report: Report, link: Link, entry: Entry | None) -> None:
    where = f"Position {link.position}, entry {link.entry_id}:"
    if entry is None:
        report.say(f"{where} the entry has been removed.")
        return
    if content.digest_of(entry) != entry.digest:
        report.say(f"{where} the entry has been altered.")
    elif content.link_hash(link.position, link.entry_id, entry.digest, link.previous) != link.hash:
        report.say(f"{where} the link does not fit the entry.")
    _check_particulars(report, where, entry)


def _check_particulars(report: Report, where: str, entry: Entry) -> None:
    row = getattr(entry, "particulars", None)
    if row is None:
        report.say(f"{where} the names and address have been removed altogether.")
        return
    names_out = not (row.names_salt or row.actor_name or row.object_name or row.personal_changes)
    origin_out = not (row.origin_salt or row.address or row.agent)
    report.erased += names_out or origin_out
    if not names_out and content.names_digest(row) != entry.names_digest:
        report.say(f"{where} a name has been altered.")
    if not origin_out and content.origin_digest(row) != entry.origin_digest:
        report.say(f"{where} the address has been altered.")


def _check_what_is_left(report: Report) -> None:
    """Entries outside the chain: those just written wait for the sealer, others were slipped in."""
    waiting = Unsealed.objects.values("pk")
    report.unsealed = len(waiting)
    outside = Entry.objects.filter(link__isnull=True).exclude(pk__in=waiting)
    for number in outside.order_by("pk").values_list("pk", flat=True)[:MOST_BREAKS]:
        report.say(f"Entry {number} is in no position of the chain.")


def _check_seals(report: Report, start: int) -> None:
    """Each head that was sealed must still be where it was: the tail cannot be cut off unseen."""
    signed, after = False, 0
    while page := list(
        Seal.objects.filter(position__gte=start, pk__gt=after).order_by("pk")[:AT_ONCE]
    ):
        links = Link.objects.in_bulk([seal.position for seal in page])
        for seal in page:
            _check_seal(report, seal, links.get(seal.position))
            signed = _check_signature(report, seal, signed=signed)
        after = page[-1].pk
    if after and settings.AUDIT_KEY and not signed:
        report.say("No seal is signed, though there is a key.")


def _check_seal(report: Report, seal: Seal, link: Link | None) -> None:
    if link is None:
        report.say(f"Position {seal.position} was sealed and is gone: the end has been removed.")
    elif link.hash != seal.hash:
        report.say(f"Position {seal.position} is not what was sealed there.")


def _check_signature(report: Report, seal: Seal, *, signed: bool) -> bool:
    """Once seals are signed, they stay signed."""
    key = settings.AUDIT_KEY
    if not key or (not seal.signature and not signed):
        return signed
    if not hmac.compare_digest(content.signature(key, seal.position, seal.hash), seal.signature):
        report.say(f"The seal of position {seal.position} is not signed with the key.")
    return True


def _check_known(report: Report, known: str) -> None:
    if not known:
        return
    place, _, head = known.partition(":")
    found = Link.objects.filter(position=int(place)).first() if place.isdecimal() else None
    if found is None or found.hash != head:
        report.say(f"The chain does not hold {known}, which was noted outside.")
