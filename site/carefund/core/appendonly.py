"""Facts that are never overwritten: the model refuses, and the database refuses too."""

from typing import Any

from django.db import migrations, models, router


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


def update_lawfully(rows: models.QuerySet[Any], **values: Any) -> int:
    """Update past the model, where the table's trigger lets this one change through."""
    return models.QuerySet(rows.model, rows.query).update(**values)


_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION carefund_refuse_change() RETURNS trigger AS $body$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
USING ERRCODE = 'integrity_constraint_violation'; END;
$body$ LANGUAGE plpgsql;
"""


class RefuseChanges(migrations.RunPython):
    """Migration operation: triggers on `table` that refuse UPDATE, DELETE and TRUNCATE.

    `unless` is a condition in SQL (about NEW and OLD) under which a row may be updated after all:
    to take out a person's particulars. Rows are never deleted.
    """

    def __init__(self, table: str, unless: str = "") -> None:
        self.table, self.unless = table, unless
        super().__init__(self._add, self._remove)

    def deconstruct(self) -> Any:
        return self.__class__.__name__, [self.table, *filter(None, [self.unless])], {}

    def database_forwards(self, app_label: str, editor: Any, *_states: Any) -> None:
        # It asks for no model: Django need not draw all of them for it.
        if router.allow_migrate(editor.connection.alias, app_label):
            run: Any = self.code
            run(None, editor)

    def references_model(self, name: str, app_label: str) -> bool:
        return self.table == f"{app_label}_{name}".lower()

    def reduce(self, operation: Any, app_label: str) -> Any:
        """Later changes of columns may go before it: triggers stand whatever the columns are."""
        return True

    def _add(self, apps: Any, schema_editor: Any) -> None:
        self._remove(apps, schema_editor)
        for statement in self.statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, None)  # no parameters: a % is a %

    def statements(self, vendor: str) -> list[str]:
        table, when = self.table, f"WHEN (NOT ({self.unless}))" if self.unless else ""
        if vendor == "postgresql":
            tell = "EXECUTE FUNCTION carefund_refuse_change()"
            row = f"ON {table} FOR EACH ROW"
            return [
                _POSTGRES_FUNCTION,
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE {row} {when} {tell}",
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE {row} {tell}",
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} {tell}",
            ]
        tell = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {when} {tell}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {tell}",
        ]

    def _remove(self, apps: Any, schema_editor: Any) -> None:
        on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for name in ("append_only", "no_update", "no_delete", "no_truncate"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.table}_{name}{on}", None)


class AllowChanges(RefuseChanges):
    """The reverse, for a migration that has to move what the table holds."""

    def __init__(self, table: str, unless: str = "") -> None:
        super().__init__(table, unless)
        self.code, self.reverse_code = self._remove, self._add
