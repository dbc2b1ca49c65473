"""Sessions in the database, read with the person whose they are: a statement written once."""

import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from carefund.core import clock
from carefund.core.keeping import Lately
from carefund.core.prepared import Prepared

from . import ties
from .models import User

_DECODED: Lately[str] = Lately(500)


class SessionStore(DatabaseStore):
    # Who was signed in to the session when it was read; still to be checked against what it says.
    person: User | None = None

    def decode(self, session_data: str | bytes) -> Any:
        """As Django's; the signature of what was read lately is not worked out again."""
        known = _DECODED.find(session_data)
        if known is None:
            known = _DECODED.keep(session_data, json.dumps(super().decode(session_data)))
        return json.loads(known)

    def _get_session_from_db(self) -> Any:
        key, now = self.session_key or "", timezone.now()
        self.person = person = _with_person.first(key=key, now=now, today=clock.today())
        if person is not None and person.session_data is not None:
            return self.get_model_class()(
                session_key=key,
                session_data=person.session_data,
                expire_date=person.session_ends_at,
            )
        found = _unexpired.first(key=key, now=now)
        if found is None:
            self._session_key = None
        return found


def _open(**chosen: Any) -> Any:
    return SessionStore.get_model_class().objects.filter(**chosen)


_unexpired = Prepared(lambda key, now: _open(session_key=key, expire_date__gt=now))


def _people(key: str, now: Any, today: Any) -> Any:
    """By the list of sessions that people see of themselves, which has each from its sign-in on."""
    session = _open(session_key=OuterRef("usersession__session_key"), expire_date__gt=now)
    return ties.people(today).filter(usersession__session_key=key).annotate(
        session_data=Subquery(session.values("session_data")),
        session_ends_at=Subquery(session.values("expire_date")),
    )  # fmt: skip


_with_person = Prepared(_people)
