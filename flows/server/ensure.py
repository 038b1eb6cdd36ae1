"""Which Prefect server answers for this home, started if need be?"""

import os
import time
from pathlib import Path

from articles.errors import NewsmillError
from flows.server.address import (
    ServerAddress,
    running,
    server_of,
    users_server,
)
from flows.server.api import Api, ApiError
from flows.server.resident import Resident, locked
from flows.server.tell import Tell, silent
from flows.settings import Settings

PROBE_SECONDS = 2.0  # for one health check: a server at work answers in 20 ms
TOLD_EVERY = 15.0  # seconds between two lines about a long start


def ensure_server(settings: Settings, tell: Tell = silent) -> ServerAddress:
    """Return a Prefect server that answers: the user's, the home's, or a new one.

    A new one runs in the background, outlives the caller, and ends when the home is deleted. Two
    callers at once start one. Raises ServerUnreachable for a server of the user's that does not
    answer, ServerFailed when the home's does not within `settings.server_timeout` seconds.
    """
    if (chosen := users_server(os.environ)) is not None:
        return _reachable(chosen)
    address = running(settings.prefect)
    if address is not None and is_healthy(address):
        return address
    with locked(settings.prefect / "start.lock"):
        return _start(settings, tell)


def is_healthy(address: ServerAddress, timeout: float = PROBE_SECONDS) -> bool:
    """Tell whether the server answers, to our password."""
    try:
        Api(address, timeout=timeout).get("/admin/version")
    except ApiError:
        return False
    return True


class ServerUnreachable(NewsmillError):
    """The server that PREFECT_API_URL names does not answer."""


class ServerFailed(NewsmillError):
    """The server of the home died, or did not answer in time."""


def _reachable(address: ServerAddress) -> ServerAddress:
    try:
        Api(address).get("/health")
    except ApiError as error:
        raise ServerUnreachable(
            f"PREFECT_API_URL is {address.api_url}, but {error}; start that server, or unset "
            "PREFECT_API_URL to use the one of this home"
        ) from error
    return address


def _start(settings: Settings, tell: Tell) -> ServerAddress:
    server = server_of(settings.prefect)
    if not server.is_alive():
        tell("starting a Prefect server")
        server.launch("flows.server.serve", child_environment(settings))
    deadline = time.monotonic() + settings.server_timeout
    if (address := _first_answer(server, settings.prefect, deadline, tell)) is not None:
        return address
    log = server.log_tail()
    outcome = "did not answer in time" if server.is_alive() else "died while starting"
    server.stop()
    raise ServerFailed(
        f"the Prefect server of {settings.home} {outcome} ({settings.server_timeout:.0f} s); "
        f"NEWSMILL_SERVER_TIMEOUT gives it longer. The end of {server.log_file}:\n{log}"
    )


def _first_answer(
    server: Resident, folder: Path, deadline: float, tell: Tell
) -> ServerAddress | None:
    began = told = time.monotonic()
    while (now := time.monotonic()) < deadline and server.is_alive():
        address = running(folder)
        if address is None:
            time.sleep(0.05)  # it has the lock and is about to say where it is
        elif is_healthy(address):
            return address
        if now - told > TOLD_EVERY:
            told = now
            tell(f"the Prefect server is still starting ({now - began:.0f} s)")
    return None


def child_environment(settings: Settings) -> dict[str, str]:
    """Return the environment of a background process that belongs to the home."""
    own = {"NEWSMILL_HOME": str(settings.home), "NEWSMILL_SOURCES": str(settings.sources)}
    return {**os.environ, **own}
