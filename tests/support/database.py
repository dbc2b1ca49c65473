"""Migrating takes most of a minute; so it is done once per set of migrations, then copied."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "var" / "test-templates"


def _migrations_hash() -> str:
    digest = hashlib.sha256()
    folders = [ROOT / name for name in ("site", "programmes", "grants", "reports", "requirements")]
    paths = [p for folder in folders for p in folder.rglob("migrations/*.py")]
    paths += [*list((ROOT / "requirements").glob("*.txt")), ROOT / "pyproject.toml"]
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": url}
    environment["DJANGO_SETTINGS_MODULE"] = "carefund.settings.test"
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(command, env=environment, check=True, cwd=ROOT)


def prepare(database: dict) -> None:
    """Give the test database of this process a migrated copy to begin with."""
    template = template_for(database)
    if database["ENGINE"].endswith("sqlite3"):
        shutil.copyfile(template, database["TEST"]["NAME"])
    else:
        database["TEST"]["TEMPLATE"] = template


def template_for(database: dict) -> str:
    """Name of the migrated copy, which is made where there is none yet."""
    STORE.mkdir(parents=True, exist_ok=True)
    name = f"carefund_{_migrations_hash()}"
    with (STORE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if database["ENGINE"].endswith("sqlite3"):
            return _sqlite_template(STORE / f"{name}.sqlite3")
        return _postgres_template(database, name)


def _sqlite_template(template: Path) -> str:
    if not template.exists():
        for old in STORE.glob("carefund_*.sqlite3*"):
            old.unlink()
        building = template.with_suffix(".building")
        building.unlink(missing_ok=True)
        _migrate(f"sqlite:///{building}")
        building.rename(template)
    return str(template)


def _postgres_template(database: dict, name: str) -> str:
    where = {
        "host": database["HOST"],
        "port": database["PORT"] or 5432,
        "user": database["USER"],
        "password": database["PASSWORD"],
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not found.fetchone():
            building = f"{name}_building"
            connection.execute(f'DROP DATABASE IF EXISTS "{building}"')
            connection.execute(f'CREATE DATABASE "{building}"')
            base = settings.DATABASES["default"]
            login = base["USER"] + (f":{base['PASSWORD']}" if base["PASSWORD"] else "")
            _migrate(f"postgres://{login}@{where['host']}:{where['port']}/{building}")
            connection.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


if __name__ == "__main__":  # so that no test has to wait for it
    template_for(settings.DATABASES["default"])
