"""Short names for what editors give only long ones."""

from collections.abc import Iterable

from django.utils.text import slugify

LONGEST = 40


def named(pairs: Iterable[tuple[str, str]], fallback: str) -> list[str]:
    """For each (short name or nothing, label) its short name; those made differ from all others."""
    pairs = list(pairs)
    taken = {name for name, _ in pairs if name}
    found = []
    for name, label in pairs:
        made = name or _free(_plain(label) or fallback, taken)
        taken.add(made)
        found.append(made)
    return found


def _plain(label: str) -> str:
    """Letters, digits and underscores; begins with a letter."""
    return slugify(label).replace("-", "_").strip("_0123456789")[:LONGEST].strip("_")


def _free(name: str, taken: set[str]) -> str:
    candidates = (name, *(f"{name}_{number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken)
