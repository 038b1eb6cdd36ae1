import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import write_segment
from articles.model import MediaType, RawDocument
from flows.maintain.examine import examine, examine_home
from flows.server.address import worker_of
from flows.server.resident import State
from flows.settings import Settings
from warehouse import db

HOLDS = """
import sys, duckdb
with duckdb.connect(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a home that nothing has run in."""
    return Settings(home=tmp_path / "home")


def told(settings: Settings, about: str) -> tuple[bool, str]:
    [found] = [each for each in examine_home(settings) if each[1].startswith(about)]
    return found


def test_new_home_is_well(settings: Settings) -> None:
    assert all(well for well, _ in examine_home(settings))


def test_warehouse_that_a_run_writes_to_is_not_ill(settings: Settings) -> None:
    settings.home.mkdir()
    with db.connect(settings.warehouse):
        pass
    command = [sys.executable, "-c", HOLDS, str(settings.warehouse)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        well, words = told(settings, "warehouse:")
        holder.communicate("")

    assert well
    assert f"process {holder.pid} holds" in words
    assert told(settings, "warehouse:") == (True, "warehouse: opens, its schema is known")


def test_worker_that_is_gone_is_missed(settings: Settings) -> None:
    settings.prefect.mkdir(parents=True)
    worker = worker_of(settings.prefect)
    state = State(pid=1, api_url="http://127.0.0.1:4200/api", created_at=datetime.now(UTC))
    worker.state_file.write_text(state.model_dump_json())  # as of a worker that was killed

    assert told(settings, "worker:") == (
        False,
        "worker: gone, so no schedule is kept: `newsmill up`",
    )

    worker.stop()
    assert told(settings, "worker:")[0]


def test_warehouse_that_is_gone_beside_its_archive_is_missed(settings: Settings) -> None:
    document = RawDocument(
        document_id="0" * 64, payload=b"ferry", media_type=MediaType.TEXT, origin="ferry.txt"
    )
    write_segment(settings.archive, "2026/03/01/b1", [document], datetime.now(UTC))

    well, words = told(settings, "warehouse:")

    assert not well
    assert "restore" in words


def test_damaged_snapshot_is_told_and_the_rest_is_examined(settings: Settings) -> None:
    settings.home.mkdir()
    settings.articles.write_bytes(b"half of a snapshot")

    found = list(examine(settings))

    [(well, words)] = [each for each in found if each[1].startswith("snapshot:")]
    assert not well
    assert "newsmill maintain" in words
    assert [words for _, words in found if words.startswith(("server:", "worker:", "sources:"))]
