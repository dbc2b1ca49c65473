"""From an address to its view, remembered: looking through every pattern takes its time."""

from functools import lru_cache
from typing import Any

from django.urls import ResolverMatch, URLResolver
from django.urls.resolvers import RoutePattern

MOST = 2_000
# What is longer is hardly an address that people come back to; many carry a secret.
LONGEST = 80


class Remembered(URLResolver):
    """Patterns that all lie at the root, whose matches are known for the addresses asked last."""

    def __init__(self, patterns: list[Any]) -> None:
        super().__init__(RoutePattern(""), patterns)
        self._lately = lru_cache(maxsize=MOST)(self._looked_for)

    def resolve(self, path: str) -> ResolverMatch:
        """Raises `Resolver404` as Django's does; what leads nowhere is not remembered."""
        return (self._lately if len(path) <= LONGEST else self._looked_for)(path)

    def _looked_for(self, path: str) -> ResolverMatch:
        found = super().resolve(path)
        # Some 200 patterns that did not match; only a page for developers tells them.
        found.tried = []
        return found
