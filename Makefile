# The commands people, and the checks of every change, use. `make` alone lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test lint suite unit browser bench format lock clean \
	lint-code lint-imports lint-types lint-templates lint-migrations lint-deploy

PY := .venv/bin/python
BIN := .venv/bin
PORT ?= 8000
WORKERS ?= 2
export PORT
export PYTHONPATH := .:site
# Many processes start the same code here; compiling it for each takes longer than most of them run.
unexport PYTHONDONTWRITEBYTECODE
# One by one, so that nobody waits long for the last of them.
PYTEST := $(PY) -m pytest -n $(WORKERS) --dist load --maxschedchunk 1
TEST_SETTINGS := DJANGO_SETTINGS_MODULE=carefund.settings.test

# Made-up values: the deployment check looks at settings and opens no connection.
PRODUCTION := CAREFUND_MODE=production DJANGO_SETTINGS_MODULE=carefund.settings \
	SECRET_KEY=not-a-secret-but-as-long-and-as-mixed-as-one-0123456789-ABCDEFGHIJ \
	ALLOWED_HOSTS=carefund.example DATABASE_URL=postgres://carefund@localhost/carefund \
	BROKER_URL=redis://localhost/0 CACHE_URL=redis://localhost/1 \
	EMAIL_URL=smtp://localhost:25 DEFAULT_FROM_EMAIL=no-reply@carefund.example \
	S3_BUCKET=carefund CAREFUND_BASE_URL=https://carefund.example

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 18

setup: ## virtual environment, Python packages, front-end packages
	@command -v python3 >/dev/null || { echo "Python 3.11 or later is needed; no python3 is on this machine." >&2; exit 1; }
	@python3 scripts/setup.py

setup-dev: ## the same, with what the tests need
	@command -v python3 >/dev/null || { echo "Python 3.11 or later is needed; no python3 is on this machine." >&2; exit 1; }
	@python3 scripts/setup.py --dev

run: setup ## the whole service on this computer (PORT=8000)
	@exec $(PY) scripts/run.py

test: setup-dev lint suite ## linters, import contracts, migrations check and every test

lint: lint-code lint-imports lint-types lint-templates lint-migrations lint-deploy ## linters, types, import contracts, migrations and deployment checks

lint-code: setup-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

lint-imports: setup-dev
	$(PY) -c "from importlinter.cli import lint_imports_command as c; c()"

lint-types: setup-dev
	$(PY) -m mypy

lint-templates: setup-dev
	$(PY) -m djlint --lint --quiet programmes grants reports site

lint-migrations: setup-dev
	$(TEST_SETTINGS) $(PY) manage.py makemigrations --check --dry-run

lint-deploy: setup-dev
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

suite: setup-dev ## every test, with browser; DATABASE_URL chooses the database
	$(PYTEST)

unit: setup-dev ## the tests without a browser
	$(PYTEST) -m "not browser"

browser: setup-dev ## only the tests in a real browser
	$(PYTEST) -m browser

bench: setup-dev ## speed against floors, on PostgreSQL (DATABASE_URL; SIZES and CASES choose)
	@$(PY) -m bench

format: setup-dev ## put the code into the agreed shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: setup-dev ## write the lock files anew from pyproject.toml
	$(PY) -m pip install --quiet --disable-pip-version-check uv
	sh scripts/lock.sh

clean: ## remove what was made here, except the data in var/
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
