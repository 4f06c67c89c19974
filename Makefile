# Everything happens in .venv; make clean takes it away again.

PYTHON ?= python3
WINDOWS := $(filter Windows_NT,$(OS))
BIN := .venv/$(if $(WINDOWS),Scripts,bin)
PIP := $(BIN)/pip$(if $(WINDOWS),.exe)
INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check

.PHONY: help run test interop cluster check checks format-check lint types floors format golden readme pictures lock bench scale faults supply fuzz ends wheel clean
.NOTPARALLEL:  # two installs into one .venv would trip over each other

help:  ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*  ## /\1	/p' Makefile | expand -t 14

run: .venv/.run  ## install what spector needs, build the bundled case, show its timeline
	@$(BIN)/spector timeline
	@echo 'next: $(BIN)/spector, $(BIN)/spector arrests, $(BIN)/spector --help'

test: .venv/.dev  ## run all tests, also of the wheel and of what the documents show
	$(BIN)/python -m pytest -n auto --dist worksteal

check: checks test  ## everything that CI runs

checks: format-check lint types floors  ## all of check but the tests

format-check: .venv/.dev  ## is the code laid out as make format would?
	$(BIN)/ruff format --check .

lint: .venv/.dev  ## look for likely mistakes
	$(BIN)/ruff check .

types: .venv/.dev  ## check the types
	$(BIN)/mypy

floors: .venv/.dev  ## do imports only go down?
	$(BIN)/lint-imports --no-logo

format: .venv/.dev  ## lay out the code, mend what can be mended
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

golden: .venv/.dev  ## write the golden files anew; then look at each that changed
	SPECTOR_GOLDEN=1 $(BIN)/python -m pytest tests/test_golden.py

readme: .venv/.dev  ## put the real help, answers and floors into README.md, CONTRIBUTING.md and docs
	SPECTOR_GOLDEN=1 $(BIN)/python -m pytest tests/test_readme.py

pictures: .venv/.dev  ## draw the pictures of README.md; the one of the report needs Chromium
	$(BIN)/spector timeline --chart -o docs/timeline.svg
	$(BIN)/spector report -o .venv/report.html
	chromium --headless --no-sandbox --hide-scrollbars --window-size=1100,1000 --screenshot=docs/report.png \
	  --user-data-dir=.venv/browser .venv/report.html

lock: $(PIP)  ## bring the locks up to pyproject.toml; UPGRADE=--upgrade for the newest of all
	@$(INSTALL) 'uv<1'
	@for group in cluster dev interop supply; do $(BIN)/uv pip compile pyproject.toml --group $$group --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' -q $(UPGRADE) \
	  -o locks/$$group.lock || exit 1; done

interop: .venv-interop/.done  ## check each export with the tool that it is for; installs much, so not a part of make check
	.venv-interop/bin/python -m pytest tests/interop -o python_files='check_*.py'

cluster: .venv-cluster/.done  ## build lakes by Spark, and kill what builds them; needs Java 17, and installs 500 MB
	.venv-cluster/bin/python -m pytest -rs --timeout 400 tests/cluster -o python_files='check_*.py'

bench: .venv/.dev  ## measure the start against its floor
	$(BIN)/python -m bench.startup

supply: .venv/.dev  ## check locks, hashes, licences, known vulnerabilities, and what is built from the last commit
	$(BIN)/python -m bench.supply

scale: .venv/.dev  ## measure loads and questions up to ten million claims; takes an hour and 25 GB
	$(BIN)/python -m bench.scale

faults: .venv/.dev  ## break what spector stands on, and count how often its promises held; five minutes
	$(BIN)/python -m bench.faults

fuzz: .venv-fuzz/.done  ## feed the loaders with odd bytes, and all commands with odd folders; nine minutes, and installs atheris
	.venv-fuzz/bin/python -m bench.folders
	.venv-fuzz/bin/python -m bench.fuzz

ends: .venv/.dev  ## run the suite with the lowest and the newest versions allowed, on each Python here; half an hour
	@$(INSTALL) 'uv<1'
	$(BIN)/python -m bench.ends

wheel: .venv/.dev  ## build wheel and sdist into dist/
	rm -rf dist
	$(BIN)/python -m build --no-isolation

clean:  ## remove .venv, dist and caches
	rm -rf .venv .venv-interop .venv-cluster .venv-fuzz .venv-ends dist .*_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# The stamps say what .venv holds, so that nothing is installed twice. pip comes last into a new .venv: with it, it is whole.

$(PIP):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'spector needs Python 3.11 or later, and $(PYTHON) is not; try: make PYTHON=python3.11' >&2; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/.run: pyproject.toml | $(PIP)
	@$(INSTALL) -e .
	@touch $@

.venv-interop/.done: locks/interop.lock pyproject.toml
	@$(PYTHON) -m venv .venv-interop
	@.venv-interop/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r locks/interop.lock
	@.venv-interop/bin/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv-cluster/.done: locks/cluster.lock pyproject.toml
	@$(PYTHON) -m venv .venv-cluster
	@.venv-cluster/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r locks/cluster.lock
	@.venv-cluster/bin/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv-fuzz/.done: pyproject.toml
	@$(PYTHON) -m venv .venv-fuzz
	@.venv-fuzz/bin/python -m pip install -q --disable-pip-version-check --only-binary atheris atheris -e .
	@touch $@

.venv/.dev: locks/dev.lock pyproject.toml | $(PIP)
	@$(INSTALL) --require-hashes -r locks/dev.lock
	@$(INSTALL) --no-build-isolation --no-deps -e .
	@touch .venv/.run $@
