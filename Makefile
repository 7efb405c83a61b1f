# Every target sets up what it needs by itself, in .venv and .tools, never as root. The second run is quick.
UV_VERSION := 0.13.9
UV := .tools/bin/uv
PY := .venv/bin/python
SCENARIO ?= 2025-11-07
JOBS ?= 2

export UV_PROJECT_ENVIRONMENT := .venv
export PYTHONHASHSEED := 0
export UV_PYTHON ?= $(shell command -v python3)
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: help setup check test accept demo bench docs bless format clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(UV):
	@echo "bongsu: fetching uv $(UV_VERSION) into .tools ..."
	@python3 -m pip install --quiet --no-warn-script-location --disable-pip-version-check --root-user-action=ignore --target .tools uv==$(UV_VERSION)

.venv/.synced: $(UV) pyproject.toml uv.lock
	@echo "bongsu: installing locked packages into .venv ..."
	@$(UV) sync --frozen --quiet
	@touch $@

setup: .venv/.synced ## install only, into .venv

check: setup ## format, lint, types, floors, unit and law tests: under a minute
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	.venv/bin/pytest -n $(JOBS) tests/unit tests/laws tests/architecture -m "not slow and not accept"

test: setup ## the whole suite, statistics at 40 runs: under 12 minutes on 2 cores with cold caches
	.venv/bin/ruff check --quiet .
	.venv/bin/lint-imports --no-cache
	@mkdir -p out && rm -f out/warm.bongsu*
	$(PY) -m bongsu simulate scenarios/2025-11-07.toml --out out/warm.bongsu  # compiles every kernel once
	.venv/bin/pytest -n $(JOBS) --dist worksteal -m "not accept" -rs

accept: setup ## every acceptance line at full size, resumable, into docs/evaluation
	$(UV) sync --frozen --quiet --group bench
	$(PY) -m tests.accept

demo: setup ## the main job end to end: make demo [SCENARIO=name] or RECORDING=FILE SENSORS=FILE
	@$(PY) -m bongsu demo $(if $(RECORDING),--recording "$(RECORDING)" --sensors "$(SENSORS)",--scenario "$(SCENARIO)")

bench: setup ## benchmarks: ratios side by side in one run
	$(UV) sync --frozen --quiet --group bench
	@for each in benchmarks/bench_*.py; do $(PY) $$each || exit 1; done

docs: setup ## regenerate docs/reference
	$(PY) builders/reference.py

bless: setup ## accept moved golden values; say why in the commit
	BONGSU_BLESS=1 .venv/bin/pytest tests/golden tests/architecture

format: setup ## let ruff format and mend what it can
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

clean: ## remove everything make made
	rm -rf .venv .tools out .pytest_cache .mypy_cache .ruff_cache
