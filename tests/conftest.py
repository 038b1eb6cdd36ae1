"""A home with a real Prefect server, shared by the tests that run the whole program."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

Newsmill = Callable[..., "subprocess.CompletedProcess[str]"]
EnvironmentOf = Callable[[Path], dict[str, str]]


@pytest.fixture(scope="session")
def mill_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of the samples, which no other test writes to; its server ends with the tests."""
    from flows.server.control import down  # not there when the warehouse is tested alone
    from flows.settings import Settings

    home = tmp_path_factory.mktemp("mill")
    yield home
    down(Settings(home=home))


@pytest.fixture(scope="session")
def environment_of(mill_home: Path) -> EnvironmentOf:
    """Return the environment in which newsmill runs in a home; all share one Prefect server."""
    from flows.server.ensure import ensure_server
    from flows.settings import Settings

    def environment(home: Path) -> dict[str, str]:
        own = {**os.environ, "NEWSMILL_HOME": str(home)}
        if home == mill_home:
            return own
        server = ensure_server(Settings(home=mill_home))
        assert server.auth is not None
        return own | {
            "PREFECT_API_URL": server.api_url,
            "PREFECT_API_AUTH_STRING": server.auth,
        }

    return environment


@pytest.fixture(scope="session")
def newsmill(mill_home: Path, environment_of: EnvironmentOf) -> Newsmill:
    """Run the command line as a user does, in the project's root."""

    def run(
        *arguments: str, home: Path = mill_home, **settings: str
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "flows", *arguments],
            cwd=ROOT,
            env={**environment_of(home), **settings},
            capture_output=True,
            text=True,
            timeout=280,
        )

    return run


@pytest.fixture(scope="session")
def milled(newsmill: Newsmill) -> "subprocess.CompletedProcess[str]":
    """What the first `newsmill ingest samples` printed."""
    return newsmill("ingest", "samples")
