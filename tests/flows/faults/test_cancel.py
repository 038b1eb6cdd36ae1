"""Facts about a run that is cancelled in the UI."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.server.address import ServerAddress, worker_of
from flows.server.api import Api
from flows.server.control import up
from flows.settings import Settings
from tests.flows.crawl.sites import story
from tests.flows.operate.runs import awaited, ended, start
from tests.spiders.site import Answer, Site, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

DAY = "2026-11-01"


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as found:
        yield found


def test_crawl_that_is_cancelled_leaves_no_process_behind(
    home: Settings, server: ServerAddress, sources: Path, site: Site
) -> None:
    tales = [f"/2026/11/01/town-votes-to-repair-the-bridge-part-{number}" for number in range(4)]
    links = "".join(f'<a href="{tale}">Town votes to repair the bridge</a>' for tale in tales)
    site.pages["/2026/11/01/"] = Answer(f"<html><body>{links}</body></html>")
    site.pages |= {tale: Answer(story(number), seconds=60.0) for number, tale in enumerate(tales)}
    (sources / "gazette.toml").write_text(
        f'id = "gazette"\npublisher = "Gazette"\nhome = "{site.origin}/"\nenabled = false\n'
        f'[[archives]]\nurl = "{site.origin}/{{date:%Y/%m/%d}}/"\n[politeness]\ndelay = 0.0\n'
    )
    up(home)
    api = Api(server)
    worker = worker_of(home.prefect).state()
    assert worker is not None
    run = start(api, "backfill/backfill", source="gazette", from_day=DAY, to_day=DAY)
    awaited(lambda: {} if len(site.asked) > 3 else None, 120)
    crawling = descendants(worker.pid)
    assert len(crawling) >= 3, "the run, its crawl and its auditor"

    api.post(f"/flow_runs/{run}/set_state", {"state": {"type": "CANCELLING"}})

    assert ended(api, run) == "CANCELLED"
    awaited(lambda: None if any(map(alive, crawling)) else {}, 60)


def descendants(process: int) -> set[int]:
    """Return the processes below one."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        parents[int(stat.parent.name)] = int(fields[1])
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {process}


def alive(process: int) -> bool:
    return Path(f"/proc/{process}").exists()
