"""Starts web server, worker and scheduler together and says who can sign in; `make run`."""

import contextlib
import fcntl
import functools
import http.client
import os
import socket
import sys
import time
from pathlib import Path

from supervise import PATIENCE, Died, Service, Stop, listen_for_stop, stop, wait_until, watch

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("CAREFUND_VAR") or ROOT / "var").resolve()
LOGS = VAR / "log"
HOST = "127.0.0.1"
HIGHEST_PORT = 65535
SERVER_ERROR = 500
START_SECONDS = 90


class CannotRun(Exception):
    """The message says what to do."""


def chosen_port(text):
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise CannotRun(f"PORT must be a number from 1 to {HIGHEST_PORT}, not {text!r}.")
    return int(text)


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CannotRun(
                f"Port {port} may only be used by the administrator. "
                "Choose a higher one: make run PORT=8000"
            ) from None
        except OSError:
            return False
    return True


def need_free_port(port, patience):
    """Waits a little when an earlier run was killed: its servers may still be stopping."""
    deadline = time.monotonic() + patience
    while not port_is_free(port):
        if time.monotonic() >= deadline:
            other = port + 1 if port < HIGHEST_PORT else 8000
            raise CannotRun(
                f"Port {port} is taken by another program. Stop that program, or choose "
                f"another port: make run PORT={other}"
            )
        time.sleep(0.2)


def lock(file):
    """Takes the lock, waiting while its holder says that it is about to stop."""
    deadline = time.monotonic() + PATIENCE + 5
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder, _, stopping = file.read().partition(" ")
        else:
            return
        if not stopping or time.monotonic() > deadline:
            raise CannotRun(
                f"`make run` is already running in this folder (process {holder}). "
                f"Stop it there with Ctrl-C, or with: kill {holder}"
            )
        time.sleep(0.2)


def write_down(file, text):
    file.truncate(0)
    file.write(text)
    file.flush()


@contextlib.contextmanager
def only_one(path):
    """Holds the lock of this checkout; yields whether the run before was killed.

    The kernel lets go of the lock when its holder dies, so a stale file never hinders.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        lock(file)
        file.seek(0)
        killed_before = bool(file.read())
        write_down(file, str(os.getpid()))
        stopping = functools.partial(write_down, file, f"{os.getpid()} stopping")
        yield killed_before, stopping
        write_down(file, "")


def environment(port):
    source_roots = [str(ROOT), str(ROOT / "site"), os.environ.get("PYTHONPATH", "")]
    return {
        "CAREFUND_BASE_URL": f"http://{HOST}:{port}",
        "DJANGO_SETTINGS_MODULE": "carefund.settings",
        **os.environ,
        "PYTHONPATH": os.pathsep.join(part for part in source_roots if part),
        "PYTHONUNBUFFERED": "1",
    }


def services(port, env):
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "carefund"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    commands = {
        "web": [
            *[*python, "gunicorn", "carefund.wsgi", "--bind", f"{HOST}:{port}"],
            *["--workers", "2", "--threads", "4", "--timeout", "120", "--graceful-timeout", "5"],
            *["--no-control-socket", "--access-logfile", "-"],
        ],
        "worker": [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2", *quiet],
        # No pid file: one left behind by a killed run must not hinder the next.
        "scheduler": [*celery, "beat", "--loglevel", "INFO", "--pidfile="],
    }
    return [
        Service(name, command, env=env, log=LOGS / f"{name}.log")
        for name, command in commands.items()
    ]


def answers(port):
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def prepare(env, stopping):
    step = Service("preparation", [sys.executable, ROOT / "scripts" / "prepare.py"], env=env)
    step.start()
    try:
        code = step.process.wait()
    except Stop:
        stopping()
        stop([step])
        raise
    if code:
        raise CannotRun("The data could not be made ready; the reason stands above.")


def example_people(env):
    command = [sys.executable, ROOT / "manage.py", "example_people"]
    return Service("people", command, env=env, log=LOGS / "people.log")


def start_and_watch(port, running, people):
    for service in [*running, people]:
        service.start()
    if not wait_until(lambda: answers(port), running, START_SECONDS):
        lines = running[0].last_lines()
        raise CannotRun(f"The web server gives no page. The last lines of its log:\n{lines}")
    wait_until(lambda: people.code() is not None, running, START_SECONDS)
    if people.code() != 0:
        raise CannotRun(f"The example people could not be listed:\n{people.last_lines()}")
    say_where(port, people.log.read_text())
    watch(running)


def serve(port, env, stopping):
    running = services(port, env)
    # Who can sign in is asked while the servers start, to save the reader two seconds.
    people = example_people(env)
    try:
        start_and_watch(port, running, people)
    except Died as death:
        service = death.service
        raise CannotRun(
            f"The {service.name} stopped by itself (exit code {service.code()}), so everything "
            f"was stopped. The last lines of {shown(service.log)}:\n{service.last_lines()}"
        ) from None
    finally:
        stopping()
        stop([*running, people])


def say_where(port, people):
    print(f"\nDigital Care Fund is running at http://{HOST}:{port}/\n\n{people.rstrip()}\n")
    print(f"Logs: {shown(LOGS)}. Press Ctrl-C to stop.", flush=True)


def shown(path):
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def run():
    port = chosen_port(os.environ.get("PORT") or "8000")
    env = environment(port)
    with only_one(VAR / "run.lock") as (killed_before, stopping):
        need_free_port(port, patience=15 if killed_before else 0)
        try:
            prepare(env, stopping)
            serve(port, env, stopping)
        except Stop:
            print("Everything that was started is stopped.")


def main():
    os.chdir(ROOT)
    listen_for_stop()
    try:
        run()
    except CannotRun as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    except Stop:
        pass
    except OSError as error:
        print(f"\nThis computer refused: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
