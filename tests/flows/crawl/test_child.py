"""Facts about the process of a crawl: heard, watched and ended."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.crawl.child import Child, Ending
from tests.flows.crawl.sites import publish
from tests.spiders.site import Answer, Site, running
from tests.spiders.test_run import folder_of

pytestmark = pytest.mark.slow


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as found:
        yield found


def crawled(site: Site, tmp_path: Path, deadline: float = 60.0, patience: float = 60.0) -> Ending:
    """Run a child to its end; freeze it at its first word when it has little patience."""
    arguments = folder_of(site, tmp_path, "[politeness]\ndelay = 0.0\n")
    told = [*arguments, "--deadline", str(deadline)]
    with Child(
        told, tmp_path / "log", deadline, patience, mercy=2.0 if patience < 10 else 15.0
    ) as child:
        for event in child.events():
            if patience < 10 and event is not None and event["event"] == "started":
                os.kill(int(str(event["pid"])), signal.SIGSTOP)
    return child.ending()


def test_child_that_finishes_tells_its_figures(site: Site, tmp_path: Path) -> None:
    publish(site, 3)

    ending = crawled(site, tmp_path)

    assert (ending.reason, ending.code, ending.well) == ("finished", 0, True)
    assert (ending.figures["pages"], ending.figures["waiting"]) == (3, 0)


def test_child_that_says_nothing_is_ended(site: Site, tmp_path: Path) -> None:
    publish(site, 3)

    ending = crawled(site, tmp_path, patience=4.0)

    assert (ending.reason, ending.well) == ("silent", False)
    assert ending.code < 0


def test_child_that_dies_is_told_from_one_that_ends(site: Site, tmp_path: Path) -> None:
    publish(site, 3)
    (tmp_path / "frontier.sqlite").write_bytes(b"no database" * 100)

    ending = crawled(site, tmp_path)

    assert (ending.reason, ending.code, ending.well) == ("died", 1, False)
    assert "is no usable frontier" in ending.said


def test_deadline_leaves_the_rest_for_the_next_crawl(site: Site, tmp_path: Path) -> None:
    publish(site, 3)
    site.pages["/2026/11/01/story-002"] = lambda _: Answer("late", seconds=30.0)

    ending = crawled(site, tmp_path, deadline=3.0)

    assert (ending.reason, ending.code, ending.well) == ("deadline", 4, True)
    assert int(str(ending.figures["waiting"])) >= 1
