"""Facts about `newsmill crawl`: from a site to rows of the warehouse."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, EnvironmentOf, Newsmill
from tests.flows.crawl.sites import publish, settings_of
from tests.spiders.site import Answer, Site, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]  # a machine may be busy


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as found:
        yield found


def ask(newsmill: Newsmill, home: Path, query: str) -> list[dict[str, Any]]:
    answer = newsmill("sql", "--format", "json", query, home=home)
    assert answer.returncode == 0, answer.stderr
    rows: list[dict[str, Any]] = json.loads(answer.stdout)
    return rows


def test_what_a_site_lists_is_in_the_warehouse_and_stays_what_it_is(
    site: Site, newsmill: Newsmill, tmp_path: Path
) -> None:
    urls = publish(site, 6)
    site.pages["/2026/11/01/story-005"] = Answer("<h1>Gone</h1>", status=410)
    home, settings = tmp_path / "home", settings_of(site, tmp_path)

    first = newsmill("crawl", home=home, **settings)

    assert first.returncode == 0, first.stderr
    assert "5 pages" in first.stdout
    assert "5 new articles" in first.stdout
    rows = ask(newsmill, home, "select url, source, publisher from articles order by url")
    assert [(row["url"], row["source"]) for row in rows] == [(url, "gazette") for url in urls[:5]]
    [complete] = ask(newsmill, home, "select * from completeness")
    assert complete == {
        "source": "gazette", "day": "2026-11-01", "listed": 6, "fetched": 5, "loaded": 5,
        "gone": 1, "refused": 0, "waiting": 0, "loaded_ratio": 1.0,
    }  # fmt: skip
    [run] = ask(newsmill, home, "select flow, status, seen, loaded from runs")
    assert run == {"flow": "crawl", "status": "completed", "seen": 5, "loaded": 5}
    requests = "select outcome, count(*) as n from crawl_log group by all order by all"
    assert {row["outcome"]: row["n"] for row in ask(newsmill, home, requests)} == {
        "rules": 1, "listed": 1, "stored": 5, "gone": 1,
    }  # fmt: skip
    assert not list((home / "crawl/news/segments").iterdir())

    again = newsmill("crawl", "gazette", home=home, **settings)

    assert again.returncode == 0, again.stderr
    assert "0 new articles" in again.stdout
    assert {row["outcome"]: row["n"] for row in ask(newsmill, home, requests)} == {
        "rules": 2, "listed": 2, "stored": 5, "unchanged": 5, "gone": 1,
    }  # fmt: skip


def test_source_that_is_not_there_is_named_with_a_suggestion(
    site: Site, newsmill: Newsmill, tmp_path: Path
) -> None:
    settings = settings_of(site, tmp_path)

    told = newsmill("crawl", "gazete", home=tmp_path / "home", **settings)

    assert told.returncode == 1
    assert "there is no source 'gazete'; did you mean 'gazette'?" in told.stderr


def test_killed_run_leaves_no_process_behind_and_the_next_loads_everything(
    site: Site, newsmill: Newsmill, environment_of: EnvironmentOf, tmp_path: Path
) -> None:
    urls = publish(site, 12)
    home, settings = tmp_path / "home", settings_of(site, tmp_path)
    for url in urls[8:]:  # so that the crawl is under way when it is killed
        path = url.removeprefix(site.origin)
        page = site.pages[path]
        assert isinstance(page, Answer)
        site.pages[path] = Answer(page.body, seconds=2.0)
    run = subprocess.Popen(
        [sys.executable, "-m", "flows", "crawl"],
        cwd=ROOT,
        env={**environment_of(home), **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_until(lambda: len(site.asked) > 5, 400)
    [child] = children_named("spiders.run", str(home))

    os.kill(run.pid, signal.SIGKILL)
    run.wait()

    wait_until(lambda: not Path(f"/proc/{child}").exists(), 30)
    last = newsmill("crawl", home=home, **settings)
    assert last.returncode == 0, last.stderr
    rows = ask(newsmill, home, "select url from articles order by url")
    assert [row["url"] for row in rows] == urls


def wait_until(holds: Any, seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit
        time.sleep(0.05)


def children_named(module: str, home: str) -> list[int]:
    """Return the processes that run a module for a home."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            told = line.read_bytes().decode(errors="replace")
        except OSError:
            continue  # it ended meanwhile
        if module in told and home in told:
            found.append(int(line.parent.name))
    return found
