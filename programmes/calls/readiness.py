"""What later slices want put right before a call is announced."""

from collections.abc import Callable

from .models import Call

# Sentences about a call that is being prepared; none when all is well.
Source = Callable[[Call], list[str]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Call it in `AppConfig.ready`. Asked for the check list and once more on announcing."""
    _sources[name] = source


def further(call: Call) -> list[str]:
    return [sentence for name in sorted(_sources) for sentence in _sources[name](call)]
