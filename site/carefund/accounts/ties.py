"""What a person surely has none of, found out in the statement that reads them.

Most people have no guest access, no conflict and no right over pages; asking for each of these
on every page would be a statement each.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, QuerySet

from carefund.core import clock
from carefund.core.prepared import Prepared

from .models import User

# Gives the rows of a person, who is OuterRef("pk"), as they stand on a day.
Rows = Callable[[date], QuerySet[Any]]
_ties: dict[str, Rows] = {}


def register(name: str, rows: Rows) -> None:
    """Call it in `AppConfig.ready`; `name` is an identifier."""
    _ties[f"tie_{name}"] = rows


def people(today: date) -> QuerySet[User]:
    return User.objects.annotate(**{name: Exists(rows(today)) for name, rows in _ties.items()})


_one = Prepared(lambda pk, today: people(today).filter(pk=pk))


def person(pk: Any) -> User | None:
    return _one.first(pk=pk, today=clock.today())


def has_none(user: Any, name: str) -> bool:
    """Whether it is known that there are none; False when it has to be asked."""
    return getattr(user, f"tie_{name}", None) is False


def forget(user: Any, name: str) -> None:
    """It has changed since the person was read."""
    user.__dict__.pop(f"tie_{name}", None)
