"""A choice among bids, as whole numbers: pence, per cent and hundredths of points."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

Pot = tuple[int, str]  # financial year, kind
WHOLE = 100  # per cent


def granted(pence: int, share: int) -> int:
    """Pence of a grant that is `share` per cent of what was asked for.

    The odd pence are always given, so that every share is a whole number of pence.
    """
    return pence // WHOLE * share + pence % WHOLE if share else 0


@dataclass(frozen=True)
class Candidate:
    """A bid as the solver sees it: `worth` in full, and the least per cent it can be cut to."""

    bid_id: int
    worth: int
    pence: Mapping[Pot, int]
    least: int = WHOLE

    @property
    def price(self) -> int:
        return sum(self.pence.values())

    def of(self, pot: Pot | None) -> int:
        return self.price if pot is None else self.pence.get(pot, 0)

    def granted(self, pot: Pot | None, share: int) -> int:
        """Pence of one pot, or of all of them."""
        if pot is not None:
            return granted(self.of(pot), share)
        return sum(granted(pence, share) for pence in self.pence.values())


@dataclass(frozen=True)
class Limit:
    """What the chosen among `members` come to, at least and at most.

    They are counted, or with `in_pence` their grants are added up, of one pot or of all.
    Limits of one `key` stand for one wish in `words`.
    """

    key: str
    words: str
    members: frozenset[int]
    least: int | None = None
    most: int | None = None
    in_pence: bool = False
    pot: Pot | None = None

    def total(self, problem: "Problem", shares: Mapping[int, int]) -> int:
        chosen = [bid_id for bid_id in self.members if shares.get(bid_id)]
        if not self.in_pence:
            return len(chosen)
        by_id = problem.by_id
        return sum(by_id[bid_id].granted(self.pot, shares[bid_id]) for bid_id in chosen)

    def excess(self, problem: "Problem", shares: Mapping[int, int]) -> int:
        """By how much the selection breaks it: above the most, or (negative) below the least."""
        return self.over(self.total(problem, shares))

    def over(self, total: int) -> int:
        """The same of a total that is known."""
        if self.most is not None and total > self.most:
            return total - self.most
        if self.least is not None and total < self.least:
            return total - self.least
        return 0


@dataclass(frozen=True)
class Problem:
    candidates: tuple[Candidate, ...]
    limits: tuple[Limit, ...]

    @property
    def by_id(self) -> dict[int, Candidate]:
        found: dict[int, Candidate] | None = self.__dict__.get("_by_id")
        if found is None:
            found = {c.bid_id: c for c in self.candidates}
            object.__setattr__(self, "_by_id", found)
        return found

    @property
    def keys(self) -> list[str]:
        """Of its wishes, each once, in order."""
        return list(dict.fromkeys(limit.key for limit in self.limits))

    def words(self, key: str) -> str:
        return next(limit.words for limit in self.limits if limit.key == key)

    def without(self, *keys: str) -> "Problem":
        return replace(self, limits=tuple(x for x in self.limits if x.key not in keys))

    def only(self, keys: "set[str] | list[str]") -> "Problem":
        return replace(self, limits=tuple(x for x in self.limits if x.key in keys))

    def adding(self, *limits: Limit) -> "Problem":
        return replace(self, limits=(*self.limits, *limits))

    def raised(self, key: str, by: int) -> "Problem":
        """With the most of one wish that much higher."""
        return replace(self, limits=tuple(_raised(x, key, by) for x in self.limits))

    def broken(self, shares: Mapping[int, int]) -> Iterator[tuple[Limit, int]]:
        """The limits that a selection breaks, and by how much. Exact: nothing but integers."""
        for limit in self.limits:
            if excess := limit.excess(self, shares):
                yield limit, excess


def _raised(limit: Limit, key: str, by: int) -> Limit:
    if limit.key != key or limit.most is None:
        return limit
    return replace(limit, most=limit.most + by)


@dataclass(frozen=True)
class Answer:
    """A selection: bid id → per cent of what it asked for; `worth` in hundredths of a worth."""

    shares: Mapping[int, int]
    worth: int
    proven: bool
