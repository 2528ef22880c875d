# The whole of the set-up: `make run` shows the program, `make test` proves it. `make help` lists the rest.

SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python

# The first Python that is new enough; `make PYTHON=python3.12` names another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; \
	done)

LOCKED := pyproject.toml constraints.txt packaging/bootstrap.py
BOOTSTRAP = @test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found: install it, or name it with \`make PYTHON=…\`." >&2; exit 2; }; \
	"$(PYTHON)" packaging/bootstrap.py $(VENV)

.PHONY: help run test bench torture fix lock clean system-libraries
.DEFAULT_GOAL := help

help:  ## list these targets
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-24s %s\n", $$1, $$2 }'

run: $(VENV)/.installed  ## install on first use and open the program (without a display: render to out/)
	@$(PY) -m explorer

test: export QT_QPA_PLATFORM := offscreen
test: export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
test: $(VENV)/.installed-dev system-libraries  ## lint, format, types, import contracts and tests; stops at the first failure
	@echo "==> Lint (ruff check)"
	@$(PY) -m ruff check .
	@echo "==> Format (ruff format --check)"
	@$(PY) -m ruff format --check .
	@echo "==> Types (pyright)"
	@$(PY) -m pyright
	@echo "==> Import contracts (lint-imports)"
	@$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command(["--no-logo"])'
	@echo "==> Tests (pytest)"
	@$(PY) -m pytest

bench: $(VENV)/.installed-dev  ## measure: rows imported per second, milliseconds to a painted window
	@$(PY) tests/bench/run.py

torture: $(VENV)/.installed-dev  ## kill the program COUNT times (200) at random moments and look whether anything is lost
	@$(PY) tests/torture/run.py --count $(or $(COUNT),200) $(if $(SEED),--seed $(SEED))

fix: $(VENV)/.installed-dev  ## format the code and mend what the linter can mend
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

lock:  ## write constraints.txt anew from the newest releases that pyproject.toml allows
	rm -rf build/lock
	"$(PYTHON)" -m venv build/lock
	build/lock/bin/python -m pip install hatchling editables --editable '.[dev]'
	{ sed -n '/^#/p' constraints.txt; build/lock/bin/python -m pip freeze --exclude tokenshare-explorer | grep '=='; } > build/lock/constraints.txt
	mv build/lock/constraints.txt constraints.txt

clean:  ## remove everything that these targets made, .venv too
	rm -rf $(VENV) out build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Installs only on a CI machine whose administrator it is; anywhere else it says what to install.
system-libraries:
	@$(PY) -m explorer.app.system_libraries || { \
		[ "$$CI" = true ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 2; \
		apt-get update && apt-get install -y --no-install-recommends $$($(PY) -m explorer.app.system_libraries --packages); }

$(VENV)/.installed: $(LOCKED)
	$(BOOTSTRAP)

$(VENV)/.installed-dev: $(LOCKED)
	$(BOOTSTRAP) dev
