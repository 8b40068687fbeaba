# Two entrances for a newcomer: `make gate` and `make test`. Each does all its set-up itself, in .venv.
# `make help` lists the rest.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:

# Another interpreter: make test PYTHON=python3.14
PYTHON ?= python3
BIN := .venv/bin
REPORTS := reports/self
# The tool that writes the lock files; it is not needed for anything else.
UV := uv==0.13.9
IMAGE ?= gate:local

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

# ------------------------------------------------------------------------------------------------ the two entrances

.PHONY: gate
gate: .venv-gate/.done ## Judge the flawed example (must stay shut), then the ready one (must open)
	@PATH="$(CURDIR)/.venv-gate/bin:$$PATH" examples/judge.sh

.PHONY: test
test: .venv/.done ## Run every test; then the project judges itself
	@mkdir -p $(REPORTS)
	$(BIN)/python -m pytest -n auto --junitxml=$(REPORTS)/junit.xml \
		--cov --cov-report=term:skip-covered --cov-report=xml:$(REPORTS)/coverage.xml --cov-report=json:$(REPORTS)/coverage.json
	@$(MAKE) --no-print-directory self

# ----------------------------------------------------------------------------------------------------- what CI asks

.PHONY: check
check: .venv/.done ## Format, lint, types and architecture
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

.PHONY: format
format: .venv/.done ## Format and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: self
self: .venv/.done .venv-gate/.done ## Judge this project by .github/gate.yml, on reports of its own tools
	@PATH="$(CURDIR)/$(BIN):$$PATH" .ci/self $(REPORTS)

# ------------------------------------------------------------------------------------------ evidence, speed, images

.PHONY: evidence
evidence: ## Make the evidence of the examples anew, with the real tools
	examples/make_evidence.sh

.PHONY: docs
docs: .venv/.done ## Write the tables of README.md and docs/ anew, from the code
	$(BIN)/python docs/generate.py

.PHONY: bench
bench: .venv/.done ## Measure start-up and throughput
	$(BIN)/python benchmarks/import_cost.py
	@for script in benchmarks/bench_*.py; do if [ -e "$$script" ]; then $(BIN)/python "$$script"; fi; done

.PHONY: image
image: ## Build the image of the action (docker, podman or buildah)
	.ci/image $(IMAGE)

.PHONY: e2e
e2e: .venv/.done ## Run the image as GitHub does, and a whole workflow by act (needs podman, buildah, act)
	$(BIN)/python tests/e2e/run.py

# ------------------------------------------------------------------------------------------------------------ set-up

# Two environments, so that the tools of the one cannot hide what is missing in the other.
# .venv-gate: what a user gets, from requirements.txt, without even pip. .venv: that, and the tools.

INSTALL := -m pip install --quiet --quiet --disable-pip-version-check

.venv-gate/.done: pyproject.toml requirements.txt
	.ci/venv $(PYTHON) .venv-gate --clear
	.venv-gate/bin/python $(INSTALL) --require-hashes --requirement requirements.txt
	.venv-gate/bin/python $(INSTALL) --no-deps --editable .
	@.venv-gate/bin/python -m pip uninstall --quiet --quiet --yes setuptools pip
	@touch $@

.venv/.done: pyproject.toml requirements-dev.txt
	.ci/venv $(PYTHON) .venv
	.venv/bin/python $(INSTALL) --requirement requirements-dev.txt
	.venv/bin/python $(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

COMPILE := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --upgrade --universal \
	--python-version 3.11 --no-emit-index-url

.PHONY: lock
lock: .venv/.done ## Pin the newest allowed versions in requirements*.txt
	$(BIN)/python $(INSTALL) '$(UV)'
	$(COMPILE) --generate-hashes --output-file requirements.txt pyproject.toml
	$(COMPILE) --generate-hashes --group build --output-file requirements-build.txt
	$(COMPILE) --group dev --constraint requirements.txt --constraint requirements-build.txt \
		--output-file requirements-dev.txt pyproject.toml

.PHONY: clean
clean: ## Remove what these commands made
	rm -rf .venv .venv-gate reports gate-report dist .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
