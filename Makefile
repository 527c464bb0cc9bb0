# The first command on a machine with Python 3.11 or later (with venv), make and git may be any of these.
PYTHON ?= python3
BIN := .venv/bin
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test lint bench messages docs clean

demo: .venv/.installed  ## the shipped example, checked and built into demo/
	rm -rf demo
	$(BIN)/uprreport new demo --example --quiet
	$(BIN)/uprreport -C demo check --quiet || test $$? -eq 1
	$(BIN)/uprreport -C demo build || test $$? -eq 1

test: .venv/.installed-dev  ## the whole test suite
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/.installed-dev  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/.installed-dev  ## ratios beside a named peer, measured in one run
	$(BIN)/python benchmarks/run.py

messages: .venv/.installed-dev  ## the catalogues of the languages, brought up to date with the code
	$(BIN)/python tools/make_messages.py

docs: .venv/.installed-dev  ## the pages that are made from the code
	$(BIN)/python tools/make_docs.py

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; name it with PYTHON=…" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/.installed-dev: .venv/.installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv demo dist
