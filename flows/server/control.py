"""Start, stop and look at everything that runs in the background of a home."""

import time
from dataclasses import dataclass
from datetime import datetime

from articles.errors import NewsmillError
from flows.server.address import POOL, ServerAddress, find, server_of, worker_of
from flows.server.api import NOT_FOUND, Api, ApiError
from flows.server.ensure import child_environment, ensure_server, is_healthy
from flows.server.resident import Resident, locked
from flows.server.tell import Tell, silent
from flows.settings import Settings

WORKER = "flows.operate.work"
"""Module of the worker's process; it is told of by its name, for it stands above this package."""


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """What runs for a home right now."""

    address: ServerAddress | None
    """None when no server runs and PREFECT_API_URL names none."""
    healthy: bool
    """The server answers."""
    worker_online: bool
    """The server has heard of a worker lately."""


class WorkerFailed(NewsmillError):
    """The worker died, or did not report to the server in time."""


def up(settings: Settings, tell: Tell = silent) -> ServerStatus:
    """Have a server and a worker run in the background; what runs already is left alone.

    A worker of a server that is gone is replaced. Raises what `ensure_server` raises, and
    WorkerFailed.
    """
    address = ensure_server(settings, tell)
    worker = worker_of(settings.prefect)
    with locked(settings.prefect / "start.lock"):
        state = worker.state()
        if worker.is_alive() and state is not None and state.api_url != address.api_url:
            worker.stop()
        if not worker.is_alive():
            tell("starting a worker")
            worker.launch(WORKER, child_environment(settings))
        _await_worker(worker, address, settings.server_timeout)
    return server_status(settings)


def down(settings: Settings, tell: Tell = silent) -> None:
    """Stop the worker and the server of this home; saying so for each that ran.

    A server that PREFECT_API_URL names is not ours to stop.
    """
    with locked(settings.prefect / "start.lock"):
        for resident in (worker_of(settings.prefect), server_of(settings.prefect)):
            stopped = resident.stop()
            tell(f"the {resident.name} " + ("is stopped" if stopped else "was not running"))


def server_status(settings: Settings) -> ServerStatus:
    """Look, without starting or changing anything."""
    address = find(settings.prefect)
    healthy = address is not None and is_healthy(address)
    return ServerStatus(
        address=address,
        healthy=healthy,
        worker_online=address is not None and healthy and _worker_online(Api(address)),
    )


def _await_worker(worker: Resident, address: ServerAddress, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while worker.is_alive() and time.monotonic() < deadline:
        state = worker.state()
        if state is not None and _worker_online(Api(address), since=state.created_at):
            return
        time.sleep(0.2)
    raise WorkerFailed(
        f"no worker has reported to {address.api_url}; the end of {worker.log_file}:\n"
        f"{worker.log_tail()}"
    )


def _worker_online(api: Api, since: datetime | None = None) -> bool:
    """Tell whether a worker has reported lately, and after `since`: not one that died before."""
    try:
        workers = api.post(f"/work_pools/{POOL}/workers/filter", {})
    except ApiError as error:
        if error.status != NOT_FOUND:
            raise
        return False  # the worker makes the pool
    return any(
        worker["status"] == "ONLINE"
        and (since is None or datetime.fromisoformat(worker["last_heartbeat_time"]) > since)
        for worker in workers
    )
