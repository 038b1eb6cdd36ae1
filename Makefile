# make ingest   set up, mill samples/ (or DROP=dir) and print where to look
# make test     everything that CI runs; make check is its first minute
DROP ?= samples
PYTHON ?= python3
BIN := .venv/bin
HEAVY := flows.ingest.flow, great_expectations, pandas, prefect.server.api.server, spiders.run
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup setup-dev setup-render ingest check test test-duckdb2 lock clean

setup: .venv/runtime
setup-dev: .venv/dev
setup-render: .venv/render

.venv/runtime: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-compile --require-hashes -r requirements.lock
	$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -c "import $(HEAVY)"  # leaves its bytecode, without which each start takes 10 CPU s more
	$(BIN)/python -m flows.unpack  # the language model, which each process would spend 0.5 CPU s on
	touch $@

.venv/dev: requirements-dev.lock .venv/runtime
	$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-compile --require-hashes -r requirements-dev.lock
	touch $@

# For sources with `render = true`; the browser is the system's (Debian: apt install chromium).
.venv/render: requirements-render.lock .venv/runtime
	$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-compile --require-hashes -r requirements-render.lock
	touch $@

ingest: setup
	$(BIN)/newsmill ingest "$(DROP)"

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --quiet --processes 2 warehouse
	$(BIN)/python -m pytest -n 2 -m "not slow"

# Three at once on two cores: the tests with servers mostly wait.
test: setup-dev
	$(BIN)/python -m pytest -n 3 --dist loadgroup

# The warehouse must stay readable for those who are on DuckDB 2 already.
test-duckdb2: .venv-duckdb2/ready
	.venv-duckdb2/bin/python -m pytest tests/warehouse

.venv-duckdb2/ready: requirements-duckdb2.lock
	test -x .venv-duckdb2/bin/python || $(PYTHON) -m venv .venv-duckdb2
	.venv-duckdb2/bin/pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements-duckdb2.lock
	touch $@

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build --extra render -c requirements.lock pyproject.toml -o requirements-render.lock

clean:
	rm -rf .venv data
