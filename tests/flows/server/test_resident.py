import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

import pytest

from flows.server import resident as module
from flows.server.resident import CODE, Resident, State

pytestmark = pytest.mark.slow  # waits for processes to end

SLEEPER = "tests.flows.server.sleeper"


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[Resident]:
    resident = Resident(tmp_path / "home", "sleeper")
    yield resident
    resident.stop()


def launch(resident: Resident, **extra: str) -> State:
    resident.launch(SLEEPER, {**os.environ, "SLEEPER_FOLDER": str(resident.folder), **extra})
    deadline = time.monotonic() + 20
    while (state := resident.state()) is None:
        assert time.monotonic() < deadline, resident.log_tail()
        time.sleep(0.02)
    return state


def test_second_launch_leaves_the_first_alone(sleeper: Resident) -> None:
    first = launch(sleeper)

    sleeper.launch(SLEEPER, {**os.environ, "SLEEPER_FOLDER": str(sleeper.folder)})

    assert sleeper.state() == first
    assert sleeper.is_alive()


def test_deleted_home_ends_its_process(sleeper: Resident) -> None:
    state = launch(sleeper)

    rmtree(sleeper.folder)

    deadline = time.monotonic() + 10
    while is_running(state.pid):
        assert time.monotonic() < deadline, "the process outlived its home"
        time.sleep(0.05)


def test_state_of_a_recycled_process_id_is_not_believed(sleeper: Resident) -> None:
    sleeper.folder.mkdir()
    stale = State(
        pid=os.getpid(), api_url="http://x/api", created_at=datetime(2025, 1, 1, tzinfo=UTC)
    )
    sleeper.state_file.write_text(stale.model_dump_json())

    assert not sleeper.is_alive()
    assert not sleeper.stop(), "it would have killed a stranger"


def test_killed_process_is_seen_as_dead_at_once(sleeper: Resident) -> None:
    state = launch(sleeper)

    os.kill(state.pid, signal.SIGKILL)

    assert sleeper.wait_for_death(2.0)


def test_process_that_ignores_sigterm_is_killed(
    sleeper: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MERCY_SECONDS", 0.1)
    launch(sleeper, SLEEPER_IS_DEAF="1")

    assert sleeper.stop()
    assert not sleeper.is_alive()


def test_process_stopped_before_it_said_a_word_is_stopped(sleeper: Resident) -> None:
    sleeper.launch(SLEEPER, {**os.environ, "SLEEPER_FOLDER": str(sleeper.folder)})

    assert sleeper.stop()
    assert not sleeper.is_alive()


def test_background_process_survives_the_group_of_its_launcher(sleeper: Resident) -> None:
    code = (
        "import os, time; from pathlib import Path; from flows.server.resident import Resident; "
        f"Resident(Path({str(sleeper.folder)!r}), 'sleeper').launch({SLEEPER!r}, os.environ); "
        "print('up', flush=True); time.sleep(60)"
    )
    launcher = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "SLEEPER_FOLDER": str(sleeper.folder), "PYTHONPATH": str(CODE)},
    )
    with launcher:
        assert launcher.stdout is not None
        launcher.stdout.readline()
        os.killpg(launcher.pid, signal.SIGKILL)

    assert sleeper.is_alive()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
