"""How alike two texts are, the same way every time.

A text is lower-cased, cut into words, and every run of five words is a shingle. Of the CRC-32
of all its shingles the 200 smallest are kept: a bottom-k sketch. The similarity of two texts is
estimated from the 200 smallest of both sketches together: the share of these that stand in both
(the Jaccard coefficient; exact while both texts have at most 200 shingles).
"""

import re
from collections.abc import Iterable
from typing import Any
from zlib import crc32

WORDS = re.compile(r"[^\W_]+")
RUN = 5
KEPT = 200

Sketch = frozenset[int]


def texts(value: Any) -> Iterable[str]:
    """Every text in an answer, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def sketch(parts: Iterable[str]) -> Sketch:
    found: set[int] = set()
    for text in parts:
        words = WORDS.findall(text.lower())
        runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
        found.update(crc32(run.encode()) for run in runs)
    return frozenset(sorted(found)[:KEPT])


def similarity(one: Sketch, other: Sketch) -> int:
    """In hundredths, rounded down; nothing is like an empty text."""
    if not one or not other or one.isdisjoint(other):
        return 0
    smallest = sorted(one | other)[:KEPT]
    both = sum(item in one and item in other for item in smallest)
    return 100 * both // len(smallest)


def plain_name(name: str) -> str:
    """A name of an organisation as it is compared: case, spaces and dots do not matter."""
    return " ".join(WORDS.findall(name.lower()))
