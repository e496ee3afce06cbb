# The commands of this repository; CONTRIBUTING.md explains them.
# Everything is installed into .venv/ by stamps, so that a second call is quick.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install -c constraints.txt

.PHONY: help portal serve test lint bench docs constraints clean
.DEFAULT_GOAL := help

help:
	@echo "make portal   build the example portal into site/"
	@echo "make serve    the same, served and rebuilt on every change"
	@echo "make test     everything CI runs; installs what the tests need"
	@echo "make lint     format, lint and types only"
	@echo "make bench    how fast it is"
	@echo "make docs     the pages of docs/ that are made from the code"

portal: $(VENV)/.portal
	@$(BIN)/okrsite build
	@echo "The example portal is ready. Open site/index.html in a browser, or run: make serve"

serve: $(VENV)/.portal
	@$(BIN)/okrsite serve

test:
	@PYTHON="$(PYTHON)" bash scripts/system-packages
	@$(MAKE) --no-print-directory $(VENV)/.test lint
	@bash scripts/example-builds $(BIN)
	@$(BIN)/python -m pytest -n 2

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.test
	@$(BIN)/python benchmarks/build.py && $(BIN)/python benchmarks/shapes.py

docs: $(VENV)/.test
	@$(BIN)/python scripts/generated_docs.py

# The newest versions that pyproject.toml allows, for a review of what changed: git diff constraints.txt
constraints:
	@bash scripts/renew-constraints $(PYTHON)

clean:
	rm -rf $(VENV) site dist .okrsite

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
