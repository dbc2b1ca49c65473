"""Operations for migrations that Django does not have."""

from typing import Any, ClassVar

from django.db import migrations, router
from django.db.migrations.operations.base import Operation


class CreateModels(Operation):
    """Several `CreateModel` at once, each of which may refer to those before it.

    Django draws every related model anew after each new one, most of the time of an empty
    database; here it does so once.
    """

    serialization_expand_args: ClassVar[list[str]] = ["models"]

    def __init__(self, models: list[migrations.CreateModel]) -> None:
        self.models = models

    def deconstruct(self) -> Any:
        return self.__class__.__name__, [], {"models": self.models}

    def state_forwards(self, app_label: str, state: Any) -> None:
        drawn = state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)
        if drawn is not None:
            state.apps = drawn
            state.reload_models({(app_label, model.name_lower) for model in self.models}, False)

    def database_forwards(
        self, app_label: str, editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for model in self.models:
            model.database_forwards(app_label, editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create models {', '.join(model.name for model in self.models)}"


class OnPostgreSQL(migrations.RunPython):
    """Runs a statement there and nothing elsewhere; what it makes goes with its table."""

    def __init__(self, sql: str) -> None:
        self.sql = sql
        super().__init__(self._run, migrations.RunPython.noop)

    def deconstruct(self) -> Any:
        return self.__class__.__name__, [self.sql], {}

    def database_forwards(self, app_label: str, editor: Any, *_states: Any) -> None:
        if router.allow_migrate(editor.connection.alias, app_label):
            self._run(None, editor)

    def _run(self, _apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(self.sql)


class EditorsKeep(migrations.RunPython):
    """Lets the groups of editors add, change, delete and view a model.

    Django makes the permissions of a model after all migrations; the groups need them now.
    """

    def __init__(self, app_label: str, model: str, noun: str) -> None:
        self.app_label, self.model, self.noun = app_label, model, noun
        super().__init__(self._let, migrations.RunPython.noop)

    def deconstruct(self) -> Any:
        return self.__class__.__name__, [self.app_label, self.model, self.noun], {}

    def references_model(self, name: str, app_label: str) -> bool:
        return False

    def reduce(self, operation: Any, app_label: str) -> Any:
        """It knows the model by name only."""
        return True

    def _let(self, apps: Any, _editor: Any) -> None:
        kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=self.app_label, model=self.model
        )
        groups = apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Moderators"])
        for verb in ("add", "change", "delete", "view"):
            permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=kind,
                codename=f"{verb}_{self.model}",
                defaults={"name": f"Can {verb} {self.noun}"},
            )
            for group in groups:
                group.permissions.add(permission)


class KeepTally(migrations.RunPython):
    """Triggers by which the table `of` keeps `core_tally`, and its first count (PostgreSQL).

    `scope` is the key of the programme of a row `r`, in SQL; `reads` are the columns it takes it
    from; `amount` is the column that is added up, if any; `states` are those that are counted.
    A bulk change of rows writes a row for each programme and state, a change of one row at most
    two, and none where neither state, amount nor programme changes.
    """

    def __init__(
        self,
        *,
        of: str,
        table: str,
        scope: str,
        reads: list[str],
        states: list[str],
        amount: str = "",
    ) -> None:
        self.given: dict[str, Any] = {
            "of": of,
            "table": table,
            "scope": scope,
            "reads": reads,
            "states": states,
            "amount": amount,
        }
        super().__init__(self._keep, self._forget)

    def deconstruct(self) -> Any:
        return self.__class__.__name__, [], self.given

    def database_forwards(self, app_label: str, editor: Any, *_states: Any) -> None:
        if router.allow_migrate(editor.connection.alias, app_label):
            self._keep(None, editor)

    def database_backwards(self, app_label: str, editor: Any, *_states: Any) -> None:
        self._forget(None, editor)

    def _keep(self, _apps: Any, editor: Any) -> None:
        self._run(editor, _TALLY)

    def _forget(self, _apps: Any, editor: Any) -> None:
        self._run(editor, _NO_TALLY)

    def _run(self, editor: Any, statements: str) -> None:
        if editor.connection.vendor != "postgresql":
            return
        given = self.given
        columns = ["state", *filter(None, [given["amount"]]), *given["reads"]]
        states = ", ".join(f"'{state}'" for state in given["states"])
        names = {
            "of": given["of"],
            "table": given["table"],
            "scope": given["scope"],
            "counted": f"r.state IN ({states})",
            "worth": f"COALESCE(r.{given['amount']}, 0)" if given["amount"] else "0",
            "was": ", ".join(f"OLD.{name}" for name in columns),
            "is": ", ".join(f"NEW.{name}" for name in columns),
            "ever": f"OLD.state IN ({states}) OR NEW.state IN ({states})",
        }
        editor.execute(statements.format(**names), None)


_TALLY = """
CREATE FUNCTION tally_{of}() RETURNS void LANGUAGE plpgsql AS $body$ BEGIN
  LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM core_tally WHERE "of" = '{of}';
  INSERT INTO core_tally ("of", scope, state, number, pence)
    SELECT '{of}', {scope}, r.state, COUNT(*), SUM({worth}) FROM {table} r
    WHERE {counted} GROUP BY 2, 3;
END $body$;
CREATE FUNCTION tally_{of}_added() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
  INSERT INTO core_tally ("of", scope, state, number, pence)
    SELECT '{of}', {scope}, r.state, COUNT(*), SUM({worth}) FROM added r
    WHERE {counted} GROUP BY 2, 3;
  RETURN NULL;
END $body$;
CREATE FUNCTION tally_{of}_gone() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
  INSERT INTO core_tally ("of", scope, state, number, pence)
    SELECT '{of}', {scope}, r.state, -COUNT(*), -SUM({worth}) FROM gone r
    WHERE {counted} GROUP BY 2, 3;
  RETURN NULL;
END $body$;
CREATE FUNCTION tally_{of}_changed() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
  INSERT INTO core_tally ("of", scope, state, number, pence)
    SELECT '{of}', {scope}, r.state, r.sign, r.sign * {worth}
    FROM (SELECT -1 AS sign, OLD.* UNION ALL SELECT 1, NEW.*) r WHERE {counted};
  RETURN NULL;
END $body$;
CREATE TRIGGER tally_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION tally_{of}_added();
CREATE TRIGGER tally_gone AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION tally_{of}_gone();
CREATE TRIGGER tally_changed AFTER UPDATE ON {table} FOR EACH ROW
  WHEN ((({was}) IS DISTINCT FROM ({is})) AND ({ever}))
  EXECUTE FUNCTION tally_{of}_changed();
SELECT tally_{of}();
"""
_NO_TALLY = """
DROP TRIGGER IF EXISTS tally_added ON {table};
DROP TRIGGER IF EXISTS tally_gone ON {table};
DROP TRIGGER IF EXISTS tally_changed ON {table};
DROP FUNCTION IF EXISTS tally_{of}_added();
DROP FUNCTION IF EXISTS tally_{of}_gone();
DROP FUNCTION IF EXISTS tally_{of}_changed();
DROP FUNCTION IF EXISTS tally_{of}();
DELETE FROM core_tally WHERE "of" = '{of}';
"""
