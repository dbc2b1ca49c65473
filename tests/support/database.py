"""Migrating takes most of a minute; so it is done once per set of migrations, then copied."""

import fcntl
import functools
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "var" / "test-templates"


@functools.cache
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


def renew() -> None:
    """Put a fresh migrated copy in the place of the test database of this process."""
    database = connection.settings_dict
    template = template_for(database)
    connections.close_all()
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{database['NAME']}{ending}").unlink(missing_ok=True)
        shutil.copyfile(template, database["NAME"])
        return
    name, template = sql.Identifier(database["NAME"]), sql.Identifier(template)
    with _server(database) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template))


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
    with _server(database) as server:
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not found.fetchone():
            building = f"{name}_building"
            server.execute(f'DROP DATABASE IF EXISTS "{building}"')
            server.execute(f'CREATE DATABASE "{building}"')
            login = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
            address = f"{database['HOST']}:{database['PORT'] or 5432}"
            _migrate(f"postgres://{login}@{address}/{building}")
            server.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


def _server(database: dict) -> psycopg.Connection:
    return psycopg.connect(
        dbname="postgres",
        autocommit=True,
        host=database["HOST"],
        port=database["PORT"] or 5432,
        user=database["USER"],
        password=database["PASSWORD"],
    )


if __name__ == "__main__":  # so that no test has to wait for it
    template_for(settings.DATABASES["default"])
