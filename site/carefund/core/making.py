"""Objects made of rows by the dozen: as `Model.from_db` does, without asking each field anew."""
# ruff: noqa: SLF001 - what Django keeps for itself is what is spared here

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.fields.files import FileDescriptor
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

# Fields that keep a value of the database as it comes.
_PLAIN = {DeferredAttribute, ForeignKeyDeferredAttribute, FileDescriptor}
After = Callable[[Any], None]
# The ways of `from_db` known here, with what each does with an object besides filling it in.
AFTER: dict[Any, After | None] = {Model.from_db.__func__: None}  # type: ignore[attr-defined]


class Maker:
    """Stands where Django has the class of a model to make objects of rows with."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.begin()

    def begin(self) -> None:
        """Before rows are made into objects: whether somebody listens now, who has to be told."""
        model = self.model
        told = pre_init.has_listeners(model) or post_init.has_listeners(model)
        self._is_plain = _is_plain(model) and not told

    def from_db(self, db: str, names: Sequence[str], values: Sequence[Any]) -> Any:
        """`values` of the columns `names`; what is not among them is read when it is asked for."""
        model = self.model
        if not self._is_plain:
            return model.from_db(db, names, values)
        made: Any = model.__new__(model)
        made._state = state = ModelState()
        state.db, state.adding = db, False
        made.__dict__.update(zip(names, values, strict=True))
        after = AFTER[model.from_db.__func__]  # type: ignore[attr-defined]
        if after is not None:
            after(made)
        return made


@cache
def _is_plain(model: Any) -> bool:
    """Whether nothing else happens to a row of it, by code of the model or of a field."""
    return (
        model.__init__ is Model.__init__
        and model.from_db.__func__ in AFTER
        and {type(getattr(model, f.attname)) for f in model._meta.concrete_fields} <= _PLAIN
    )
