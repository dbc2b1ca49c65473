"""Each test runs a small supervisor of its own, because signals belong to a whole process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
SECONDS = 15

# The checks may themselves run under nohup, which the supervisor would inherit and honour.
SUPERVISOR = """
import signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)
sys.path.insert(0, {scripts!r})
from supervise import Died, Service, Stop, listen_for_stop, stop, watch
listen_for_stop()
services = [
    Service(name, ["/bin/sh", "-c", code], log={folder!r} + "/" + name + ".log")
    for name, code in {programs!r}.items()
]
try:
    for service in services:
        service.start()
    print("started", flush=True)
    watch(services)
except Stop:
    print("asked to stop")
except Died as death:
    print("died", death.service.name, death.service.code(), death.service.last_lines())
finally:
    stop(services, patience=0.5)
"""


@pytest.fixture
def supervise(tmp_path):
    running = []

    def start(**programs):
        code = SUPERVISOR.format(scripts=str(SCRIPTS), folder=str(tmp_path), programs=programs)
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout.readline() == "started\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def until(happened):
    deadline = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def pids_in(path, count):
    until(lambda: path.exists() and len(path.read_text().split()) == count)
    return [int(pid) for pid in path.read_text().split()]


def family(path, prelude=""):
    """A program with a child of its own, both written down."""
    return f"{prelude} sleep 300 & echo $$ $! > {path}; wait"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stop_reaches_every_program_and_its_children(supervise, tmp_path, number):
    process = supervise(web=family(tmp_path / "web"), worker=family(tmp_path / "worker"))
    started = pids_in(tmp_path / "web", 2) + pids_in(tmp_path / "worker", 2)
    assert all(map(alive, started))
    process.send_signal(number)
    output, _ = process.communicate(timeout=SECONDS)
    assert (output, process.returncode) == ("asked to stop\n", 0)
    until(lambda: not any(map(alive, started)))  # a signal takes a moment on a busy machine


def test_a_wish_to_stop_does_not_interrupt_the_asking_for_a_state():
    code = f"""
import os, signal, sys
sys.path.insert(0, {str(SCRIPTS)!r})
from supervise import Service, Stop, listen_for_stop, watch
class Asked(Service):
    def code(self):
        os.kill(os.getpid(), signal.SIGTERM)
        print("asked to the end")
listen_for_stop()
try:
    watch([Asked("web", [])])
except Stop:
    print("stopped")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=SECONDS, check=True
    )
    assert done.stdout == "asked to the end\nstopped\n"


def test_stop_kills_a_program_that_does_not_listen(supervise, tmp_path):
    process = supervise(deaf=family(tmp_path / "deaf", prelude="trap '' TERM INT;"))
    started = pids_in(tmp_path / "deaf", 2)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=SECONDS)
    assert not any(map(alive, started))


def test_watch_names_the_program_that_died_and_stops_the_others(supervise, tmp_path):
    process = supervise(
        web=family(tmp_path / "web"),
        worker=f"while [ ! -e {tmp_path}/go ]; do sleep 0.05; done; echo no broker; exit 3",
    )
    started = pids_in(tmp_path / "web", 2)
    (tmp_path / "go").touch()
    output, _ = process.communicate(timeout=SECONDS)
    assert output == "died worker 3     no broker\n"
    assert not any(map(alive, started))


def test_programs_end_when_the_supervisor_is_killed(supervise, tmp_path):
    process = supervise(web=f"echo $$ > {tmp_path}/web; exec sleep 300")
    (started,) = pids_in(tmp_path / "web", 1)
    os.kill(process.pid, signal.SIGKILL)
    until(lambda: not alive(started))


def test_log_of_the_run_before_is_kept(supervise, tmp_path):
    for word in ("first", "second"):
        process = supervise(web=f"echo {word}; sleep 300")
        until(lambda expected=word: (tmp_path / "web.log").read_text() == f"{expected}\n")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=SECONDS)
    assert (tmp_path / "web.previous.log").read_text() == "first\n"
