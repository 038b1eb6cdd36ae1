import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from flows.server.schema import DATABASE, prepare_database, snapshot


def test_snapshot_fits_the_locked_prefect() -> None:
    assert snapshot().exists(), "write it anew: python -m flows.server.schema"


def test_existing_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"precious")

    prepare_database(tmp_path)

    assert (tmp_path / DATABASE).read_bytes() == b"precious"


def test_new_database_stands_at_one_revision(tmp_path: Path) -> None:
    prepare_database(tmp_path)

    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
        assert connection.execute("select count(*) from alembic_version").fetchall() == [(1,)]
        assert connection.execute("select count(*) from flow_run").fetchall() == [(0,)]
    assert [path.name for path in tmp_path.iterdir()] == [DATABASE]


@pytest.mark.slow
def test_snapshot_is_what_the_migrations_build() -> None:
    code = "from flows.server.schema import migrated_schema; print(migrated_schema(), end='')"

    built = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=250
    )

    assert lines(built.stdout) == lines(snapshot().read_text(encoding="utf-8"))


def lines(sql: str) -> list[str]:
    """Foreign keys come in the order of a Python set, another one in every process."""
    return sorted(line.strip().rstrip(", ") for line in sql.splitlines())
