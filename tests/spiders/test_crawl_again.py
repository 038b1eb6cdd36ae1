"""Facts about crawls after the first, and about where one stops."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from spiders.order import Again
from tests.spiders.crawling import FEED, crawled, source
from tests.spiders.site import Answer, Script, Site, article, rss, sitemap

pytestmark = pytest.mark.slow  # whole crawls, at the pace of polite ones

OCTOBER = "2026-10-01T00:00:00Z"
STORY = article("Rates rise")


def test_second_crawl_stores_what_changed_and_notes_what_is_gone(
    site: Site, tmp_path: Path
) -> None:
    maps = 'feeds = []\nsitemaps = ["{origin}/map"]\n'
    site.pages |= {
        "/map": sitemap(site.origin, *((path, OCTOBER) for path in ("/a", "/b", "/c", "/d"))),
        "/a": Answer(article("A")),
        "/b": Answer(article("B")),
        "/c": Answer(article("C")),
        "/d": Answer(article("D"), headers={"ETag": '"d"'}),
    }
    first = crawled(site, tmp_path, source(site, maps))
    assert first.paths() == ["/a", "/b", "/c", "/d"]
    later = "2026-10-02T00:00:00Z"
    site.pages |= {
        "/map": sitemap(site.origin, ("/a", later), ("/b", later), ("/d", later), ("/e", OCTOBER)),
        "/a": Answer(article("A", "Now something else was written here, at some length.")),
        "/b": Answer(article("B").replace("<body>", "<body><nav>Other links than before</nav>")),
        "/c": Answer(status=410),
        "/d": lambda _: Answer(status=304 if "If-None-Match" in site.asked[-1].headers else 500),
        "/e": Answer(article("E")),
    }

    second = crawled(site, tmp_path, source(site, maps))

    assert second.paths() == ["/a", "/a", "/b", "/c", "/d", "/e"]
    assert second.outcomes() == {
        "/a": "stored",
        "/b": "unchanged",
        "/c": "gone",
        "/d": "unchanged",
        "/e": "stored",
    }


def test_crawl_told_to_hurry_stops_at_its_deadline_and_goes_on_next_time(
    site: Site, tmp_path: Path
) -> None:
    names = [f"/{number}" for number in range(12)]
    slow = FEED + "[politeness]\ndelay = 0.2\n"
    site.pages |= {"/feed": rss(site.origin, *names), **dict.fromkeys(names, Answer(STORY))}
    began = time.monotonic()

    first = crawled(site, tmp_path, source(site, slow), deadline=1.0)
    assert (first.reason, time.monotonic() - began < 6) == ("deadline", True)
    second = crawled(site, tmp_path, source(site, slow))

    assert second.reason == "finished"
    assert second.paths() == sorted(names)
    assert [site.paths().count(name) for name in names] == [1] * 12


def test_schedule_leaves_a_feed_alone_until_it_is_due(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/feed": rss(site.origin, "/a"), "/a": Answer(STORY)}
    crawled(site, tmp_path)

    crawled(site, tmp_path, due_only=True)
    assert site.paths().count("/feed") == 1
    crawled(site, tmp_path)
    assert site.paths().count("/feed") == 2


def marked(site: Site, path: str, body: Callable[[], str]) -> Script:
    """Answer with an ETag, and 304 to one who has it."""

    def script(_: int) -> Answer:
        mark = f'"{hash(body())}"'
        last = next(asked for asked in reversed(site.asked) if asked.path == path)
        same = last.headers.get("If-None-Match") == mark
        return Answer("" if same else body(), 304 if same else 200, {"ETag": mark})

    return script


def test_index_that_stays_the_same_does_not_hide_what_its_sitemaps_have(
    site: Site, tmp_path: Path
) -> None:
    index = f"<sitemapindex><sitemap><loc>{site.origin}/map</loc></sitemap></sitemapindex>"
    listed = ["/a"]
    site.pages |= {
        "/index": marked(site, "/index", lambda: index),
        "/map": lambda _: sitemap(site.origin, *[(path, "2026-11-01") for path in listed]),
        **dict.fromkeys(["/a", "/b"], Answer(STORY)),
    }
    file = source(site, 'feeds = []\nsitemaps = ["{origin}/index"]\n')
    assert crawled(site, tmp_path, file).paths() == ["/a"]

    listed.append("/b")
    assert crawled(site, tmp_path, file).paths() == ["/a", "/b"]


def test_home_page_that_stays_the_same_does_not_hide_its_feed(site: Site, tmp_path: Path) -> None:
    home = '<html><link rel="alternate" type="application/rss+xml" href="/feed">'
    site.pages |= {
        "/": marked(site, "/", lambda: home),
        "/feed": lambda nth: rss(site.origin, *["/a", "/b"][:nth]),
        **dict.fromkeys(["/a", "/b"], Answer(STORY)),
    }
    file = source(site, 'front = true\nsitemaps = "none"\n')
    assert crawled(site, tmp_path, file).paths() == ["/a"]

    assert crawled(site, tmp_path, file).paths() == ["/a", "/b"]


def test_newest_sitemaps_of_an_index_are_read_first(site: Site, tmp_path: Path) -> None:
    years = range(2000, 2020)
    entries = "".join(
        f"<sitemap><loc>{site.origin}/{year}</loc><lastmod>{year}-12-31</lastmod></sitemap>"
        for year in years
    )
    site.pages |= {"/index": Answer(f"<sitemapindex>{entries}</sitemapindex>")}
    site.pages |= {f"/{year}": sitemap(site.origin) for year in years}
    few = "[politeness]\ndelay = 0.0\nconcurrency = 1\n[limits]\nlistings = 4\n"

    crawled(site, tmp_path, source(site, 'feeds = []\nsitemaps = ["{origin}/index"]\n' + few))

    assert site.paths()[1:] == ["/index", "/2019", "/2018", "/2017"]


def test_feed_that_brings_nothing_is_asked_rarer_though_it_never_says_304(
    site: Site, tmp_path: Path
) -> None:
    site.pages |= {"/feed": rss(site.origin, "/a"), "/a": Answer(STORY)}
    waits = []
    for _ in range(3):
        with sqlite3.connect(crawled(site, tmp_path).frontier) as db:
            waits += db.execute(
                "select revisit_every from visited join url using (url_id) where kind = 1"
            ).fetchone()

    assert waits == [450, 675, 1012]


def test_page_that_comes_later_than_its_feed_says_is_asked_for_again(
    site: Site, tmp_path: Path
) -> None:
    late = source(site, FEED + "[revisit]\nfirst = 1\n")
    site.pages |= {
        "/feed": rss(site.origin, "/a"),
        "/a": lambda nth: Answer(status=404) if nth == 1 else Answer(STORY),
    }
    assert crawled(site, tmp_path, late).outcomes() == {"/a": "gone"}

    time.sleep(1.1)
    assert crawled(site, tmp_path, late).paths() == ["/a"]


def test_person_who_asks_for_a_crawl_is_told_of_pages_that_are_gone_though_still_listed(
    site: Site, tmp_path: Path
) -> None:
    site.pages |= {"/feed": rss(site.origin, "/a", "/b"), "/a": Answer(STORY), "/b": Answer(STORY)}
    crawled(site, tmp_path)
    site.pages["/b"] = Answer(status=404)

    by_schedule = crawled(site, tmp_path, due_only=True, revisit=Again.DUE)
    assert by_schedule.outcomes() == {"/a": "stored", "/b": "stored"}

    by_hand = crawled(site, tmp_path)
    assert by_hand.outcomes() == {"/a": "unchanged", "/b": "gone"}


def test_source_takes_no_more_pages_than_its_limit(site: Site, tmp_path: Path) -> None:
    names = [f"/{number}" for number in range(9)]
    site.pages |= {"/feed": rss(site.origin, *names), **dict.fromkeys(names, Answer(STORY))}
    few = source(site, FEED + "[politeness]\ndelay = 0.0\n[limits]\npages = 4\n")

    assert len(crawled(site, tmp_path, few).records()) == 4
    assert len(crawled(site, tmp_path, few).records()) == 8


def test_schedule_comes_back_to_a_feed_that_failed(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/feed": Answer("no feed"), "/a": Answer(STORY)}
    file = source(site, FEED + "[revisit]\npoll_least = 0\n")
    assert crawled(site, tmp_path, file).records() == []

    site.pages["/feed"] = rss(site.origin, "/a")
    assert crawled(site, tmp_path, file, due_only=True).paths() == ["/a"]
