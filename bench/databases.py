"""One database for each size, filled once and used again while the migrations stay the same."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
SEED = 1


def numbers(size):
    """What a database of `size` holds: as many bids, twice as many claims, ten times the rest."""
    return {
        "bids": size - size // 10,
        "grants": size // 10,
        "observations": size * 10,
        "locations": min(30_000, size * 3 // 10),
        "months": 60,
    }


def made(url, size):
    """The address of the database of `size`; it is made and filled when it is not there yet."""
    name = f"carefund_bench_{_fingerprint()}_{size}"
    with psycopg.connect(url, autocommit=True) as server:
        if not _exists(server, name):
            building = f"{name}_building"
            server.execute(f'DROP DATABASE IF EXISTS "{building}"')
            server.execute(f'CREATE DATABASE "{building}"')
            _fill(_at(url, building), size)
            server.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return _at(url, name)


def _fill(url, size):
    print(f"Filling a database of {size:,}: this is done once.", flush=True)
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "carefund.settings.test",
    }
    options = [f"--{name}={value}" for name, value in numbers(size).items()]
    for command in (["migrate", "--verbosity=0"], ["seed_scale", f"--seed={SEED}", *options]):
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *command], env=environment, check=True
        )
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("VACUUM ANALYZE")


def _fingerprint():
    """Of everything that decides what is in the database."""
    paths = list((ROOT / "site" / "carefund" / "website" / "scale").glob("*.py"))
    for folder in ("site", "programmes", "grants", "reports"):
        paths += (ROOT / folder).rglob("migrations/*.py")
    digest = hashlib.sha256(repr(sorted(numbers(1000).items())).encode())
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def _exists(server, name):
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()


def _at(url, name):
    return urlsplit(url)._replace(path=f"/{name}").geturl()
