"""Brings database, reference data, examples and static files up to date, in one process.

One process, because starting Django five times takes longer than the work itself.
"""

import os
import sys
import time

import django
from django.core.management import CommandError, call_command
from django.db import DatabaseError

STEPS = [
    ("Database", "migrate", {"interactive": False, "verbosity": 0}),
    ("Reference data", "load_reference", {}),
    ("Example programmes", "load_example", {}),
    ("Static files", "collectstatic", {"interactive": False, "verbosity": 0}),
]


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carefund.settings")
    django.setup()
    for title, command, options in STEPS:
        print(f"{title} ...", flush=True)
        started = time.monotonic()
        try:
            call_command(command, **options)
        except CommandError as error:
            print(f"\n{title}: {error}", file=sys.stderr)
            return 1
        except DatabaseError as error:
            print(f"\nThe database does not do what it is asked: {error}", file=sys.stderr)
            return 1
        seconds = time.monotonic() - started
        if seconds > 1:
            print(f"  done in {seconds:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
