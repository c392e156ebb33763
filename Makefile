# Everything here sets up what it needs in .venv, from the lock files, and nothing twice.
# Needs Python 3.11 or newer with venv (Debian: python3-venv) and a package registry.

PYTHON ?= python3
VENV := .venv
IN := $(VENV)/bin
INSTALL := $(IN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: demo run test check audit sbom bench pictures lock format clean

demo: $(VENV)/.demo  ## the whole bot on a pretend Discord, in a browser
	@$(IN)/python -m bot demo $(ARGS)

run: $(VENV)/.run  ## the bot itself; settings come from .env or the environment
	@$(IN)/python -m bot run

test: check  ## all that CI runs
	$(IN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

check: $(VENV)/.dev  ## lint, types, contracts
	$(IN)/ruff check .
	$(IN)/ruff format --check .
	$(IN)/basedpyright
	PYTHONPATH=. $(IN)/lint-imports --no-logo
	$(IN)/hadolint Dockerfile

audit: $(VENV)/.dev build/.image  ## known vulnerabilities, and licences, of what the image holds
	@$(IN)/python .ci/audit.py build/image/bin/python locks/run.txt

sbom: $(VENV)/.dev build/.image  ## what the image holds, as a CycloneDX bill of materials
	$(IN)/cyclonedx-py environment --pyproject pyproject.toml --mc-type application \
		--output-reproducible -o build/sbom.cdx.json build/image/bin/python

bench: $(VENV)/.dev  ## costs and how they grow
	@$(IN)/python -m tests.benchmarks $(ARGS)

pictures: $(VENV)/.dev  ## take the README's pictures again
	PICTURES=docs $(IN)/python -m pytest tests/browser -q

format: $(VENV)/.dev
	$(IN)/ruff check --fix .
	$(IN)/ruff format .

lock: $(VENV)/.dev  ## newest versions that pyproject.toml allows, with hashes
	$(IN)/uv pip compile $(LOCK) --extra dev pyproject.toml -o locks/dev.txt
	$(IN)/uv pip compile $(LOCK) --extra demo -c locks/dev.txt pyproject.toml -o locks/demo.txt
	$(IN)/uv pip compile $(LOCK) -c locks/dev.txt pyproject.toml -o locks/run.txt
	$(IN)/uv pip compile $(LOCK) locks/build.in -o locks/build.txt

# --universal: one file for Python 3.11 to 3.13 and every kind of machine.
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

clean:
	rm -rf $(VENV) build .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "This needs Python 3.11 or newer. Name one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "On Debian, venv is a package of its own: apt-get install python3-venv"; exit 1; }
	@touch $@

# What the image holds, and nothing else.
build/.image: locks/run.txt
	@rm -rf build/image && $(PYTHON) -m venv --without-pip build/image
	@$(IN)/python -m pip --python build/image/bin/python install --quiet \
		--disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.run $(VENV)/.demo $(VENV)/.dev: $(VENV)/.%: locks/%.txt $(VENV)/.made
	@echo "Installing what “$*” needs (the first time takes a minute)…"
	@$(INSTALL) -r $<
	@touch $@
