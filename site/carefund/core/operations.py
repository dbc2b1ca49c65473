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
