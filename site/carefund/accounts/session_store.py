"""Sessions in the database, found by a statement that is written once."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from carefund.core.prepared import Prepared


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Any:
        found = _unexpired.first(key=self.session_key or "", now=timezone.now())
        if found is None:
            self._session_key = None
        return found


_unexpired = Prepared(
    lambda key, now: SessionStore.get_model_class().objects.filter(
        session_key=key, expire_date__gt=now
    )
)
