# Every target sets up what it needs: all it asks of the machine is python3 (3.11 or later) and make.
# Relative paths only, and "python -m" instead of console scripts: the checkout may lie under a path with a space.

PY := .venv/bin/python
export PYTHON
export PYTHONUTF8 := 1
# A machine that names no locale at all would have Qt warn of it.
ifeq ($(LC_ALL)$(LC_CTYPE)$(LANG),)
export LC_ALL := C.UTF-8
endif

.DEFAULT_GOAL := help
.PHONY: help run tour test lint bench bench-quick bundle lock clean

help:
	@echo "make run          open the program"
	@echo "make test         check style, types and layers, then run every test on SQLite and Postgres"
	@echo "make lint         check style, types and layers only"
	@echo "make tour         walk through the demo clinic and save pictures in build/tour"
	@echo "make bench        measure against the budgets; make bench-quick: the short form"
	@echo "make bundle       build the program that is handed to clinics, in build/bundle"
	@echo "make lock         renew the pinned requirements from requirements/*.in"
	@echo "make clean        remove what these made"

# A second run finds the stamp and costs nothing.
.venv/%.stamp: requirements/%.txt packaging/setup.sh
	@packaging/setup.sh $*

run: .venv/runtime.stamp
	@[ -z "$$DISPLAY" ] || packaging/setup.sh display
	@$(PY) -m reception run --demo

tour: .venv/runtime.stamp
	@$(PY) -m reception tour

lint: .venv/develop.stamp
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command as lint; lint()'

test: lint
	$(PY) -m pytest -n 2 --dist worksteal --durations=10

bench: .venv/develop.stamp
	@$(PY) -m benchmarks

bench-quick: .venv/develop.stamp
	@$(PY) -m benchmarks --quick

# The bundle carries the libraries of the screen, so they must be here to be taken in.
bundle: .venv/bundle.stamp
	@packaging/setup.sh display
	@$(PY) -m PyInstaller --noconfirm --log-level ERROR --workpath build/pyinstaller --distpath build/bundle packaging/reception.spec
	@echo "The program is in build/bundle/reception"

# The only target that needs uv; pip installs what it pins.
lock:
	@for list in runtime develop bundle; do \
		uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
			--output-file requirements/$$list.txt requirements/$$list.in || exit; \
	done

clean:
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
