"""Django's messages, whose storages are made only for who has one or is told one."""

from functools import cached_property
from typing import Any

from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest


class Storage(FallbackStorage):
    """As its parent: in a cookie, and what is too long for it in the session."""

    def __init__(self, request: HttpRequest) -> None:
        BaseStorage.__init__(self, request)
        self._used_storages: set[Any] = set()

    @cached_property
    def storages(self) -> list[Any]:
        return [storage(self.request) for storage in self.storage_classes]
