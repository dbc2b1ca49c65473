"""Objects made of rows by the dozen: as `Model.from_db` does, without asking each field anew."""
# ruff: noqa: SLF001 - what Django keeps for itself is what is spared here

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db.models import ForeignKey, Model
from django.db.models.base import ModelState
from django.db.models.fields.files import FileDescriptor
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

# Fields that keep a value of the database as it comes.
_PLAIN = {DeferredAttribute, ForeignKeyDeferredAttribute, FileDescriptor}
M = TypeVar("M", bound=Model)
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
        self._is_plain = _is_plain(self.model) and not _is_told(self.model)

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


def new(model: type[M], **values: Any) -> M:
    """A row to be written, as `model(**values)` makes it, without asking each field anew."""
    if not _is_plain(model) or _is_told(model):
        return model(**values)
    defaults, plain, pointing = _columns(model)
    made: Any = model.__new__(model)
    made._state = state = ModelState()
    held = made.__dict__
    for name, default in defaults:
        if name not in values:
            held[name] = default()
    for name, value in values.items():
        if name in plain:
            held[name] = value
        elif name in pointing and value is not None and type(value) is pointing[name][1]:
            state.fields_cache[name] = value
            held[pointing[name][0]] = value.pk
        else:
            setattr(made, _known(model, name), value)
    return made


# Who listened when it was found out of which models somebody is told.
_listening: list[Any] = []
_told: dict[type[Model], bool] = {}


def _is_told(model: type[Model]) -> bool:
    """Whether somebody listens when one is made; found out anew when the listeners change."""
    now = [*(pre_init.receivers or ()), *(post_init.receivers or ())]
    if now != _listening:
        _told.clear()
        _listening[:] = now
    known = _told.get(model)
    if known is None:
        known = _told[model] = pre_init.has_listeners(model) or post_init.has_listeners(model)
    return known


Columns = tuple[list[tuple[str, Callable[[], Any]]], frozenset[str], dict[str, tuple[str, Any]]]


@cache
def _columns(model: type[Model]) -> Columns:
    """What a row has where nothing is said; names of values; and of what points to one row each."""
    fields: list[Any] = [field for field in model._meta.concrete_fields if not field.generated]
    pointing = {
        field.name: (field.attname, field.related_model)
        for field in fields
        if type(field) is ForeignKey and field.target_field.primary_key
    }
    return (
        [(field.attname, field.get_default) for field in fields],
        frozenset(field.attname for field in fields),
        pointing,
    )


def _known(model: type[Model], name: str) -> str:
    model._meta.get_field(name)
    return name


@cache
def _is_plain(model: Any) -> bool:
    """Whether nothing else happens to a row of it, by code of the model or of a field."""
    return (
        model.__init__ is Model.__init__
        and model.from_db.__func__ in AFTER
        and {type(getattr(model, f.attname)) for f in model._meta.concrete_fields} <= _PLAIN
    )
