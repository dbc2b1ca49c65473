"""`migrate` that begins an empty database with the tables of the libraries.

With each step Django draws every related model anew. The hundreds of steps of the libraries are
cheap while only their own models are there, and a third of all the time when they come after ours.
Another fifth went into looking for garbage among the classes so made.
"""

import gc
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        before = gc.get_threshold()
        gc.set_threshold(200_000, 50, 100)
        try:
            self._in_order(*args, **options)
        finally:
            gc.set_threshold(*before)

    def _in_order(self, *args: Any, **options: Any) -> None:
        everything = not options["app_label"] and not options["plan"]
        if everything and not options["check_unapplied"]:
            recorder = MigrationRecorder(connections[options["database"]])
            for label in _libraries() if not recorder.applied_migrations() else []:
                super().handle(*args, **{**options, "app_label": label})
        super().handle(*args, **options)


def _libraries() -> list[str]:
    """Labels of the installed applications with migrations that are not in this project."""
    own = {"carefund", "programmes", "grants", "reports"}
    return [
        config.label
        for config in apps.get_app_configs()
        if config.name.partition(".")[0] not in own and (Path(config.path) / "migrations").is_dir()
    ]
