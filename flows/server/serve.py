"""The process of a home's Prefect server: `python -m flows.server.serve`.

`ensure_server` starts it. It runs Prefect's own application under Prefect's own settings, and
adds what those lack: a check of the Host header, so that no web page reaches it through a name
of its own (DNS rebinding). With `--foreground` it stays where it was started, for systemd and
containers.
"""

import os
import socket
import sys
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from flows.server.address import auth_of, server_of
from flows.server.environment import server_environment
from flows.server.resident import FOREGROUND, announce, detach
from flows.server.schema import DATABASE_URL, prepare_database
from flows.settings import Settings

LOOPBACK = "127.0.0.1"
FIRST_PORT = 4200  # Prefect's own
PORTS = 100
FAREWELL_SECONDS = 5  # for requests under way, when told to stop


def main() -> None:
    """Become the server of the home that the settings name, until told to stop."""
    settings = Settings()
    folder = settings.prefect
    server = server_of(folder)
    before = server.state()
    detach(server, stay=FOREGROUND in sys.argv)
    ports = preferred_ports(before.api_url if before else None)
    listener = listen(ports, settings.server_host)
    port = listener.getsockname()[1]
    os.environ.update(server_environment(folder, port, auth_of(folder), settings.server_origin))
    announce(server, f"http://{LOOPBACK}:{port}/api")
    if DATABASE_URL not in os.environ:
        prepare_database(folder)
    run(listener, settings)


def preferred_ports(last_api_url: str | None) -> Iterable[int]:
    """Yield the port that this home had last, then Prefect's, its neighbours, and any."""
    if last_api_url:
        yield int(last_api_url.rsplit(":", 1)[1].removesuffix("/api"))
    yield from range(FIRST_PORT, FIRST_PORT + PORTS)
    yield 0


def listen(ports: Iterable[int], host: str = LOOPBACK) -> socket.socket:
    """Return a socket that listens on the first port that nobody else has.

    It listens before Prefect is imported: an address once written to the state file is ours, and
    who asks too early waits in the queue instead of meeting a closed door.
    """
    for port in ports:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(128)
        except OSError:
            listener.close()
        else:
            return listener
    raise OSError(f"no free port on the interface {host}")


def run(listener: socket.socket, settings: Settings) -> None:
    """Serve Prefect on `listener`; its settings lie in the environment by now."""
    if not os.access(_prefects_own_folder(), os.W_OK):  # it unpacks its pages there
        os.environ["PREFECT_UI_STATIC_DIRECTORY"] = str(settings.prefect / "ui")
    import uvicorn
    from prefect.server.api.server import create_app
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from flows.server.actions import act_side_by_side
    from flows.server.calm import keep_calm
    from flows.server.pages import StayHere, routes

    import_module("flows.server.mail")  # a block is known once it is imported
    keep_calm()
    act_side_by_side()
    application = create_app(final=True)
    application.router.routes[:0] = routes(settings.docs, auth_of(settings.prefect))
    application.add_middleware(StayHere)
    uvicorn.Server(
        uvicorn.Config(
            # around and not within: the server's automations call it by a name of their own
            TrustedHostMiddleware(application, allowed_hosts=_hosts(settings)),
            log_level="warning",
            access_log=False,
            lifespan="on",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=FAREWELL_SECONDS,
        )
    ).run(sockets=[listener])


def _hosts(settings: Settings) -> list[str]:
    """Return the names under which the server may be called."""
    proxied = urlsplit(settings.server_origin or "").hostname
    return [LOOPBACK, "localhost", *([proxied] if proxied else [])]


def _prefects_own_folder() -> Path:
    prefect = find_spec("prefect")
    if prefect is None or prefect.origin is None:
        raise ModuleNotFoundError("prefect is not installed beside newsmill", name="prefect")
    return Path(prefect.origin).parent / "server"


if __name__ == "__main__":
    main()
