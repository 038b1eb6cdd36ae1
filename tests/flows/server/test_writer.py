import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.server.address import ServerAddress
from flows.server.api import Api
from flows.server.resident import CODE
from flows.server.writer import LIMIT, WarehouseBusy, writer_slot
from flows.settings import Settings

HOLDER = """
import time
from flows.server.address import find
from flows.server.writer import writer_slot
from flows.settings import Settings
settings = Settings()
with writer_slot(settings, find(settings.prefect), print):
    print("writing", flush=True)
    time.sleep(60)
"""


@contextmanager
def another_writer(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        stdout=subprocess.PIPE,
        env={**os.environ, "NEWSMILL_HOME": str(settings.home), "PYTHONPATH": str(CODE)},
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.slow
def test_second_writer_waits_then_names_the_first(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, writer_timeout=0.5)
    told: list[str] = []

    with (
        another_writer(settings) as holder,
        pytest.raises(WarehouseBusy, match=f"process {holder.pid} has held"),
        writer_slot(settings, None, told.append),
    ):
        pass

    assert told == [f"waiting for the warehouse: process {holder.pid} is writing"]


@pytest.mark.slow
def test_killed_writer_leaves_the_way_free(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, writer_timeout=2)
    with another_writer(settings) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()

    told: list[str] = []
    with writer_slot(settings, None, told.append):
        assert told == []


def test_silent_server_costs_the_display_and_not_the_run(tmp_path: Path) -> None:
    nobody = ServerAddress("http://127.0.0.1:9/api", "http://127.0.0.1:9", None)
    told: list[str] = []

    with writer_slot(Settings(home=tmp_path), nobody, told.append):
        assert len(told) == 1

    assert told[0].startswith("the Prefect UI will not show who writes: GET http://127.0.0.1:9")


@pytest.mark.slow
def test_slot_of_a_killed_run_is_given_back_before_the_next(
    home: Settings, server: ServerAddress
) -> None:
    with another_writer(home) as holder:
        assert active_slots(server) == 1
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert active_slots(server) == 1, "nobody has told the server yet"

    with writer_slot(home, server, print):
        assert active_slots(server) == 1

    assert active_slots(server) == 0


def active_slots(server: ServerAddress) -> int:
    return int(Api(server).get(f"/v2/concurrency_limits/{LIMIT}")["active_slots"])
