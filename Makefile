# Return Spectrum. `make` alone lists the verbs. Python packages go into .venv, which may be deleted at any time.

PORT ?= 8501
BIN := .venv/bin
PYTHON_IS_FINE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

.PHONY: help run test check format fuzz attack

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/app ## start the app on http://localhost:8501 (another port: make run PORT=8600)
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

# Browser tests run apart from the others, and those that measure time by themselves: a server and a browser fill two cores.
test: .venv/dev ## run every test; a Chromium is found, or fetched, for the browser tests
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest -n 2 -m "not browser"
	$(BIN)/python -m pytest -n 2 -m browser --ignore tests/browser/test_size.py
	$(BIN)/python -m pytest -m browser tests/browser/test_size.py

fuzz: .venv/dev ## try six times as many broken files as the tests do: two thousand and more
	FUZZ_TIMES=6 $(BIN)/python -m pytest -n 2 tests/data/test_fuzz.py

attack: .venv/dev ## try to find people: behind every figure, over forty made-up cohorts, and by asking for everything
	$(BIN)/python -m tests.attack
	ATTACKS=40 $(BIN)/python -m pytest -n 2 tests/data/test_no_cell_follows.py

check: .venv/dev ## lint, format, types, direction of imports, spelling: all that is checked without running
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

format: .venv/dev ## put the code in the project's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Each stamp is as new as the last installation, so that a changed list of packages installs again and an unchanged one
# costs nothing.
.venv/app: requirements.txt constraints.txt | $(BIN)/pip
	@echo "Installing what the app runs on (once; a minute or so) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/app
	@echo "Installing what the tests and checks need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(BIN)/pip:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if $$python -c '$(PYTHON_IS_FINE)' 2>/dev/null; then exec $$python -m venv --clear .venv; fi; \
	done; \
	echo "Return Spectrum needs Python 3.11 or newer with its venv module (on Debian: python3-venv); none was found." \
		"Name one with: make run PYTHON=/path/to/python" >&2; exit 1
