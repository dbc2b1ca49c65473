"""What a person surely has none of, found out in the statement that reads them.

Most people have no guest access, no conflict and no right over pages; asking for each of these
on every page would be a statement each. Composing that one statement takes longer than running
it, so it is composed once a day.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import Exists, QuerySet

from carefund.core import clock

from .models import User

Statement = tuple[str, tuple[Any, ...]]

# Gives the rows of a person, who is OuterRef("pk").
Rows = Callable[[], QuerySet[Any]]
_ties: dict[str, Rows] = {}
_composed: dict[str, tuple[date, Statement]] = {}


def register(name: str, rows: Rows) -> None:
    """Call it in `AppConfig.ready`; `name` is an identifier. Rows may differ by the day only."""
    _ties[f"tie_{name}"] = rows
    _composed.clear()


def people() -> QuerySet[User]:
    return User.objects.annotate(**{name: Exists(rows()) for name, rows in _ties.items()})


def read(pk: Any) -> User | None:
    """A person with what they surely have none of."""
    sql, values = _statement(User.objects.db)
    key = User._meta.pk.to_python(pk)
    for person in User.objects.raw(sql, (*values, key)):
        # Not every database answers a question with a truth value.
        person.__dict__ |= {name: bool(person.__dict__[name]) for name in _ties}
        return person
    return None


def _statement(database: str) -> Statement:
    """All but the key of the person, which comes last."""
    today = clock.today()
    day, statement = _composed.get(database, (None, ("", ())))
    if day != today:
        statement = compose(database)
        _composed[database] = (today, statement)
    return statement


def compose(database: str) -> Statement:
    query = people().filter(pk=0).order_by().query
    sql, values = query.get_compiler(connection=connections[database]).as_sql()
    return sql, tuple(values[:-1])


def has_none(user: Any, name: str) -> bool:
    """Whether it is known that there are none; False when it has to be asked."""
    return getattr(user, f"tie_{name}", None) is False


def forget(user: Any, name: str) -> None:
    """It has changed since the person was read."""
    user.__dict__.pop(f"tie_{name}", None)
