"""Addresses of pages: as Django's `reverse`, with each pattern worked out once for the process.

A list has an address for each of its rows, and `reverse` takes as long as writing the row.
"""

import re
from functools import cache

from django.urls import NoReverseMatch, reverse

# What stands in an address as it is, whatever the address takes.
PLAIN = re.compile(r"[\w-]+", re.ASCII)
# Stand for arguments while a pattern is worked out.
NUMBER, WORD = 7_100_000_000_000_000_000, "an-argument-{}-"


def path_to(name: str, *args: object) -> str:
    """The address of the page called `name`. Raises NoReverseMatch as `reverse` does."""
    if all(map(_is_plain, args)) and (pattern := _pattern(name, tuple(map(type, args)))):
        return pattern.format(*args)
    return reverse(name, args=args)


def _is_plain(value: object) -> bool:
    if type(value) is int:
        return value >= 0
    return type(value) is str and bool(PLAIN.fullmatch(value))


@cache
def _pattern(name: str, kinds: tuple[type, ...]) -> str:
    """With `{}` for arguments of these types; empty where the address takes only some of them."""
    marks = [NUMBER + n if kind is int else WORD.format(n) for n, kind in enumerate(kinds)]
    try:
        found = reverse(name, args=marks).replace("{", "{{").replace("}", "}}")
    except NoReverseMatch:
        return ""
    for mark in marks:
        found = found.replace(str(mark), "{}", 1)
    return found
