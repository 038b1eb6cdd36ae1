"""`newsmill up` and `newsmill down`: the Prefect server and worker of this home."""

import os

from flows.cli.application import app
from flows.cli.terminal import console, say, shown
from flows.server.address import ServerAddress
from flows.server.control import down as stop
from flows.server.control import up as start
from flows.server.ensure import ensure_server
from flows.server.environment import connect
from flows.settings import Settings


@app.command(epilog="Example: newsmill up")
def up() -> None:
    """Start the Prefect server and a worker in the background, if they are not running."""
    status = start(Settings(), say)
    out = console()
    if status.address is not None:
        out.print(shown(f"Prefect UI  {status.address.ui_url}"))
        if status.address.auth:
            out.print(shown(f"password    {status.address.auth}", "bold"))
    out.print(shown(f"worker      {'online' if status.worker_online else 'not reporting'}"))


@app.command(epilog="Example: newsmill down")
def down() -> None:
    """Stop the worker and the server of this home."""
    stop(Settings(), say)


def connected(settings: Settings) -> ServerAddress:
    """Start the home's server if need be, and make it the one that flows of this process report to.

    Flows are imported after this, since Prefect reads its settings but once. Its log goes to the
    UI and not to the terminal: an error that ends a run is told by the command itself.
    """
    address = ensure_server(settings, say)
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
    connect(address, settings.prefect)
    return address
