"""Starts several programs together and stops every one of them, whatever happens."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 10.0  # seconds that a program has to stop by itself
PR_SET_PDEATHSIG = 1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Stop(Exception):
    """Somebody asked us to stop: Ctrl-C, a closed terminal, or a polite kill."""


class Died(Exception):
    def __init__(self, service):
        self.service = service
        super().__init__(service.name)


class Wishes:
    """How often somebody asked us to stop; only the first time interrupts what is under way."""

    def __init__(self):
        self.stopping = False
        self.hurry = False

    def heard(self, _number, _frame):
        if self.stopping:
            self.hurry = True
        else:
            self.stopping = True
            raise Stop


WISHES = Wishes()


def listen_for_stop():
    for number in STOP_SIGNALS:
        # nohup asks for a closed terminal to be ignored.
        if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, WISHES.heard)


@contextlib.contextmanager
def undisturbed():
    """A wish to stop is heard when this is done, not in the middle of it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)


def _in_child():
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    # If we are killed without a chance to clean up, the kernel stops our children.
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


class Service:
    """One program in a process group of its own, so that Ctrl-C reaches it only through us."""

    def __init__(self, name, command, *, env=None, log=None):
        self.name = name
        self.command = [str(part) for part in command]
        self.env = env
        self.log = Path(log) if log else None
        self.process = None

    def start(self):
        with contextlib.ExitStack() as stack:
            out = stack.enter_context(self._fresh_log()) if self.log else None
            # Until we hold the process, nobody could stop it.
            stack.enter_context(undisturbed())
            self.process = subprocess.Popen(
                self.command,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT if out else None,
                start_new_session=True,
                preexec_fn=_in_child,  # noqa: PLW1509 - no threads here
            )
        return self

    def _fresh_log(self):
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".previous.log"))
        return self.log.open("wb")

    def last_lines(self, count=12):
        if not self.log or not self.log.exists():
            return ""
        lines = self.log.read_text(errors="replace").strip().splitlines()[-count:]
        return "\n".join("    " + line for line in lines)

    def code(self):
        """The exit code, or None while it runs."""
        return self.process.poll() if self.process else None

    def signal(self, number):
        # Only the leader is asked: gunicorn and celery stop their own workers in good order.
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(number)

    def kill_group(self):
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def stop(services, patience=PATIENCE):
    """Asks all to stop, then kills what is left of each group. A second Ctrl-C does not wait."""
    WISHES.stopping = True
    for service in reversed(services):
        service.signal(signal.SIGTERM)
    deadline = time.monotonic() + patience
    while any(service.process and service.code() is None for service in services):
        if WISHES.hurry or time.monotonic() > deadline:
            break
        time.sleep(0.05)
    for service in services:
        service.kill_group()


def check(services):
    # Interrupted while it asks for a program's state, `subprocess` would wait for it for ever.
    with undisturbed():
        for service in services:
            if service.code() is not None:
                raise Died(service)


def wait_until(happened, services, seconds):
    """True as soon as `happened()` is; False when the time is over; Died when a service is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        check(services)
        if happened():
            return True
        time.sleep(0.1)
    return False


def watch(services):
    while True:
        check(services)
        time.sleep(0.5)
