# The commands of this repository; CONTRIBUTING.md explains them.
# Everything is installed into .venv/ by stamps, so that a second call is quick.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install -c constraints.txt

.PHONY: help portal serve test lint example-builds bench bench-docs bench-publish docs catalogues constraints screenshots clean
.DEFAULT_GOAL := help

help:
	@echo "make portal   build the example portal into site/"
	@echo "make serve    the same, served and rebuilt on every change"
	@echo "make test     everything CI runs; installs what the tests need"
	@echo "make lint     format, lint and types only"
	@echo "make bench    how fast it is, beside Hugo, Eleventy and MkDocs; QUICK=1 in under five minutes"
	@echo "make bench-docs  the measured tables of docs/speed.md and docs/scale.md anew"
	@echo "make bench-publish  what snapshots cost, and 200 publishers killed at random points"
	@echo "make screenshots  pictures of every kind of page into screenshots/, and those of the README"
	@echo "make docs     the pages of docs/ that are made from the code"
	@echo "make catalogues   the translators' files, brought up to date with the code; LANGUAGE=fr begins a new one"

portal: $(VENV)/.portal
	@$(BIN)/okrsite build
	@echo "The example portal is ready. Open site/index.html in a browser, or run: make serve"

serve: $(VENV)/.portal
	@$(BIN)/okrsite serve

# Programs are started hundreds of times: what one has compiled the next ones find, whatever the surroundings say.
test bench bench-docs bench-publish: export PYTHONDONTWRITEBYTECODE =
test:
	@PYTHON="$(PYTHON)" bash scripts/system-packages
	@$(MAKE) --no-print-directory -j2 $(VENV)/.test $(VENV)/.web
	@$(MAKE) --no-print-directory -j2 lint example-builds
	@$(BIN)/python -m pytest -n 3 --dist worksteal

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

example-builds: $(VENV)/.test
	@bash scripts/example-builds $(BIN)

# All budgets, beside other generators, into benchmarks/RESULTS.md, in an hour or more; with QUICK=1 at a tenth of the
# size, in minutes. What each part takes is told while it runs.
bench: $(VENV)/.test
	@PYTHON="$(PYTHON)" bash scripts/system-packages
	@$(BIN)/python benchmarks/budgets.py $(if $(QUICK),--quick)

# The tables of docs/speed.md and docs/scale.md; each of these can be run alone.
bench-docs: $(VENV)/.test
	@PYTHON="$(PYTHON)" bash scripts/system-packages
	@$(BIN)/python benchmarks/profiling.py --write
	@$(BIN)/python benchmarks/days.py --write
	@$(BIN)/python benchmarks/builds.py --write
	@$(BIN)/python benchmarks/growth.py --write
	@$(BIN)/python benchmarks/shapes.py --write
	@$(BIN)/python benchmarks/history.py --write
	@$(BIN)/python benchmarks/readers.py --write

# So many snapshots of one day, and so many days; 500 of each take hours.
SNAPSHOTS ?= 60
DAYS ?= 12

bench-publish: $(VENV)/.test
	@OKRSITE_KILLS=200 $(BIN)/python -m pytest -q tests/publish/test_killed_publishers.py
	@$(BIN)/python benchmarks/publish.py $(SNAPSHOTS) $(DAYS)

docs: $(VENV)/.test
	@$(BIN)/python scripts/generated_docs.py

catalogues: $(VENV)/.test
	@$(BIN)/python scripts/catalogues.py $(LANGUAGE)

# Of some pages only, without those of the README: .venv/bin/python scripts/screenshots.py --help
screenshots: $(VENV)/.test
	@PYTHON="$(PYTHON)" bash scripts/system-packages
	@$(BIN)/python scripts/screenshots.py --readme

# The newest versions that pyproject.toml allows, for a review of what changed: git diff constraints.txt
constraints:
	@bash scripts/renew-constraints $(PYTHON)

clean:
	rm -rf $(VENV) .bench site dist .okrsite screenshots

$(VENV)/.made:
	@bash scripts/new-venv "$(PYTHON)" $(VENV)
	@touch $@

$(VENV)/.portal: $(VENV)/.made pyproject.toml constraints.txt
	@echo "installing okrsite into $(VENV)/ ..."
	@$(PIP) -e .
	@touch $@

$(VENV)/.test: $(VENV)/.made pyproject.toml constraints.txt
	@echo "installing okrsite and what its tests need into $(VENV)/ ..."
	@$(PIP) -e ".[test]"
	@touch $@ $(VENV)/.portal

# What the browser tests take from npm. Without a lock file, which would hold a registry's address: both have no needs.
$(VENV)/.web: $(VENV)/.made tests/browser/package.json
	@echo "installing what the browser tests need into $(VENV)/web/ ..."
	@mkdir -p $(VENV)/web && cp tests/browser/package.json $(VENV)/web/
	@npm install --prefix $(VENV)/web --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@
