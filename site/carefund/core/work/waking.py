"""Calls to the workers: at once when it is quiet, a few a second when many are made."""

from collections.abc import Callable
from threading import Lock, Timer
from time import monotonic

import structlog

# Seconds. Calls that come sooner after another are put together with those that follow.
WITHIN = 0.1
log = structlog.get_logger("carefund.core.work")


class Together:
    """Makes a call at once, and puts together those that follow within a moment.

    At a deadline dozens of submissions a second each have mails to be sent: a message to the
    broker for each costs more than to write the mail. A call that is lost with its process loses
    nothing but seconds: the sweep finds the rows.
    """

    def __init__(self, send: Callable[[list[int]], None], within: float = WITHIN) -> None:
        self.send, self.within = send, within
        self._lock = Lock()
        self._waiting: list[int] = []
        self._quiet_from = 0.0
        self._timer: Timer | None = None

    def __call__(self, job_ids: list[int]) -> None:
        with self._lock:
            now = monotonic()
            if self._timer is not None or now < self._quiet_from:
                self._waiting += job_ids
                self._wait()
                return
            self._quiet_from = now + self.within
        self.send(job_ids)

    def _wait(self) -> None:
        if self._timer is None:
            self._timer = Timer(self.within, self._send_what_waits)
            self._timer.start()

    def _send_what_waits(self) -> None:
        with self._lock:
            waiting, self._waiting, self._timer = self._waiting, [], None
            self._quiet_from = monotonic() + self.within
        try:
            self.send(waiting)
        except Exception:
            # Whoever asked is answered already; the sweep takes the rows up.
            log.exception("workers_not_called", jobs=len(waiting))
