# Needs only python3 (3.11 or later) with pip, git and make. Everything else is put into .uv and .venv.
#
#   make run               read and audit the sample folder, and show it in a console
#   make run DOCS=folder   the same for a folder of your own
#   make test              everything that must hold: checks, tests, doc tests, examples

PYTHON ?= python3
DOCS   ?= src/touchstone/data/sample
PORT   ?= 0
UV     := PYTHONPATH=.uv $(PYTHON) -m uv --quiet

# Some containers forbid Python to keep what it compiled; then each of hundreds of processes would compile every library again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check format fuzz bench samples clean

help:
	@sed -n 's/^#   //p' Makefile

# The sample has workspace/sample; every other folder one of its own: its name, and a number for its place.
run: .venv/run
	@place=$$(cd "$(DOCS)" 2>/dev/null && pwd || echo "$(DOCS)") && \
	case "$(DOCS)" in \
	src/touchstone/data/sample) kept=workspace/sample ;; \
	*) kept="workspace/$$(basename "$$place")-$$(printf %s "$$place" | cksum | cut -d ' ' -f 1)" ;; \
	esac && \
	exec .venv/bin/touchstone serve --workspace "$$kept" --port "$(PORT)" "$$place"

test: check
	@.venv/bin/python -m pytest -n auto --dist worksteal

check: .venv/dev
	@.venv/bin/python tools/check.py

format: .venv/dev
	@.venv/bin/ruff check --quiet --fix . ; .venv/bin/ruff format --quiet .

fuzz: .venv/dev
	@HYPOTHESIS_PROFILE=fuzz .venv/bin/python -m pytest -n auto tests

bench: .venv/dev .uv/peers/ready
	@.venv/bin/python benchmarks/run.py

samples: .venv/dev
	@.venv/bin/python tools/make_samples.py

# pip with --target neither needs ensurepip nor touches the system's own packages, so it works on a
# stock Debian, where "python3 -m venv" and a plain "pip install" both refuse.
.uv/ready:
	@echo "Setting up: uv" >&2
	@mkdir -p .uv
	@tools/quietly .uv/log $(PYTHON) -m pip install --quiet --upgrade --target .uv 'uv>=0.9' 
	@touch $@

.venv/made: .uv/ready
	@test -x .venv/bin/python || tools/quietly .uv/log env $(UV) venv --python $(PYTHON) .venv
	@touch $@

.venv/run: .venv/made pyproject.toml
	@echo "Setting up: packages" >&2
	@tools/quietly .uv/log env $(UV) pip install --compile-bytecode --python .venv/bin/python --editable .
	@touch $@

.venv/dev: .venv/run
	@echo "Setting up: packages for tests" >&2
	@tools/quietly .uv/log env $(UV) pip install --compile-bytecode --python .venv/bin/python --group dev
	@touch $@

# Rivals to measure against. --no-config: our pins are not theirs.
.uv/peers/ready: .uv/ready Makefile
	@echo "Setting up: rivals for the benchmarks" >&2
	@tools/quietly .uv/log env $(UV) venv --no-config --no-python-downloads --clear --python $(PYTHON) .uv/peers
	@tools/quietly .uv/log env $(UV) pip install --no-config --system-certs --python .uv/peers/bin/python \
		'recognizers-text-suite==1.0.2a2' 'emoji<2' polars pandas pyarrow linopy pyomo highspy
	@touch $@

clean:
	rm -rf .venv .uv workspace dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
