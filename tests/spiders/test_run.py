"""Facts about a crawl as a child process."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from spiders.run import main
from tests.spiders.crawling import FEED, read
from tests.spiders.site import SITE_ADDRESS, Answer, Site, article, rss


def folder_of(site: Site, tmp_path: Path, more: str) -> list[str]:
    """Write the source file and return the child's arguments."""
    sources = tmp_path / "sources"
    sources.mkdir()
    told = (
        f'id = "news"\npublisher = "News"\nhome = "{site.origin}/"\nfront = false\n' + FEED + more
    )
    (sources / "news.toml").write_text(told.replace("{origin}", site.origin))
    (tmp_path / "hosts").write_text(f"{SITE_ADDRESS} news.test\n")
    return [
        *("--sources", str(sources)),
        *("--frontier", str(tmp_path / "frontier.sqlite")),
        *("--out", str(tmp_path / "out")),
        *("--hosts", str(tmp_path / "hosts")),
        *("--allow-network", f"{SITE_ADDRESS}/32"),
    ]


def start(arguments: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "spiders.run", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def stored(tmp_path: Path) -> list[str]:
    """Return the numbers of the pages in all segments, doubled ones too."""
    segments = sorted((tmp_path / "out").glob("*.warc.gz"))
    return sorted(record.url.rsplit("/", 1)[1] for path in segments for record in read(path))


def numbered(site: Site, pages: int) -> list[str]:
    names = [f"{number:03d}" for number in range(pages)]
    site.pages["/feed"] = rss(site.origin, *(f"/{name}" for name in names))
    for name in names:
        site.pages[f"/{name}"] = Answer(article(f"Story {name}"))
    return names


def test_wrong_usage_has_its_own_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.toml").write_text("id = 3\n")
    arguments = ["--sources", str(tmp_path), "--frontier", "f", "--out", "o"]

    assert main(arguments) == 2
    assert "a.toml:1: id: Input should be a valid string" in capsys.readouterr().err


@pytest.mark.slow
def test_child_tells_of_its_start_its_segments_and_its_end(site: Site, tmp_path: Path) -> None:
    names = numbered(site, 5)

    child = start(folder_of(site, tmp_path, "[politeness]\ndelay = 0.0\n"))
    told = [json.loads(line) for line in child.communicate(timeout=60)[0].splitlines()]

    assert child.returncode == 0
    assert [event["event"] for event in told if event["event"] != "progress"] == [
        "started",
        "segment",
        "finished",
    ]
    assert (told[-1]["reason"], told[-1]["pages"]) == ("finished", 5)
    assert stored(tmp_path) == names


@pytest.mark.slow
def test_sigterm_ends_it_in_seconds_and_loses_nothing(site: Site, tmp_path: Path) -> None:
    names = numbered(site, 60)
    arguments = folder_of(site, tmp_path, "[politeness]\ndelay = 0.1\n")
    child = start(arguments)
    wait_for_pages(site, 10)
    asked = time.monotonic()

    child.send_signal(signal.SIGTERM)
    told = [json.loads(line) for line in child.communicate(timeout=30)[0].splitlines()]

    assert (child.returncode, told[-1]["reason"]) == (5, "stopped")
    assert time.monotonic() - asked < 8
    assert 5 <= len(stored(tmp_path)) < 60
    again = start(arguments)
    again.communicate(timeout=60)
    assert (again.returncode, stored(tmp_path)) == (0, names)


@pytest.mark.slow
def test_kills_lose_nothing_and_double_nothing(site: Site, tmp_path: Path) -> None:
    """Four of them here; bench/crawl/kills.py has ten, of the whole flow."""
    names = numbered(site, 100)
    arguments = folder_of(site, tmp_path, "[politeness]\ndelay = 0.05\n")
    chance = random.Random(7)
    for _ in range(4):
        before = len(site.asked)
        child = start(arguments)
        wait_for_pages(site, before + 2)
        time.sleep(chance.uniform(0, 1.5))
        child.kill()
        child.communicate()

    last = start(arguments)
    last.communicate(timeout=120)

    assert (last.returncode, stored(tmp_path)) == (0, names)


def wait_for_pages(site: Site, asked: int) -> None:
    limit = time.monotonic() + 30
    while len(site.asked) < asked and time.monotonic() < limit:
        time.sleep(0.02)


@pytest.mark.slow
def test_kill_between_a_page_and_its_other_address_loses_neither(
    site: Site, tmp_path: Path
) -> None:
    """The redirect is settled within a second, the page only when its segment is closed."""
    site.pages["/feed"] = rss(site.origin, "/story", "/r/1", "/late")
    site.pages |= {
        "/story": Answer(article("Story")),
        "/r/1": Answer(status=301, headers={"Location": "/story"}, seconds=0.5),
        "/late": Answer(article("Late"), seconds=4.0),
    }
    arguments = folder_of(site, tmp_path, "[politeness]\ndelay = 0.0\nconcurrency = 4\n")
    for wait in (0.6, 1.2):
        before = len(site.asked)
        child = start(arguments)
        wait_for_pages(site, before + 4)
        time.sleep(wait)
        child.kill()
        child.communicate()

    start(arguments).communicate(timeout=60)

    assert stored(tmp_path) == ["late", "story"]
