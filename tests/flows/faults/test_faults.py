"""Facts about a run whose surroundings break: it ends honestly, and nothing is lost or doubled."""

import fcntl
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from flows.server.address import ServerAddress, server_of
from flows.server.api import Api
from flows.server.control import up
from flows.server.schema import DATABASE
from flows.settings import Settings
from tests.conftest import ROOT, EnvironmentOf, Newsmill
from tests.flows.ingest.test_kill import story
from tests.flows.operate.runs import awaited, ended, in_state, start

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

DROPS = "ingest/drops"


@contextmanager
def waiting_run(home: Settings, api: Api) -> Iterator[str]:
    """A run that goes on when the block ends: until then another holds the warehouse."""
    home.warehouse_lock.touch()
    with home.warehouse_lock.open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run_id = start(api, DROPS)
        in_state(api, run_id, "RUNNING")
        yield run_id


def test_run_outlives_its_server(home: Settings, server: ServerAddress) -> None:
    up(home)
    api = Api(server)
    with waiting_run(home, api) as run_id:
        state = server_of(home.prefect).state()
        assert state is not None
        os.kill(state.pid, signal.SIGKILL)
        awaited(lambda: None if server_of(home.prefect).is_alive() else {}, 30)
        up(home)

    assert ended(api, run_id) == "COMPLETED"
    assert ended(api, start(api, DROPS)) == "COMPLETED", "its slot was given back"


def test_run_waits_while_the_database_of_prefect_is_locked(
    home: Settings, server: ServerAddress
) -> None:
    up(home)
    api = Api(server)
    with closing(sqlite3.connect(home.prefect / DATABASE, isolation_level=None)) as database:
        with waiting_run(home, api) as run_id:
            database.execute("begin immediate")
        time.sleep(30)
        database.execute("rollback")

    assert ended(api, run_id) == "COMPLETED"


def test_full_disk_is_named_and_the_next_run_repairs(
    newsmill: Newsmill, environment_of: EnvironmentOf, tmp_path: Path
) -> None:
    """A limit on the size of files stands in for the disk."""
    drop, home = tmp_path / "drop", tmp_path / "home"
    drop.mkdir()
    for number in range(60):
        (drop / f"{number:02d}.txt").write_text(story(900 + number), encoding="utf-8")
    program = [sys.executable, "-m", "flows", "ingest", str(drop)]
    limited = subprocess.run(
        ["bash", "-c", 'ulimit -f 200; exec "$@"', "-", *program],
        cwd=ROOT,
        env=environment_of(home),
        capture_output=True,
        text=True,
    )
    assert limited.returncode == 1, limited.stdout
    assert "free space" in limited.stderr.splitlines()[-1]
    assert "Traceback" not in limited.stderr

    repaired = newsmill("ingest", str(drop), home=home)

    assert repaired.returncode == 0, repaired.stderr
    sql = "select count(distinct document_id) as n from documents"
    assert json.loads(newsmill("sql", "--format", "json", sql, home=home).stdout) == [{"n": 60}]
