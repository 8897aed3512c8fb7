# Needs git, make and Python 3.11 or later with venv. Everything else goes into .venv.
.DEFAULT_GOAL := help
BIN := .venv/bin
QUIZGEN := $(BIN)/quizgen
LOCKED := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes
EDITABLE := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
# uv resolves for every platform and Python at once, which pip-compile does not.
COMPILE := build/pins/bin/uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: --generate-hashes --no-config --custom-compile-command 'make pins'
PROBE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

.PHONY: help dev check lint docs fix test accept bench demo pins clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name does; do printf '  make %-7s %s\n' "$$name" "$$does"; done

dev: .venv/.dev ## set up .venv with everything a change needs

check: lint docs test ## what CI runs: format, lint, types, docs, tests

lint: .venv/.dev ## format, lint and types
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/pyright

docs: .venv/.dev ## whether the generated parts of the documents are current
	$(BIN)/cog --check --check-fail-msg='run: make fix' README.md CONTRIBUTING.md

fix: .venv/.dev ## format, mend what is safe, regenerate parts of the documents
	$(BIN)/ruff format
	$(BIN)/ruff check --fix-only
	$(BIN)/cog -r README.md CONTRIBUTING.md

test: .venv/.dev ## run every test; what is skipped is listed with its reason
	$(BIN)/pytest -q

accept: .venv/.dev ## rewrite the expected parts of tests/cases and tests/commands; read the diff
	$(BIN)/pytest -q --accept
	git diff --stat -- tests

bench: .venv/.dev ## measure time, memory and size, each against a baseline in the same run
	$(BIN)/python bench/run.py

demo: .venv/.run ## make decks, an Anki package, printed quizzes and pages of seeds/ in out/
	$(QUIZGEN) make seeds -o out --to anki --to pdf --to html
	@printf '%s\n' '' 'In out/:' \
	  '  *.md    decks: the cards, to settle and edit (*.log.jsonl: what happened to them)' \
	  '  *.apkg  for Anki: File > Import' \
	  '  *.pdf   quizzes for paper; *.key.pdf: their answers' \
	  '  *.html  the same, as pages' '' \
	  'Next, settle the drafts of a deck on a page, one key each (--terminal: right here),' \
	  'then export what you kept:'
	@deck=$$(ls -S out/*.md | head -n 1); printf '  $(QUIZGEN) %s\n' "review $$deck" "export $$deck --to anki"

pins: .venv/.python ## choose the newest versions anew, for requirements.txt and requirements-dev.txt
	test -x build/pins/bin/uv || { $(BIN)/python -m venv build/pins && build/pins/bin/pip install --quiet uv; }
	$(COMPILE) --upgrade --extra dev pyproject.toml --output-file requirements-dev.txt
	printf 'hatchling\neditables\n' | $(COMPILE) --constraint requirements-dev.txt pyproject.toml - --output-file requirements.txt

clean: ## remove .venv, out/ and what the tools left
	rm -rf .venv out build dist .pytest_cache .ruff_cache .hypothesis

.venv/.python:
	@for python in $${PYTHON:-python3 python3.13 python3.12 python3.11}; do \
	  if "$$python" -c '$(PROBE)' 2>/dev/null; then "$$python" -m venv .venv && touch $@ && exit 0; fi; \
	done; \
	echo "quizgen needs Python 3.11 or later with its venv module, and found none in: $${PYTHON:-python3 python3.13 python3.12 python3.11}." >&2; \
	echo "On Debian: apt-get install python3 python3-venv. Elsewhere name one: make PYTHON=/path/to/python3.12" >&2; \
	exit 1

.venv/.run: .venv/.python requirements.txt pyproject.toml
	@echo 'Installing what quizgen needs into .venv (once; a minute or less).'
	@$(LOCKED) --requirement requirements.txt
	@$(EDITABLE)
	@touch $@

.venv/.dev: .venv/.python requirements-dev.txt pyproject.toml
	@echo 'Installing what developing quizgen needs into .venv (once; a minute or two).'
	@$(LOCKED) --requirement requirements-dev.txt
	@$(EDITABLE)
	@touch .venv/.run $@
