"""Pages whose text is written by their scripts."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from articles.model import Article, Reason, Rejection
from spiders.order import grouped
from spiders.source_files import SourceFile
from tests.spiders.crawling import FEED, Crawled, crawled, source
from tests.spiders.rendered import LIMITS, RENDERED, TITLE, TOLD, needs_browser, outcomes, publish
from tests.spiders.site import Answer, Site
from tests.spiders.test_run import folder_of, start

pytestmark = pytest.mark.slow  # starts a browser


def test_page_without_its_scripts_holds_no_article(site: Site, tmp_path: Path) -> None:
    publish(site)

    done = crawled(site, tmp_path, source(site, FEED + LIMITS))

    [refused] = outcomes(done)
    assert isinstance(refused, Rejection)
    assert refused.reason is Reason.NO_ARTICLE


@needs_browser
def test_page_with_its_scripts_holds_the_article(site: Site, tmp_path: Path) -> None:
    publish(site)

    done = crawled(site, tmp_path, source(site, FEED + RENDERED))

    [found] = outcomes(done)
    assert isinstance(found, Article), found
    assert (found.title, found.body.split("\n")) == (TITLE, TOLD)
    [raw] = done.records()
    assert b"script" in raw.body
    assert raw.headers["Newsmill-Rendered"] == "below"
    assert done.outcomes() == {"/story": "stored"}
    assert [path for path in site.paths() if path not in ("/robots.txt", "/feed")] == [
        "/story", "/story.js", "/story.json",
    ]  # fmt: skip
    agents = {asked.headers["User-Agent"] for asked in site.asked}
    assert agents == {"newsmill/0.1"}
    again = crawled(site, tmp_path, source(site, FEED + RENDERED))
    assert again.outcomes() == {"/story": "unchanged"}


@needs_browser
def test_rules_of_robots_hold_for_what_scripts_ask(site: Site, tmp_path: Path) -> None:
    publish(site)
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /story.json")

    done = crawled(site, tmp_path, source(site, FEED + RENDERED))

    assert "/story.json" not in site.paths()
    assert ("/story.json", None, "robots") in done.log()


@needs_browser
def test_cap_of_rendered_pages_holds_and_is_told(site: Site, tmp_path: Path) -> None:
    publish(site, "/second", "/third")

    done = crawled(site, tmp_path, source(site, FEED + RENDERED + "rendered = 2\n"))

    shells = [path for path in site.paths() if path in ("/story", "/second", "/third")]
    assert (len(shells), len(done.records())) == (2, 2)
    assert ("/", None, "render_cap") in done.log()


@needs_browser
@pytest.mark.parametrize(
    "script",
    [
        pytest.param("while (true) {}", id="loop"),
        pytest.param("setInterval(() => fetch('/slow.json'), 10)", id="slow-polling"),
    ],
)
def test_script_that_does_not_end_ends_by_its_time(site: Site, tmp_path: Path, script: str) -> None:
    publish(site, "/hangs")
    site.pages["/hangs"] = Answer(f"<html><body><p>Wait.</p><script>{script}</script>")
    site.pages["/slow.json"] = lambda _: Answer("{}", seconds=1.0)
    brief = RENDERED.replace("render_seconds = 20.0", "render_seconds = 8.0")
    began = time.monotonic()

    done = crawled(site, tmp_path, source(site, FEED + brief), deadline=60.0)

    assert done.outcomes() == {"/story": "stored", "/hangs": "render"}
    assert site.paths().count("/slow.json") < 20
    assert time.monotonic() - began < 40


def test_source_that_wants_a_browser_is_left_out_without_one(
    site: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    publish(site)
    arguments = [*folder_of(site, tmp_path, RENDERED), "--browser", str(tmp_path / "nothing")]

    crawl = start(arguments)
    crawl.communicate()

    assert crawl.returncode == 7
    assert "news.toml: render = true wants a browser, and " in capfd.readouterr().err
    assert site.paths() == []
    log = Crawled("", tmp_path / "out", tmp_path / "frontier.sqlite").log()
    assert log == [("/", None, "no_browser")]


def test_other_sources_go_on_without_a_browser(site: Site, tmp_path: Path) -> None:
    publish(site)
    plain = source(site, FEED + LIMITS)
    wanting = plain.source.model_copy(update={"id": "scripts", "render": True})
    both = (plain, SourceFile(Path("scripts.toml"), wanting))

    done = crawled(site, tmp_path, sources=both, browser=tmp_path / "nothing")

    assert (done.reason, done.outcomes()) == ("finished", {"/story": "stored"})


def test_sources_that_want_a_browser_are_a_group_of_their_own(site: Site) -> None:
    plain = source(site, FEED + LIMITS)
    elsewhere = {"id": "scripts", "render": True, "home": "http://scripts.test/", "feeds": ()}
    wanting = plain.source.model_copy(update=elsewhere)

    groups = grouped([plain, SourceFile(Path("scripts.toml"), wanting)])

    assert groups == {"news": ["news"], "news-rendered": ["scripts"]}


@needs_browser
def test_killed_crawl_under_its_memory_cap_leaves_no_browser(site: Site, tmp_path: Path) -> None:
    publish(site, "/hangs")
    site.pages["/hangs"] = Answer("<html><body><p>Wait.</p><script>while (true) {}</script>")
    crawl = start([*folder_of(site, tmp_path, RENDERED), "--memory-mb", "2048"])
    until(lambda: "/hangs" in site.paths() and "/story.json" in site.paths())
    until(lambda: bool(browsers(crawl.pid)))
    family = browsers(crawl.pid)

    os.killpg(crawl.pid, signal.SIGKILL)
    crawl.communicate()

    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))


def until(holds: Callable[[], bool]) -> None:
    limit = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < limit
        time.sleep(0.1)


def browsers(ancestor: int) -> set[int]:
    """Return the descendants of a process, without those that have ended and wait for a parent."""
    family, before = {ancestor}, 0
    while len(family) > before:
        before = len(family)
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it ended meanwhile
                pid, _, rest = path.read_text().partition(" ")
                if int(rest.rpartition(")")[2].split()[1]) in family:
                    family.add(int(pid))
    return family - {ancestor}
