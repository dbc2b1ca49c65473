import pytest

from carefund.questions import sources
from carefund.questions.sources import Found, Source


@pytest.fixture
def register_of_two(monkeypatch):
    """A register of two councils, in the place of the real ones."""
    entries = {"XX-1": Found("XX-1", "Here Council"), "XX-2": Found("XX-2", "There Council")}
    found = Source(
        lambda words: [e for e in entries.values() if words.lower() in e.name.lower()],
        lambda ids: {key: entries[key] for key in ids if key in entries},
    )
    monkeypatch.setattr(sources, "_sources", {"organisation": found, "area": found})
