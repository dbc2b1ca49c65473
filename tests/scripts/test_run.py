import os
import socket
import subprocess
import sys

import pytest

import run


@pytest.fixture
def taken_port():
    with socket.socket() as holder:
        holder.bind((run.HOST, 0))
        holder.listen()
        yield holder.getsockname()[1]


def dead_pid():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.parametrize("text", ["eighty", "0", "65536", "-1", "80 80", ""])
def test_chosen_port_must_be_a_port(text):
    with pytest.raises(run.CannotRun, match="PORT must be a number from 1 to 65535"):
        run.chosen_port(text)


def test_taken_port_is_said_with_what_to_do(taken_port):
    with pytest.raises(run.CannotRun) as told:
        run.need_free_port(taken_port, patience=0)
    assert str(told.value) == (
        f"Port {taken_port} is taken by another program. Stop that program, or choose "
        f"another port: make run PORT={taken_port + 1}"
    )


def test_run_ends_with_a_sentence_when_the_port_is_taken(taken_port, tmp_path):
    ended = subprocess.run(
        [sys.executable, str(run.ROOT / "scripts" / "run.py")],
        env={**os.environ, "PORT": str(taken_port), "CAREFUND_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"\nPort {taken_port} is taken by another program.")
    assert "Traceback" not in ended.stderr


def test_only_one_run_per_checkout(tmp_path):
    with run.only_one(tmp_path / "run.lock"):
        with pytest.raises(run.CannotRun) as told, run.only_one(tmp_path / "run.lock"):
            pass
        assert str(told.value).startswith(
            f"`make run` is already running in this folder (process {os.getpid()})."
        )


def test_next_run_waits_for_one_that_is_stopping(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "PATIENCE", -5)
    with run.only_one(tmp_path / "run.lock") as (_, stopping):
        stopping()
        assert (tmp_path / "run.lock").read_text() == f"{os.getpid()} stopping"
        with pytest.raises(run.CannotRun), run.only_one(tmp_path / "run.lock"):
            pass
    with run.only_one(tmp_path / "run.lock") as (killed_before, _):
        assert killed_before is False


def test_lock_of_a_killed_run_does_not_hinder(tmp_path):
    (tmp_path / "run.lock").write_text(str(dead_pid()))
    with run.only_one(tmp_path / "run.lock") as (killed_before, _):
        assert killed_before is True
        assert (tmp_path / "run.lock").read_text() == str(os.getpid())
    assert (tmp_path / "run.lock").read_text() == ""


def test_environment_finds_the_source_roots_and_keeps_what_was_set(monkeypatch):
    monkeypatch.setenv("CAREFUND_BASE_URL", "http://fund.example")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    made = run.environment(8000)
    assert made["PYTHONPATH"].split(os.pathsep) == [str(run.ROOT), str(run.ROOT / "site")]
    assert made["CAREFUND_BASE_URL"] == "http://fund.example"
