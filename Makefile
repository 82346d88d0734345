# Two commands: `make run` starts Kaibo with a demo show on air, `make test` checks everything.
# A machine needs Python 3.11+, git and make; the rest is fetched into .venv and web/node_modules.

PYTHON ?= python3
BIN := .venv/bin
S := .stamps
# An extra certificate authority of the company must also hold for the Node that a wheel brings.
export NODE_USE_SYSTEM_CA ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: run test test-python test-web bench mutants web api words lock clean

run: $(S)/project
	@$(BIN)/python hatch_build.py
	@$(BIN)/kaibo demo

test: test-python test-web
	@echo "kaibo: all checks passed"

test-python: $(S)/project
	@$(BIN)/python hatch_build.py
	@echo "kaibo: ruff" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "kaibo: pyright" && $(BIN)/pyright
	@echo "kaibo: import arrows" && $(BIN)/lint-imports
	@echo "kaibo: tests and browser stories" && $(BIN)/pytest

test-web: $(S)/project
	@$(BIN)/python hatch_build.py install
	@echo "kaibo: the web speaks as the server does" && $(BIN)/kaibo seam | cmp - web/src/api/seam.ts || { echo "kaibo: the seam changed: run make api and commit what it writes"; exit 1; }
	@echo "kaibo: web types" && cd web && npm run --silent check
	@echo "kaibo: web lint" && cd web && npm run --silent lint
	@echo "kaibo: web tests" && cd web && npm run --silent test

bench: $(S)/project
	@$(BIN)/python -m bench

# Which rules does no test defend? Some minutes on one core; not part of the checks. docs/mutants.md
mutants: $(S)/project
	@nice -n 10 $(BIN)/python -m mutants

web: $(S)/node
	@$(BIN)/python hatch_build.py

# What the web may say and is told follows the server's features, as do the pages of duties and of slices.
api: $(S)/project
	@$(BIN)/kaibo seam > $(S)/seam.ts && mv $(S)/seam.ts web/src/api/seam.ts
	@$(BIN)/python -c "from kaibo.features.workspace.charter import print_duties as p; print(p(), end='')" > $(S)/duties.md && mv $(S)/duties.md docs/duties.md
	@$(BIN)/python -c "from kaibo.features import FEATURES as f; from kaibo.kit.slice_page import print_slices as p; print(p(f), end='')" > $(S)/slices.md && mv $(S)/slices.md docs/slices.md

# zh-Hans, and the server's words on the web, follow what people write.
words: $(S)/packages
	@$(BIN)/python -m words

lock: $(S)/packages
	@$(BIN)/python -m pip install --quiet pip-tools
	@$(BIN)/pip-compile pyproject.toml --extra dev --generate-hashes --strip-extras --allow-unsafe --no-annotate --quiet --no-header \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options -o requirements.lock

clean:
	rm -rf .venv $(S) web/node_modules kaibo/web_dist

$(S)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kaibo: needs Python 3.11 or newer, $(PYTHON) is older: try make PYTHON=python3.12"; exit 1; }
	@echo "kaibo: making .venv"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@mkdir -p $(S) && touch $@

$(S)/packages: $(S)/venv requirements.lock
	@echo "kaibo: installing Python packages (once, about half a minute)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@touch $@

# Only where no Node 20.19+ is found: the one from a pinned wheel.
$(S)/node: $(S)/packages requirements-node.lock
	@$(BIN)/python hatch_build.py node || { echo "kaibo: no Node here, fetching one (60 MB, once)"; \
		$(BIN)/python -m pip install --quiet --require-hashes -r requirements-node.lock && $(BIN)/python hatch_build.py shims $(BIN); }
	@touch $@

$(S)/project: $(S)/node pyproject.toml hatch_build.py
	@echo "kaibo: building the project"
	@$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps -e .
	@touch $@
