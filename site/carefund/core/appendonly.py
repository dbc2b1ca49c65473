"""Facts that are never overwritten: the model refuses, and the database refuses too."""

from typing import Any

from django.db import migrations, models


class Unchangeable(Exception):
    """Somebody tried to change or delete a fact. Record a new one that supersedes it."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> int:
        raise Unchangeable(f"{self.model._meta.label} is append-only.")

    def delete(self) -> Any:
        raise Unchangeable(f"{self.model._meta.label} is append-only.")


class AppendOnly(models.Model):
    """Rows can be added, never changed or deleted."""

    class Meta:
        abstract = True

    objects = AppendOnlyQuerySet.as_manager()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(f"{self._meta.label} is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise Unchangeable(f"{self._meta.label} is append-only.")


_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION carefund_refuse_change() RETURNS trigger AS $body$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
USING ERRCODE = 'integrity_constraint_violation'; END;
$body$ LANGUAGE plpgsql;
"""


class RefuseChanges(migrations.RunPython):
    """Migration operation: triggers on `table` that refuse UPDATE and DELETE."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(self._add, self._remove)

    def deconstruct(self) -> Any:
        return self.__class__.__name__, [self.table], {}

    def _add(self, apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_POSTGRES_FUNCTION, None)  # its % is no placeholder
            schema_editor.execute(
                f"CREATE TRIGGER {self.table}_append_only BEFORE UPDATE OR DELETE ON {self.table} "
                "FOR EACH ROW EXECUTE FUNCTION carefund_refuse_change()"
            )
            return
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {self.table}_no_{event.lower()} BEFORE {event} ON {self.table} "
                f"BEGIN SELECT RAISE(ABORT, '{self.table} is append-only'); END"
            )

    def _remove(self, apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {self.table}_append_only ON {self.table}")
            return
        for event in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {self.table}_no_{event}")
