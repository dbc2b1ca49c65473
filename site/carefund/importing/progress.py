"""How far a worker is. Only a hint: it is told outside the database and may be lost."""

from collections.abc import Callable

from django.core.cache import cache

from .models import ImportRun

SECONDS = 3600


CHECKING, WRITING = "checking", "writing"


def of(run: ImportRun, what: str) -> Callable[[int], None]:
    """What a worker calls with the number of rows it has gone through."""
    key = _key(run, what)
    return lambda rows: cache.set(key, rows, SECONDS)


def rows_done(run: ImportRun, what: str) -> int:
    return int(cache.get(_key(run, what), 0))


def _key(run: ImportRun, what: str) -> str:
    return f"import:{run.pk}:{run.checks}:{what}"
