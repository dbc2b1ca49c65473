#!/usr/bin/env python
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# `site/` is a source root, never a package: the standard library has a module of that name.
sys.path[:0] = [str(ROOT / "site")]

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carefund.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
