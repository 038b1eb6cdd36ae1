from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flows.server.address import ServerAddress
from flows.server.control import down
from flows.server.ensure import ensure_server
from flows.settings import Settings
from tests.flows.operate.receiver import Receiver
from tests.spiders.site import SITE_ADDRESS

WITNESS = Path(__file__).with_name("operate") / "witness"
SERVERS = {"server": "server", "faults": "server", "operate": "operate"}
"""Whose tests share a home; two, as most of the time they wait."""


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    """Who is told by the server of `home`."""
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture(scope="session")
def witness(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes of `home` note what left the machine."""
    return tmp_path_factory.mktemp("witness") / "notes"


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of source files of `home`; it has none yet."""
    return tmp_path_factory.mktemp("sources")


@pytest.fixture(scope="session")
def home(
    tmp_path_factory: pytest.TempPathFactory, receiver: Receiver, witness: Path, sources: Path
) -> Iterator[Settings]:
    """A home whose server and worker are gone after the tests, whatever happened."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PREFECT_API_URL", raising=False)
        patch.setenv("NEWSMILL_NOTIFY_WEBHOOK", receiver.url)
        patch.setenv("PYTHONPATH", str(WITNESS))
        patch.setenv("WITNESS", str(witness))
        patch.setenv("NEWSMILL_SOURCES", str(sources))
        hosts = sources / "hosts"
        hosts.write_text(f"{SITE_ADDRESS} news.test\n")
        patch.setenv("NEWSMILL_CRAWL_HOSTS", str(hosts))
        patch.setenv("NEWSMILL_CRAWL_NETWORKS", f'["{SITE_ADDRESS}/32"]')
        settings = Settings(home=tmp_path_factory.mktemp("home"))
        yield settings
        down(settings)


@pytest.fixture(scope="session")
def addresses(home: Settings) -> list[ServerAddress]:
    """What two callers got who asked for a server at the same moment."""
    with ThreadPoolExecutor(2) as callers:
        return list(callers.map(ensure_server, [home, home]))


@pytest.fixture(scope="session")
def server(addresses: list[ServerAddress]) -> ServerAddress:
    """A running Prefect server, shared by all tests."""
    return addresses[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests with one home in one process, so that one server serves them all."""
    here = Path(__file__).parent
    for item in items:
        for folder, group in SERVERS.items():
            if item.path.is_relative_to(here / folder):
                item.add_marker(pytest.mark.xdist_group(group))
