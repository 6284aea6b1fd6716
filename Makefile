# One command to run, one to check. Stamps under .venv, static and .local keep work from being redone.
SHELL := /bin/sh
# Without stored bytecode every process would compile every module again.
unexport PYTHONDONTWRITEBYTECODE
.PRECIOUS: .venv/.installed-%
.DEFAULT_GOAL := help
PY := .venv/bin/python
NPM := $(PY) -m config.local.npm
ARGS ?=

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "%-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/.installed-%: constraints.txt pyproject.toml config/local/setup.sh
	@sh config/local/setup.sh $*

setup: .venv/.installed-all ## make .venv, install everything, build the front end
	@$(PY) -m config.local.front_end

run: .venv/.installed-run ## start everything and open for business (Ctrl-C stops)
	@$(PY) -m config.local.front_end
	@exec $(PY) -m config.local.run

check: setup ## lint, types, import contracts: the quick part of test
	@$(PY) -m config.local.check

test: check ## everything CI runs
	@$(PY) -m config.local.test $(ARGS)

fmt: setup ## format Python and TypeScript
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix-only .
	@test ! -f static/package.json || $(NPM) run fmt

bench: setup ## print the figures of benchmarks/ (ARGS="list" runs only these)
	@$(PY) -m benchmarks $(ARGS)

drill: setup ## kill real processes during 1,000 submissions; lost 0, doubled 0
	@$(PY) -m tests.drills $(ARGS)

manage: .venv/.installed-run ## run a management command where make run runs (ARGS="shell")
	@$(PY) -m config.local.manage $(ARGS)

schema: .venv/.installed-all ## write JSON Schemas, TypeScript types and OpenAPI from the registries
	@$(PY) manage.py schema $(ARGS)

docs: .venv/.installed-all ## write docs/reference from the registries
	@$(PY) manage.py docs $(ARGS)

sizes: ## list source files of 400 lines and more
	@git ls-files '*.py' '*.ts' '*.tsx' '*.css' '*.html' | xargs wc -l | awk '$$1 >= 400 && $$2 != "total"' | sort -rn

stop: ## stop what a killed `make run` may have left behind
	@$(PY) -m config.local.run --stop

clean: ## remove caches and built files (keeps .venv and .local)
	rm -rf static/dist static/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

.PHONY: help setup run manage check test fmt bench drill schema docs sizes stop clean
