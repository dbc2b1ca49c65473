"""What a person surely has none of, found out in the statement that reads them.

Most people have no guest access, no conflict and no right over pages; asking for each of these
on every page would be a statement each. What is asked of everybody and short is read there too.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.db.models import Exists, QuerySet

from carefund.core import clock
from carefund.core.listed import Listed
from carefund.core.prepared import Prepared

from .models import User

# Gives the rows of a person, who is OuterRef("pk"), as they stand on a day.
Rows = Callable[[date], QuerySet[Any]]
_ties: dict[str, Rows] = {}
_facts: dict[str, tuple[Rows, tuple[str, ...]]] = {}


def register(name: str, rows: Rows) -> None:
    """Call it in `AppConfig.ready`; `name` is an identifier."""
    _ties[f"tie_{name}"] = rows


def register_facts(name: str, rows: Rows, *fields: str) -> None:
    """The same for what is wanted itself: `fields` of the rows, few, as texts and numbers."""
    _facts[f"tie_{name}"] = rows, fields


def people(today: date) -> QuerySet[User]:
    found: dict[str, Any] = {name: Exists(rows(today)) for name, rows in _ties.items()}
    facts = {name: Listed(rows(today), fields) for name, (rows, fields) in _facts.items()}
    return User.objects.annotate(**found, **facts)


_one = Prepared(lambda pk, today: people(today).filter(pk=pk))


# Set while it is found out who is signed in, and only then.
read_with_session: ContextVar[User | None] = ContextVar("read_with_session", default=None)


def person(pk: Any) -> User | None:
    known = read_with_session.get()
    if known is not None and known.pk == pk:
        return known
    return _one.first(pk=pk, today=clock.today())


def has_none(user: Any, name: str) -> bool:
    """Whether it is known that there are none; False when it has to be asked."""
    return getattr(user, f"tie_{name}", None) in (False, [])


def facts_of(user: Any, name: str) -> list[list[Any]] | None:
    """What is known of the person; None when it has to be asked."""
    return getattr(user, f"tie_{name}", None)


def forget(user: Any, name: str) -> None:
    """It has changed since the person was read."""
    user.__dict__.pop(f"tie_{name}", None)


def known(user: Any) -> Hashable | None:
    """All that was read of the person; None where something has to be asked."""
    held = getattr(user, "__dict__", {})
    try:
        facts = [held[name] for name in (*_ties, *_facts)]
    except KeyError:
        return None
    return user.pk, user.is_active, user.is_staff, user.is_superuser, repr(facts)
