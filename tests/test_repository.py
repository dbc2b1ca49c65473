"""What must hold of the files themselves."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("base", "dev", "npm")
# Written in parts, so that this file does not name what it looks for.
INDEX_HOSTS = [
    re.compile(pattern)
    for pattern in (
        r"pypi\." + "org",
        r"python" + r"hosted\.org",
        r"registry\." + r"npmjs\.",
        r"registry\." + r"yarnpkg\.",
        r"--(extra-)?index-" + "url[ =]",
        r"--find-" + "links[ =]",
    )
]


def tracked_files():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def text_of(path):
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_site_is_a_source_root_and_never_a_package():
    assert (ROOT / "site" / "carefund" / "__init__.py").exists()
    assert not (ROOT / "site" / "__init__.py").exists()


def test_gitignore_does_not_ignore_the_source_root():
    ignored = subprocess.run(
        ["git", "check-ignore", "--no-index", "site", "site/carefund/new.py"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert (ignored.returncode, ignored.stdout) == (1, "")


def test_no_file_names_a_package_index():
    naming = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if any(host.search(text_of(path)) for host in INDEX_HOSTS)
    ]
    assert naming == []


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_every_package_with_hashes_and_names_no_host(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = [
        entry for entry in text.replace("\\\n", " ").splitlines() if not entry.startswith("#")
    ]
    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_locks_for_running_and_for_development_agree():
    def pins(name):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        return set(re.findall(r"^([\w.-]+==\S+)", text, re.MULTILINE))

    assert pins("base") <= pins("dev")


def test_every_declared_dependency_is_locked():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = [re.match(r"[\w.-]+", requirement)[0].lower() for requirement in declared]
    locked = (ROOT / "requirements" / "base.txt").read_text()
    assert [name for name in names if not re.search(rf"^{name}==", locked, re.MULTILINE)] == []


def test_package_lock_says_what_but_not_from_where():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    third_party = {name: entry for name, entry in packages.items() if name}
    assert third_party
    assert [name for name, entry in third_party.items() if "resolved" in entry] == []
    assert [name for name, entry in third_party.items() if "integrity" not in entry] == []


def test_every_tests_folder_is_a_package():
    folders = {path.parent for path in tracked_files() if path.name.startswith("test_")}
    within = {
        folder
        for leaf in folders
        if leaf.is_relative_to(ROOT / "tests")
        for folder in (leaf, *leaf.parents)
        if folder.is_relative_to(ROOT / "tests")
    }
    assert [str(folder) for folder in sorted(within) if not (folder / "__init__.py").exists()] == []


def test_email_is_written_as_the_design_system_writes_it():
    # What was migrated or published before keeps its words.
    looked_at = [
        path
        for path in tracked_files()
        if path.suffix in {".py", ".html", ".txt", ".js", ".md"}
        and not {"migrations", "data"} & set(path.parts)
    ]
    assert len(looked_at) > 1000
    wrong = re.compile(r"\be-mail", re.IGNORECASE)
    found = [str(path) for path in looked_at if wrong.search(text_of(path))]
    assert found == []
