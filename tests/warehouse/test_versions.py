"""A warehouse written by one DuckDB is read, and written on, by the other."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
OTHER = ROOT / (".venv" if duckdb.__version__.startswith("2.") else ".venv-duckdb2") / "bin/python"
PROGRAM = """
import json, sys
from pathlib import Path
from tests.warehouse.given import batch, load, loaded
from warehouse import db, query
from warehouse.publish import publish
home, payload = Path(sys.argv[1]), sys.argv[2]
with db.connect(home / "warehouse.duckdb") as store:
    load(store, batch(loaded(payload)), payload)
publish(home / "warehouse.duckdb", home / "articles.duckdb")
with query.connect(home / "articles.duckdb") as reader:
    ours = query.ask(reader, "select version() as version, body from articles order by body")
print(json.dumps(ours.rows()))
"""


@pytest.mark.slow
@pytest.mark.skipif(not OTHER.exists(), reason="the other DuckDB: make test-duckdb2")
def test_both_duckdbs_write_and_read_one_warehouse(tmp_path: Path) -> None:
    writers = [Path(sys.executable), OTHER, Path(sys.executable)]
    seen = [_load_and_read(python, tmp_path, f"{n}") for n, python in enumerate(writers)]

    stories = [f"The story of {n}." for n in range(3)]
    assert [[row["body"] for row in rows] for rows in seen] == [
        stories[:1],
        stories[:2],
        stories[:3],
    ]
    assert seen[0][0]["version"] == seen[2][0]["version"] != seen[1][0]["version"]


def _load_and_read(python: Path, home: Path, payload: str) -> list[dict[str, str]]:
    run = subprocess.run(
        [python, "-c", PROGRAM, home, payload], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    rows: list[dict[str, str]] = json.loads(run.stdout)
    return rows
