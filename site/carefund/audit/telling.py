"""What the record says in words, and what of it may be told outside the department.

A slice declares its verbs in its `record.py`. A verb that is not told stays inside; of a told one
only the state and the fields that are named go out, and a reason only where it is meant for them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

STATE = "state"


@dataclass(frozen=True)
class Telling:
    words: str
    outside: bool = False
    fields: frozenset[str] | None = frozenset()
    reason: bool = False

    def tells(self, field: str) -> bool:
        return self.fields is None or field == STATE or field in self.fields


Colleagues = Callable[[Any], Iterable[int]]
_tellings: dict[str, Telling] = {}
_colleagues: list[Colleagues] = []


def told(verb: str, words: str, *fields: str, reason: bool = False) -> None:
    """Organisations read entries of `verb`: the state, `fields`, and with `reason` the reason."""
    _tellings[verb] = Telling(words, outside=True, fields=frozenset(fields), reason=reason)


def told_whole(verb: str, words: str) -> None:
    """Organisations read all of it: what they themselves do, and what is done to be told."""
    _tellings[verb] = Telling(words, outside=True, fields=None, reason=True)


def kept_inside(verb: str, words: str) -> None:
    """Only the department reads it."""
    _tellings[verb] = Telling(words)


def telling(verb: str) -> Telling:
    return _tellings.get(verb) or Telling(in_words(verb))


def told_verbs() -> list[str]:
    return sorted(verb for verb, one in _tellings.items() if one.outside)


def known_verbs() -> list[str]:
    """Every verb that has words, in the order of the words."""
    return sorted(_tellings, key=lambda verb: (_tellings[verb].words, verb))


def register_colleagues(find: Colleagues) -> None:
    """`find(person)` gives the people whom that person may see named: of their organisations."""
    if find not in _colleagues:
        _colleagues.append(find)


def colleagues_of(person: Any) -> set[int]:
    return {pk for find in _colleagues for pk in find(person)}


def in_words(verb: str) -> str:
    """The verb `monitoring return.send_back` reads “Monitoring return: send back”."""
    noun, _, move = verb.partition(".")
    noun = noun.replace("_", " ").capitalize()
    return f"{noun}: {move.replace('_', ' ')}" if move else noun
