"""The record of what happened, in the same chain as everything else."""

from datetime import datetime

from django.db import models

from carefund.audit.content import BEGINNING, digest_of, link_hash, names_digest, origin_digest
from carefund.audit.models import Entry, Link, Particulars, Seal, Unsealed

from .world import World


class Record:
    """Writes entries with their place in the chain; only on a database without a record yet."""

    def __init__(self, world: World) -> None:
        self.world = world
        last = Link.objects.order_by("-position").first()
        self.position, self.head = (last.position, last.hash) if last else (0, BEGINNING)
        if Unsealed.objects.exists():
            raise ValueError("The record has entries that wait for their place in the chain.")

    def write(
        self,
        verb: str,
        model: type[models.Model],
        pk: int,
        name: str,
        *,
        when: datetime,
        actor: int | None,
        moved: tuple[str, str] = ("", ""),
    ) -> None:
        bulk, random = self.world.bulk, self.world.random
        changes = {"state": list(moved)} if moved[1] else {}
        beside = Particulars(
            actor_name=f"Person {actor}" if actor else "The system",
            object_name=name[:300],
            names_salt=f"{random.getrandbits(128):032x}",
            origin_salt=f"{random.getrandbits(128):032x}",
        )
        entry = Entry(
            at=when,
            actor_id=actor,
            roles=[],
            verb=verb,
            object_type_id=self.world.kind(model),
            object_id=str(pk),
            changes=changes,
            names_digest=names_digest(beside),
            origin_digest=origin_digest(beside),
        )
        digest = digest_of(entry)
        number = bulk.add(Entry, **_values(entry, digest=digest))
        bulk.add(Particulars, **_values(beside, entry_id=number))
        self.position += 1
        head = link_hash(self.position, number, digest, self.head)
        bulk.add(Link, position=self.position, entry_id=number, previous=self.head, hash=head)
        self.head = head

    def seal(self, when: datetime) -> None:
        if self.position:
            self.world.bulk.add(Seal, position=self.position, hash=self.head, sealed_at=when)


def _values(row: models.Model, **changes: object) -> dict[str, object]:
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    values |= changes
    if values.get("id", 0) is None:
        del values["id"]
    return values
