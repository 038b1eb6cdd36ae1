"""How does the server's own timetable cost next to nothing while there is nothing to do?

Prefect times its services by a worker of pydocket that is made for many tasks a second: it looks
eight times a second for what is due, and ten times for what was cancelled. Of what an idle server
takes, that was more than half, and Prefect has no setting for it. Its services come every 10 s at
most, and it cancels none of them while they run.
"""

from datetime import timedelta

from docket import Docket, Worker
from prefect.server.api import background_workers

LOOK_EVERY = timedelta(seconds=2)
"""How late a service may come. What is wanted at once does not wait: it wakes the worker."""


class CalmWorker(Worker):
    """A worker that looks rarely; on a server that is one process, nobody watches its heartbeat."""

    def __init__(self, docket: Docket) -> None:
        super().__init__(
            docket, minimum_check_interval=LOOK_EVERY, scheduling_resolution=LOOK_EVERY
        )
        docket.heartbeat_interval = 5 * LOOK_EVERY

    async def _cancellation_listener(self) -> None:
        """Wait for the end of the worker instead of for cancellations."""
        if (session := self._processing_session) is not None:
            session.cancellation_ready.set()
            await session.stopping.wait()


def keep_calm() -> None:
    """Have Prefect's server use that worker; to be called before the server starts."""
    vars(background_workers)["Worker"] = CalmWorker
