"""Facts about what the server does when something happened: nobody waits for a dead channel."""

import asyncio

import pytest
from prefect.server.events.services import actions
from prefect.server.utilities.messaging import Message, create_publisher

from flows.server.actions import act_side_by_side

pytestmark = pytest.mark.slow  # importing Prefect's server takes seconds

HUNG = 30
"""Messages that wait for a channel that does not answer."""


async def told_behind_a_dead_channel() -> bool:
    """Return whether the message behind those that hang is dealt with in two seconds."""
    told = asyncio.Event()

    async def act(message: Message) -> None:
        if message.data == b"hang":
            await asyncio.sleep(60)
        told.set()

    consumer = vars(actions)["create_consumer"]("actions")
    at_work = asyncio.create_task(consumer.run(act))
    async with create_publisher("actions") as publisher:
        for data in [b"hang"] * HUNG + [b"close the dead run"]:
            await publisher.publish_data(data, {})
    try:
        await asyncio.wait_for(told.wait(), 2)
    except TimeoutError:
        return False
    finally:
        at_work.cancel()
        await asyncio.wait([at_work])
        await consumer.cleanup()
    return True


def test_dead_run_is_closed_while_a_webhook_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    names = vars(actions)
    monkeypatch.setitem(names, "create_consumer", names["create_consumer"])  # put back later
    assert not asyncio.run(told_behind_a_dead_channel())

    act_side_by_side()

    assert asyncio.run(told_behind_a_dead_channel())
