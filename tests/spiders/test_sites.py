"""Facts about looking at sites and at how sources stand."""

from datetime import UTC, date, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest

from spiders import report
from spiders.guard import Guard
from spiders.report import CRAWL_LOG, CRAWL_URLS, completeness, crawl_log, crawl_urls, forget_log
from spiders.sites import draft, look, standings
from spiders.source_files import SourceRefused, sorted_out, source_of
from tests.spiders.crawling import FEED, NAMES, crawled, source
from tests.spiders.site import SITE_ADDRESS, Answer, Site, article, rss

GUARD = Guard((ip_network(SITE_ADDRESS),), NAMES)
NOV_1 = date(2026, 11, 1)
FRONT = '<html><link rel="alternate" type="application/rss+xml" href="/feed"><p>News</p></html>'


def test_look_reads_listings_and_fetches_no_page(site: Site) -> None:
    site.pages |= {"/feed": rss(site.origin, "/a", "/b"), "/a": Answer(article("A"))}

    seen = look(source(site), GUARD)

    assert site.paths() == ["/robots.txt", "/feed"]
    assert [row["url"] for row in seen.listings] == [site.origin + "/feed"]
    assert {row["url"] for row in seen.pages} == {site.origin + "/a", site.origin + "/b"}
    assert seen.usable


@pytest.mark.slow  # asks a dozen addresses, politely
def test_draft_is_a_source_file_with_the_feeds_of_the_site(site: Site) -> None:
    site.pages |= {"/": Answer(FRONT), "/feed": rss(site.origin, "/a")}

    text, seen = draft(site.origin, GUARD)

    drafted = source_of(text, "draft")
    assert (drafted.home, drafted.feeds, drafted.enabled) == (
        site.origin + "/",
        (site.origin + "/feed",),
        False,
    )
    assert len(seen.pages) == 1


def test_draft_of_what_is_no_site_is_refused() -> None:
    with pytest.raises(SourceRefused, match="no http or https address"):
        draft("file:///etc/hostname")


def test_site_out_of_reach_is_told_with_its_fault() -> None:
    _, seen = draft("http://inside.test/", GUARD)

    assert not seen.usable
    assert [(row["outcome"], row["detail"]) for row in seen.faults][:1] == [
        ("guard", "inside.test: 127.0.0.1 is not a public address")
    ]


def test_frontier_gives_rows_for_sql(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/feed": rss(site.origin, "/a", "/b"), "/a": Answer(article("A"))}
    done = crawled(site, tmp_path)

    urls = [row for chunk in crawl_urls(done.frontier) for row in chunk]
    log = [row for chunk in crawl_log(done.frontier) for row in chunk]

    assert [tuple(row) for row in (urls[0], log[0])] == [CRAWL_URLS, CRAWL_LOG]
    kept = {
        str(row["url"]).removeprefix(site.origin): (row["kind"], row["state"], row["outcome"])
        for row in urls
    }
    assert kept == {
        "/feed": ("feed", "done", "listed"),
        "/a": ("page", "done", "stored"),
        "/b": ("page", "gone", "gone"),
    }
    assert [row["outcome"] for row in log][:2] == ["rules", "listed"]
    last = max(int(str(row["log_id"])) for row in log)
    assert forget_log(done.frontier, last) == len(log) - 1  # SQLite counts on from the newest
    assert list(crawl_log(done.frontier, after=last)) == []


def test_completeness_counts_what_the_site_lists_for_a_day(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/feed": rss(site.origin, "/a", "/b", "/c", "/d"),
        "/a": Answer(article("A")),
        "/b": Answer(status=301, headers={"Location": "/a"}),
        "/c": Answer(status=403),
    }
    done = crawled(site, tmp_path)

    [day] = completeness(done.frontier, NOV_1)

    assert (day.day, day.listed, day.fetched, day.gone, day.waiting) == (NOV_1, 4, 2, 1, 0)
    assert day.ratio == pytest.approx(2 / 3)


def test_standings_tell_of_crawled_and_of_new_sources(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/feed": rss(site.origin, "/a"), "/a": Answer(article("A"))}
    folder = tmp_path / "sources"
    folder.mkdir()
    text = f'publisher = "News"\nhome = "{site.origin}/"\nfront = false\n' + FEED
    (folder / "news.toml").write_text('id = "news"\n' + text.replace("{origin}", site.origin))
    (folder / "other.toml").write_text(
        'id = "other"\nenabled = false\n' + text.replace("{origin}", site.origin)
    )
    done = crawled(site, tmp_path)

    now = datetime(2026, 11, 2, tzinfo=UTC)
    news, other = standings(sorted_out(folder)[0], lambda _: done.frontier, now)

    assert (news.pages.known, news.pages.stored, news.complete_ratio) == (1, 1, 1.0)
    assert news.pages.last_change_at is not None
    assert not other.source.enabled
    assert (other.pages, other.complete_ratio) == (report.Standing(), None)
