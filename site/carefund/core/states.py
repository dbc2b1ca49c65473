"""States move through a table and one locked door."""

# ruff: noqa: SLF001 - the door and the model it locks are one thing in two pieces
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

from django.db import models, transaction

from . import making
from .actors import Actor
from .errors import WrongState
from .prepared import Prepared
from .record import record
from .writing import Rows, Wanted

M = TypeVar("M", bound=models.Model)
Guard = Callable[[Any], None]


@dataclass(frozen=True)
class State:
    """A state, the words people see for it and the colour of its tag (SCREENS: status)."""

    value: str
    label: str
    colour: str = "grey"


@dataclass(frozen=True)
class Move:
    """`name` takes an object from any of `sources` to `target`."""

    name: str
    sources: tuple[str, ...]
    target: str


class StateTable:
    """The states of one kind of object, the first of them initial, and the moves it may make."""

    def __init__(self, noun: str, states: Iterable[State], moves: Iterable[Move]) -> None:
        self.noun = noun
        self.states = {state.value: state for state in states}
        self.moves = {move.name: move for move in moves}
        self.initial = next(iter(self.states))
        for move in self.moves.values():
            unknown = {*move.sources, move.target} - self.states.keys()
            if unknown:
                raise ValueError(f"{noun}: {move.name} names unknown states {sorted(unknown)}")

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in self.states.values()]

    def constraint(self, name: str, field: str = "state") -> models.CheckConstraint:
        """The database refuses a state that the table does not list."""
        condition = models.Q(**{f"{field}__in": list(self.states)})
        return models.CheckConstraint(condition=condition, name=name)

    def can(self, obj: Any, move: str, field: str = "state") -> bool:
        return getattr(obj, field) in self.moves[move].sources

    def moves_from(self, state: str) -> list[Move]:
        return [move for move in self.moves.values() if state in move.sources]


class StateField(models.CharField):
    """The state of an object. Only `move` writes it after the object exists."""

    def __init__(self, *args: Any, table: StateTable | None = None, **kwargs: Any) -> None:
        self.table = table
        if table is not None:
            kwargs.setdefault("choices", table.choices)
            kwargs.setdefault("default", table.initial)
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        # The words may change without a migration; the constraint holds the values.
        kwargs.pop("choices", None)
        return name, "django.db.models.CharField", args, kwargs


@cache
def _state_names(model: type[models.Model]) -> tuple[str, ...]:
    """Worked out once: every row that is read asks for it."""
    return tuple(f.attname for f in model._meta.concrete_fields if isinstance(f, StateField))


@cache
def _states_of(model: type[models.Model]) -> dict[str, State]:
    field: Any = model._meta.get_field("state")
    found: dict[str, State] = field.table.states
    return found


class Stateful(models.Model):
    """Refuses a save that changes a state behind the door's back."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **options: Any) -> Any:
        instance = super().from_db(db, field_names, values, **options)
        instance.remember_states()
        return instance

    def remember_states(self) -> None:
        self._loaded_states = self._states()

    def _states(self) -> dict[str, str]:
        held = self.__dict__
        return {name: held.get(name, "") for name in _state_names(type(self))}

    def save(self, *args: Any, **kwargs: Any) -> None:
        loaded = getattr(self, "_loaded_states", None)
        if loaded is not None:
            for name, value in self._states().items():
                if loaded[name] and loaded[name] != value:
                    raise RuntimeError(f"{self._meta.label}.{name} moves only through states.move")
        super().save(*args, **kwargs)
        self.remember_states()

    @property
    def status(self) -> State:
        """The state with its words and colour."""
        return _states_of(type(self))[self.state]  # type: ignore[attr-defined] # each has one


making.AFTER[Stateful.from_db.__func__] = Stateful.remember_states  # type: ignore[attr-defined]


def move(
    obj: M,
    name: str,
    *,
    by: Actor,
    reason: str = "",
    guard: Guard | None = None,
    field: str = "state",
    held: M | None = None,
    beside: Sequence[Wanted] = (),
    **changes: Any,
) -> M:
    """Take `obj` through the move `name`: lock its row, check, write state, `changes`, record.

    Returns the locked row, freshly read; `obj` itself is brought up to date too. `guard` gets the
    locked row and raises what forbids the move. `held` is that row, where the caller has locked it
    in this transaction already, `beside` rows that the same statement adds. Raises `WrongState`
    for a move the table forbids.
    """
    with nullcontext() if held is not None else transaction.atomic():
        locked: Any = held or _locked(obj)
        table: StateTable = locked._meta.get_field(field).table
        wanted, source = table.moves[name], getattr(locked, field)
        if source not in wanted.sources:
            raise WrongState(locked, source, name, wanted.target, _sentence(table, source, name))
        if guard is not None:
            guard(locked)
        before = {key: getattr(locked, key) for key in changes}
        for key, value in changes.items():
            setattr(locked, key, value)
        setattr(locked, field, wanted.target)
        locked._loaded_states = locked._states()
        _share_what_is_beside(obj, locked)
        moved = {field: (source, wanted.target)}
        moved.update({key: (before[key], getattr(locked, key)) for key in changes})
        record(
            f"{table.noun}.{name}",
            locked,
            by=by,
            changes=moved,
            reason=reason,
            rows=Rows(added=tuple(beside), changed=((locked, (field, *changes)),)),
        )
    _bring_up_to_date(obj, locked, field, changes)
    return cast(M, locked)


def _locked(obj: M) -> M:
    model = type(obj)
    found: M | None = _locking(model).first(pk=obj.pk)
    if found is None:
        raise model.DoesNotExist(f"{model._meta.label} {obj.pk} is gone.")  # type: ignore[attr-defined]
    return found


@cache
def _locking(model: type[models.Model]) -> Prepared[Any]:
    rows = model._base_manager
    return Prepared(lambda pk: rows.select_for_update(of=("self",)).filter(pk=pk))


def _sentence(table: StateTable, source: str, name: str) -> str:
    state = table.states[source].label.lower()
    action = name.replace("_", " ")
    return f"You cannot {action} this {table.noun} because it is now “{state}”. Nothing changed."


def _share_what_is_beside(obj: Any, locked: Any) -> None:
    """What the record asks for beside the row (its call, its programme) is not read again."""
    for name, value in obj._state.fields_cache.items():
        relation = obj._meta.get_field(name)
        if not relation.concrete or locked._state.fields_cache.get(name) is not None:
            continue
        if getattr(obj, relation.attname) == getattr(locked, relation.attname):
            relation.set_cached_value(locked, value)


def _bring_up_to_date(obj: Any, locked: Any, field: str, changes: dict[str, Any]) -> None:
    for key in (field, *changes):
        setattr(obj, key, getattr(locked, key))
    obj._loaded_states = dict(locked._loaded_states)
