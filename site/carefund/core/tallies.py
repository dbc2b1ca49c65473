"""How many rows a long list has and what they add up to, kept as the rows change (decision 27)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from .models import Tally


@dataclass(frozen=True)
class Tallied:
    """The rows of a list of which programmes and states alone say which they are.

    Two that are equal mean the same rows. `scopes` are the keys of the programmes, of all without.
    """

    of: str
    scopes: frozenset[int] | None
    states: tuple[str, ...]

    def changes(self) -> QuerySet[Tally]:
        """The kept changes; their numbers and pence add up to what counting the rows gives."""
        found = Tally.objects.filter(of=self.of, state__in=self.states)
        return found if self.scopes is None else found.filter(scope__in=self.scopes)


def tallied(
    of: str, held: frozenset[int | None], states: Iterable[str], within: int | None = None
) -> Tallied | None:
    """The rows in `states` of the programmes `held`, None among them being all; see `Tallied`.

    `within` narrows to one programme. None where nothing is kept: then whoever asks counts.
    """
    if connection.vendor != "postgresql":
        return None
    scopes = None if None in held else frozenset(scope for scope in held if scope is not None)
    if within is not None:
        scopes = frozenset({within}) if scopes is None else scopes & {within}
    return Tallied(of, scopes, tuple(states))


def sum_up() -> None:
    """Put together what has come in, one row for each programme and state.

    Nobody waits for it, nor it for others: who writes adds rows, and who reads sees all of the
    rows of before or all of those that replace them.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_SUM_UP)


_SUM_UP = """
WITH gone AS (DELETE FROM core_tally RETURNING "of", scope, state, number, pence)
INSERT INTO core_tally ("of", scope, state, number, pence)
SELECT "of", scope, state, SUM(number), SUM(pence) FROM gone GROUP BY 1, 2, 3
HAVING SUM(number) <> 0 OR SUM(pence) <> 0
"""
