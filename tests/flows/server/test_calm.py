"""Facts about the timetable of the server: it looks rarely, and keeps nobody waiting who asks."""

import asyncio
import time
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta

import pytest
from docket import Docket
from prefect.server.api import background_workers

from flows.server.calm import LOOK_EVERY, CalmWorker, keep_calm

pytestmark = pytest.mark.slow  # importing Prefect's server takes seconds


async def waited(delay: timedelta) -> float:
    """Return the seconds from when a task was wanted until a calm worker did it."""
    done = asyncio.Event()

    async def work() -> None:
        done.set()

    async with Docket("calm", "memory://calm") as docket, CalmWorker(docket) as worker:
        docket.register(work)
        at_work = asyncio.create_task(worker.run_forever())
        await asyncio.sleep(1.0)  # it is waiting by now
        await docket.add(work, when=datetime.now(UTC) + delay)()
        began = time.monotonic()
        await asyncio.wait_for(done.wait(), 30)
        seconds = time.monotonic() - began - delay.total_seconds()
        at_work.cancel()
        await _ended(at_work)
    return seconds


async def _ended(task: Awaitable[None]) -> None:
    try:
        await task
    except asyncio.CancelledError:
        return


def test_what_is_wanted_at_once_does_not_wait_for_the_next_look() -> None:
    assert asyncio.run(waited(timedelta())) < LOOK_EVERY.total_seconds() / 2


def test_what_is_due_later_comes_at_the_next_look_at_the_latest() -> None:
    assert asyncio.run(waited(timedelta(seconds=1))) < 2 * LOOK_EVERY.total_seconds() + 1


def test_prefects_server_gets_the_calm_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    names = vars(background_workers)
    monkeypatch.setitem(names, "Worker", names["Worker"])  # put back after the test

    keep_calm()

    assert names["Worker"] is CalmWorker
