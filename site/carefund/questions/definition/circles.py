"""Questions that wait for each other, so that none of them could ever be asked first."""

from collections.abc import Iterable, Iterator, Mapping

# More would tell an editor nothing new.
MOST = 20
SPELLED_OUT = 6


def circles(needs: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Rounds of keys in which each needs the next and the last the first; each set once.

    `needs` gives for every key the keys that it looks at.
    """
    found: dict[frozenset[str], list[str]] = {}
    done: set[str] = set()
    for start in needs:
        if start not in done:
            for circle in _from(start, needs, done):
                found.setdefault(frozenset(circle), circle)
    return list(found.values())[:MOST]


def _from(start: str, needs: Mapping[str, Iterable[str]], done: set[str]) -> Iterator[list[str]]:
    """Walks without recursion: a hostile form may be as deep as it is long."""
    path, ahead = [start], [iter(needs[start])]
    while path:
        following = next(ahead[-1], None)
        if following is None:
            done.add(path.pop())
            ahead.pop()
        elif following in path:
            yield path[path.index(following) :]
        elif following in needs and following not in done:
            path.append(following)
            ahead.append(iter(needs[following]))


def told(names: list[str]) -> str:
    """The circle as a sentence."""
    if len(names) == 1:
        return f"“{names[0]}” depends on its own answer."
    if len(names) == 2:  # noqa: PLR2004 - a pair reads better without arrows
        return f"“{names[0]}” and “{names[1]}” depend on each other."
    links = [
        f"“{one}” on “{other}”" for one, other in zip(names, [*names[1:], names[0]], strict=True)
    ]
    some, last = links[: min(len(links) - 1, SPELLED_OUT)], links[-1]
    last = last if len(links) <= SPELLED_OUT + 1 else "so on"
    ways = f"{', '.join(some)} and {last}"
    return f"{len(names)} questions depend on each other in a circle: {ways}."
