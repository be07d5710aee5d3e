APP ?= functions/score_tracker/app.py

.PHONY: help run test check attack conformance format bench sam-local sam-test screenshots release clean

help:
	@echo "make run     serve APP on this machine (APP=$(APP))"
	@echo "make test    all checks and tests, with everything they need"
	@echo "make check   ruff, mypy and import-linter"
	@echo "make conformance  the same scripts under real Gradio and here, called by Gradio's clients"
	@echo "make attack  20,000 hostile requests and 10,000 generated ones, to an app in the test's own process"
	@echo "make format  let ruff format and mend what it can"
	@echo "make bench   measure; with WRITE=1 also into docs/benchmarks.md, with ONLY=page that one"
	@echo "make sam-local  serve template.yaml's functions in Lambda's containers (Docker), on port PORT=3000"
	@echo "make sam-test   build and call them there, with a new environment for each request and with warm ones"
	@echo "make screenshots  take the README's pictures of the page anew"
	@echo "make release  build dist/, check it, and try the wheel in an empty environment"
	@echo "make clean   remove what the other targets made"

run:
	@scripts/setup run
	@.venv/bin/adapter dev $(APP)

test:
	@scripts/setup test
	@scripts/test

check:
	@scripts/setup check
	@scripts/check

attack:
	@scripts/setup check
	@ATTACK_BODIES=20000 ATTACK_CASES=400 .venv/bin/pytest -q -n 2 -o faulthandler_timeout=1800 tests/attack

conformance:
	@scripts/setup conformance
	@scripts/conformance

format:
	@scripts/setup check
	@.venv/bin/ruff check --quiet --fix
	@.venv/bin/ruff format --quiet

bench:
	@scripts/setup bench
	@.venv/bin/python -m benchmarks $(if $(WRITE),--write) $(addprefix --only ,$(ONLY))

screenshots:
	@scripts/setup test
	@.venv/bin/python scripts/screenshots.py

release:
	@scripts/release

sam-local:
	@scripts/setup sam
	@scripts/sam local $(or $(PORT),3000)

sam-test:
	@scripts/setup sam
	@scripts/sam test

# For `sam build`, which calls it in a copy of the function's folder (BuildMethod: makefile in template.yaml).
PROJECT := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
build-%:
	@[ -x $(PROJECT).venv/bin/adapter ] || $(PROJECT)scripts/setup run # whoever calls this may have another python3
	@$(PROJECT).venv/bin/adapter build . $(ARTIFACTS_DIR) --cache $(PROJECT).aws-sam/libraries

clean:
	rm -rf .venv .venv-3.13 .venv-gradio .venv-ministack .venv-release .venv-sam dist tests/node_modules benchmarks/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
