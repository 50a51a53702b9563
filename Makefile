# Everything that people and CI do here. `make` alone says what there is.
PYTHON ?= python3.11
VENV ?= .venv
BIN = $(VENV)/bin
STAMP = $(VENV)/.ready
export TF_CPP_MIN_LOG_LEVEL ?= 3

.PHONY: help setup browser demo test check verify bench bench-class fuzz texts clean

help:
	@echo "make demo    set up, grade the sample class, print where the report is"
	@echo "make test    set up, run all checks and tests"
	@echo "make check   lint, types and the quick tests (under 2 minutes)"
	@echo "make verify  prove every exercise on 20 seeds (slow)"
	@echo "make bench   measure the grader against plain jupyter and python"
	@echo "make bench-class  grade 300 learners x 10 exercises (10 to 30 minutes); LEARNERS=30 for a part of it"
	@echo "make fuzz    10,000 malformed notebooks, archives and course files; 100 kills; faster trainings on 20 seeds"
	@echo "make texts   bring the catalogue of texts up to date; then translate what is empty in it"
	@echo "make browser install Chromium for the report tests, where it can be"

setup: $(STAMP)

$(STAMP): pyproject.toml .ci/setup
	@PYTHON=$(PYTHON) VENV=$(VENV) sh .ci/setup
	@touch $(STAMP)

browser:
	@sh .ci/browser

demo: setup
	@$(BIN)/grader demo --out demo-report

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/grader release --check
	$(BIN)/pytest -q -n 2 -m "not slow"

test: setup browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/grader release --check
	$(BIN)/pytest -q -n 2

verify: setup
	$(BIN)/grader verify --seeds 20

bench: setup
	$(BIN)/python -m tests.bench

bench-class: setup
	$(BIN)/python -m tests.bench.throughput --learners $(or $(LEARNERS),300)

fuzz: setup
	GRADETAPE_FUZZ=long $(BIN)/pytest -q -n 2 tests/intake tests/faults tests/test_fuzz_course.py -k "fuzz or kill"
	FASTFIT_SEEDS=20 $(BIN)/pytest -q tests/engine/test_fastfit.py

texts: setup
	$(BIN)/pybabel -q extract --no-default-keywords -k say --no-location --sort-output --omit-header -o build/messages.pot grader reports
	$(BIN)/pybabel -q update -i build/messages.pot -d grader/locale -l ko -D grader --no-fuzzy-matching --ignore-obsolete --omit-header --no-wrap

clean:
	rm -rf $(VENV) demo-report build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
