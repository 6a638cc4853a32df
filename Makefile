# The portal's commands. Each does its own set-up; `make help` lists them.
PYTHON ?= python3
ARGS ?=
export PYTHONUTF8 := 1
.DEFAULT_GOAL := help
.PHONY: help run manage test check bench format clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## the whole portal with a demo city, at PORT (8000), until Ctrl-C
	@$(PYTHON) -m tools.run

manage: ## a command in the city that runs; ARGS="verify_audit", ARGS=help lists them
	@$(PYTHON) -m tools.manage $(ARGS)

test: ## the test suite; ARGS="tests/portal -k name" narrows it
	@$(PYTHON) -m tools.suite $(ARGS)

check: ## format, lint, types, layering, migrations, templates, translations, deployment
	@$(PYTHON) -m tools.check

bench: ## the benchmarks, as a table of ratios
	@$(PYTHON) -m tools.bench $(ARGS)

format: ## put the code in its usual form
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

clean: ## remove what set-up made, the demo city's data too
	@$(PYTHON) -m tools.clean
