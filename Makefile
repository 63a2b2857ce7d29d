# Every target works on a fresh clone: `env` builds .venv from the pinned, hashed lock files.
SHELL := /bin/bash
PY := .venv/bin/python
.DEFAULT_GOAL := help
# Compiled modules are kept: without them every command starts 1.4 s later, and the tests start some hundreds.
unexport PYTHONDONTWRITEBYTECODE
# One pytest run, two workers: one tests on SQLite, one on PostgreSQL (see tests/conftest.py).
ON_BOTH := --tx popen//env:WELLSPRING_TEST_DATABASE=sqlite --tx popen//env:WELLSPRING_TEST_DATABASE=postgresql
.PHONY: help env run compiled test soak fuzz lint fmt bench browser lock messages

help:            ## what the targets do
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/bin/uv:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Wellspring needs Python 3.11 or newer; python3 here is $$(python3 --version)."; exit 1; }
	@python3 -m venv .venv || { echo "python3 cannot make a virtual environment: install it first, e.g. apt-get install python3-venv"; rm -rf .venv; exit 1; }
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/.synced: .venv/bin/uv requirements-dev.lock pyproject.toml
	@VIRTUAL_ENV=$(CURDIR)/.venv .venv/bin/uv pip sync --quiet requirements-dev.lock
	@VIRTUAL_ENV=$(CURDIR)/.venv .venv/bin/uv pip install --quiet --no-deps --editable .
	@touch $@

env: .venv/.synced        ## the environment only
	@compiled=$$(ls src/*__mypyc.*.so 2>/dev/null | head -1); \
	if [ -n "$$compiled" ] && [ -n "$$(find src/wellspring/engine -name '*.py' -newer "$$compiled" | head -1)" ]; then \
	  find src -name '*.so' -delete; echo "The compiled rules were older than their source and are gone; make compiled makes them anew."; fi

run: env         ## start everything; Ctrl-C ends it
	@.venv/bin/wellspring up

compiled: env    ## the rules that read pages compiled: half as many pages again a second; needs a C compiler
	@WELLSPRING_COMPILE=1 VIRTUAL_ENV=$(CURDIR)/.venv .venv/bin/uv pip install --quiet --no-deps --editable .
	@echo "The rules that read pages are compiled. After a change of their source make env goes back to plain Python."

test: env browser    ## every test, as CI runs it
	@$(PY) -m pytest --dist each $(ON_BOTH) --durations=12

soak: env browser    ## long soaks and fuzzing
	@$(PY) -m pytest -m soak --timeout=1800

fuzz: env        ## ten minutes of pages that nobody would write
	@$(PY) -m tests.fuzz --minutes 10

lint: env        ## ruff, mypy, import-linter, templates
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports

fmt: env         ## format and mend what can be mended
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

bench: env       ## every published number, with the peers beside it
	@for file in bench/*.py; do case $$file in bench/_*) ;; *) $(PY) $$file || exit 1;; esac; done
	@$(PY) bench/extract.py --compiled

browser: env     ## find Chromium, or install it
	@$(PY) tests/browser/find_chromium.py --install

lock: env        ## renew both lock files from pyproject.toml
	@.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements.lock
	@.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --group dev pyproject.toml -o requirements-dev.lock

messages: env    ## collect translatable strings into locale/
	@$(PY) locale/collect.py
