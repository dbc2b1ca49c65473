"""`make bench`: measure every case at every size, print a table, keep the numbers as JSON.

SIZES and CASES (words separated by spaces or commas) choose; DATABASE_URL names a PostgreSQL in
which databases may be created.
"""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import django

from . import databases, report
from .cases import ORDER

HERE = Path(__file__).parent
FAILED: list[str] = []
SIZES = (1_000, 10_000, 100_000)


def chosen(name, known):
    words = os.environ.get(name, "").replace(",", " ").split()
    unknown = [word for word in words if word not in map(str, known)]
    if unknown:
        sys.exit(f"{name}: there is no {' '.join(unknown)}. Known: {' '.join(map(str, known))}.")
    return [one for one in known if not words or str(one) in words]


def main():
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith(("postgres://", "postgresql://")):
        sys.exit(
            "make bench needs PostgreSQL: say where it is and as whom to create databases, with "
            "DATABASE_URL=postgres://user:password@127.0.0.1:5432/postgres"
        )
    os.environ["DJANGO_SETTINGS_MODULE"] = "carefund.settings.test"
    django.setup()
    sizes, cases = chosen("SIZES", SIZES), chosen("CASES", ORDER)
    found = []
    for size in sizes:
        at_size = databases.made(url, size)
        for case in cases:
            if size in getattr(import_module(f"bench.cases.{case}"), "SIZES", SIZES):
                found += measured(at_size, size, case)
    report.show(found)
    keep(found)
    if FAILED:
        sys.exit(f"Failed: {', '.join(FAILED)}.")


def measured(url, size, case):
    """One case in a process of its own, so that its memory is its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "carefund.settings.test",
    }
    command = [sys.executable, "-m", "bench.measure", case, str(size)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        # What the others take is worth knowing all the same.
        FAILED.append(f"{case} at {size}")
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    for row in rows:
        print(report.line(row), flush=True)
    return rows


def keep(rows):
    now = datetime.now(tz=UTC)
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    path = folder / f"{now:%Y%m%d-%H%M%S}.json"
    about = {
        "measured_at": now.isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load_at_end": [round(value, 2) for value in os.getloadavg()],
    }
    path.write_text(json.dumps({**about, "rows": rows}, indent=1) + "\n", encoding="utf-8")
    print(f"\nKept in {path.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
