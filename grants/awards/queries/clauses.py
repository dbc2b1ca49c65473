"""The clauses that are in force for a programme, or were on a day."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import slugify

from carefund.core import clock
from programmes.funds.models import Programme

from ..clauses import CLAUSES
from ..models import Clause


@dataclass(frozen=True)
class Wording:
    key: str
    title: str
    text: str
    version: int = 1


def clauses_in_force(programme: Programme, moment: datetime | None = None) -> list[Wording]:
    """Every clause in its newest version of `moment`."""
    rows = Clause.objects.filter(programme=programme, made_at__lte=moment or clock.now())
    newest = {row.key: row for row in rows.order_by("version")}
    found = []
    for title, text in CLAUSES:
        key = slugify(title)
        later = newest.get(key)
        found.append(
            Wording(key, title, later.text, later.version) if later else Wording(key, title, text)
        )
    return found


def clause_of(programme: Programme, key: str) -> Wording:
    """The clause as it is now. Raises KeyError for a clause that there is not."""
    return {wording.key: wording for wording in clauses_in_force(programme)}[key]
