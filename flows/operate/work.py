"""The process of a home's worker: `python -m flows.operate.work`, started by `up`.

A Prefect process worker that polls the pool `newsmill` and runs its flows as child processes. It
brings deployments and automations to the server first, so a server is complete once it has a
worker. With `--foreground` it stays where it was started, for systemd and containers.
"""

import os
import signal
import socket
import sys
import threading
import time
from types import FrameType

from flows.server.address import POOL, ServerAddress, find, worker_of
from flows.server.api import Api
from flows.server.ensure import is_healthy
from flows.server.environment import connect
from flows.server.resident import FOREGROUND, announce, detach
from flows.settings import Settings


def main() -> None:
    """Become the worker of the home that the settings name, until told to stop."""
    settings = Settings()
    worker = worker_of(settings.prefect)
    stay = FOREGROUND in sys.argv
    detach(worker, stay=stay)
    address = _await_server(settings) if stay else find(settings.prefect)
    if address is None:
        raise SystemExit(f"no server is running for {settings.prefect}")
    announce(worker, address.api_url)
    connect(address, settings.prefect)
    work(address, settings)


def work(address: ServerAddress, settings: Settings) -> None:
    """Run the worker; SIGTERM lets it take its leave of the server first."""
    import anyio
    from prefect.workers.process import ProcessWorker

    from flows.operate.bring import bring, follow

    bring(Api(address), settings)
    over = threading.Event()
    told = (Api(address), settings, over)
    threading.Thread(target=follow, args=told, daemon=True, name="follow").start()
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a script's `&` has it ignored
    worker = ProcessWorker(work_pool_name=POOL, name=f"{POOL}-{socket.gethostname()}")
    try:
        anyio.run(worker.start)
    except KeyboardInterrupt:
        over.set()


def _await_server(settings: Settings) -> ServerAddress | None:
    """Return the server once it answers: systemd and compose start both at the same time."""
    deadline = time.monotonic() + settings.server_timeout
    while time.monotonic() < deadline:
        address = find(settings.prefect)
        if address is not None and is_healthy(address):
            return address
        time.sleep(1.0)
    return None


def _interrupt(_signum: int, _frame: FrameType | None) -> None:
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    main()
