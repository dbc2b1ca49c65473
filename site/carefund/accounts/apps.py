from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "carefund.accounts"
    label = "accounts"

    def ready(self) -> None:
        from carefund.core.access import register_challenge

        from . import (
            backends,
            signals,  # noqa: F401 - connects itself once models are loaded
            ties,
        )
        from .stepup import challenge

        ties.register(backends.PERMISSIONS, backends.permissions_of_a_person)
        ties.register(backends.GROUPS, backends.groups_of_a_person)

        register_challenge(challenge)
        post_migrate.connect(make_cache_table, sender=self)


def make_cache_table(using: str = "default", **kwargs: Any) -> None:
    """Where the cache lies in the database its table comes with the others."""
    call_command("createcachetable", database=using, verbosity=0)
