"""Many people at once, over the loopback, against web processes of gunicorn."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

HOST, PROCESSES, THREADS = "127.0.0.1", 2, 4
FOUND = 302


@contextlib.contextmanager
def serving(application, port, url):
    """As `scripts/run.py` serves it: two processes of four threads."""
    command = [
        *[sys.executable, "-m", "gunicorn", application, "--bind", f"{HOST}:{port}"],
        *["--workers", str(PROCESSES), "--threads", str(THREADS), "--timeout", "120"],
        *["--no-control-socket", "--log-level", "error"],
    ]
    # In production nothing looks for new static files on every request.
    environment = {**os.environ, "DATABASE_URL": url, "WHITENOISE_AUTOREFRESH": "false"}
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait_for(port, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
            return
        time.sleep(0.1)
    raise AssertionError(f"Nobody answers at port {port}.")


@dataclass
class Outcome:
    seconds: float = 0.0
    times: list = field(default_factory=list)
    errors: list = field(default_factory=list)

    def __add__(self, other):
        return Outcome(
            self.seconds + other.seconds, self.times + other.times, self.errors + other.errors
        )

    @property
    def rate(self):
        return len(self.times) / self.seconds


def rush(port, visitors):
    """`visitors` are lists of (path, form, headers), each sent in order; all begin at once."""
    outcome, gate = Outcome(), threading.Barrier(len(visitors) + 1)
    threads = [
        threading.Thread(target=_visit, args=(port, asked, gate, outcome)) for asked in visitors
    ]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    outcome.seconds = time.perf_counter() - began
    return outcome


def _visit(port, asked, gate, outcome):
    gate.wait()
    for path, form, headers in asked:
        began = time.perf_counter()
        connection = http.client.HTTPConnection(HOST, port, timeout=120)
        try:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urlencode(form), {**kind, **headers})
            response = connection.getresponse()
            response.read()
            to = response.headers.get("Location", "")
            if response.status != FOUND or "/account/" in to:
                outcome.errors.append((path, response.status, to))
        except OSError as error:
            outcome.errors.append((path, repr(error)))
        finally:
            connection.close()
        outcome.times.append((time.perf_counter() - began) * 1000)
