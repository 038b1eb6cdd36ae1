"""Facts about crawls of sites that fail, mislead or ask to be left alone."""

import gzip
import time
from ipaddress import ip_network
from itertools import pairwise
from pathlib import Path

import pytest

from spiders.guard import Guard
from spiders.order import Again
from tests.spiders.crawling import FEED, NAMES, crawled, source
from tests.spiders.site import SITE_ADDRESS, Answer, Site, article, rss, running

pytestmark = pytest.mark.slow  # whole crawls, at the pace of polite ones

STORY = article("Rates rise")


def test_host_whose_robots_fail_is_left_alone_and_asked_again_next_time(
    site: Site, tmp_path: Path
) -> None:
    site.pages |= {"/robots.txt": Answer(status=503), "/feed": rss(site.origin, "/a")}
    crawled(site, tmp_path)
    assert site.paths() == ["/robots.txt"] * 2

    site.pages |= {"/robots.txt": Answer(status=404), "/a": Answer(STORY)}
    assert crawled(site, tmp_path).paths() == ["/a"]


@pytest.mark.parametrize("status", [429, 503])
def test_host_that_is_busy_for_a_second_is_asked_for_its_rules_again(
    site: Site, tmp_path: Path, status: int
) -> None:
    busy = Answer(status=status, headers={"Retry-After": "1"})
    site.pages |= {
        "/robots.txt": lambda nth: busy if nth == 1 else Answer("User-agent: *\nDisallow: /b"),
        "/feed": rss(site.origin, "/a", "/b"),
        **dict.fromkeys(["/a", "/b"], Answer(STORY)),
    }

    assert crawled(site, tmp_path).paths() == ["/a"]
    assert site.asked[1].at - site.asked[0].at >= 0.95


@pytest.mark.parametrize(
    ("answer", "path"),
    [
        pytest.param(Answer(raw=b"HTTP/1.1 301 Moved\r\nLocation: /za\xc5\xbc\xc3\xb3.html\r\n"
            b"Content-Length: 0\r\n\r\n"), "/za%C5%BC%C3%B3.html", id="utf-8"),
        pytest.param(Answer(raw=b"HTTP/1.1 301 Moved\r\nLocation: /caf\xe9.html\r\n"
            b"Content-Length: 0\r\n\r\n"), "/caf%E9.html", id="latin-1"),
        pytest.param(Answer(status=302, headers={"Location": " /a story.html"}), "/a%20story.html",
            id="blank"),
        pytest.param(Answer('<meta http-equiv="refresh" content="0; url=/zażó.html">'),
            "/za%C5%BC%C3%B3.html", id="meta"),
        pytest.param(Answer(headers={"Refresh": "0; url=/b.html"}), "/b.html", id="refresh-header"),
    ],
)  # fmt: skip
def test_redirect_is_followed_as_it_is_written(
    site: Site, tmp_path: Path, answer: Answer, path: str
) -> None:
    site.pages |= {"/feed": rss(site.origin, "/a"), "/a": answer, path: Answer(STORY)}

    assert crawled(site, tmp_path).paths() == [path]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(Answer(status=404), "gone", id="404"),
        pytest.param(Answer(status=410), "gone", id="410"),
        pytest.param(Answer(status=301, headers={"Location": "/"}), "gone", id="sent-home"),
        pytest.param(Answer("Checking your browser", 403), "forbidden", id="bot-wall"),
        pytest.param(Answer(""), "empty", id="empty"),
        pytest.param(Answer(b"%PDF-1.4 ..."), "unsupported_type", id="pdf"),
        pytest.param(
            Answer(b"\0\1", headers={"Content-Type": "audio/mpeg"}), "unsupported_type", id="sound"
        ),
        pytest.param(
            Answer(gzip.compress(bytes(64 << 20)), headers={"Content-Encoding": "gzip"}),
            "bomb",
            id="bomb",
        ),
        pytest.param(
            Answer(gzip.compress(b"x" * 999)[:20], headers={"Content-Encoding": "gzip"}),
            "truncated",
            id="cut-gzip",
        ),
        pytest.param(
            Answer(b"no gzip", headers={"Content-Encoding": "gzip"}), "malformed", id="bad-gzip"
        ),
        pytest.param(Answer(b"x" * (11 << 20)), "too_large", id="huge"),
        pytest.param(Answer(raw=b"HTTP/1.1 banana\r\n\r\n"), "malformed", id="bad-status"),
        pytest.param(
            Answer(raw=b"HTTP/1.1 200 OK\r\nX: " + b"a" * 99_000 + b"\r\n\r\n"),
            "headers_too_large",
            id="big-header",
        ),
        pytest.param(
            Answer(raw=b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 5_000 + b"\r\n"),
            "headers_too_large",
            id="many-headers",
        ),
        pytest.param(
            Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"),
            "malformed",
            id="bad-chunk",
        ),
        pytest.param(
            Answer(status=302, headers={"Location": "/a"}), "redirect_loop", id="redirect-to-itself"
        ),
        pytest.param(
            Answer(status=302, headers={"Location": "https://elsewhere.test/"}),
            "off_site",
            id="off-site",
        ),
        pytest.param(
            Answer(status=302, headers={"Location": "file:///etc/hostname"}), "off_site", id="file"
        ),
        pytest.param(
            Answer('<meta http-equiv="refresh" content="0; url=file:///etc/hostname">'),
            "off_site",
            id="refresh-to-file",
        ),
    ],
)
def test_answer_without_a_page_is_named_and_not_stored(
    site: Site, tmp_path: Path, answer: Answer, outcome: str
) -> None:
    site.pages |= {"/feed": rss(site.origin, "/a"), "/a": answer}

    once = "[politeness]\ndelay = 0.0\n[limits]\ntries = 1\nseconds = 5.0\n"
    done = crawled(site, tmp_path, source(site, FEED + once))

    assert (done.outcomes(), done.records()) == ({"/a": outcome}, [])


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(Answer(status=503, headers={"Retry-After": "1"}), id="503"),
        pytest.param(Answer(status=429, headers={"Retry-After": "1"}), id="429"),
        pytest.param(Answer(status=500), id="500"),
        pytest.param(Answer(raw=b""), id="closed"),
        pytest.param(Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<p>"), id="cut"),
        pytest.param(
            Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n<p>"),
            id="cut-chunk",
        ),
        pytest.param(Answer(STORY, seconds=2.5), id="hang"),
    ],
)
def test_fault_that_passes_is_outlasted(site: Site, tmp_path: Path, first: Answer) -> None:
    site.pages |= {
        "/feed": rss(site.origin, "/a"),
        "/a": lambda nth: first if nth == 1 else Answer(STORY),
    }

    assert crawled(site, tmp_path).paths() == ["/a"]


def test_host_is_not_asked_while_its_retry_after_runs(site: Site, tmp_path: Path) -> None:
    busy = Answer(status=429, headers={"Retry-After": "1"})
    site.pages |= {
        "/feed": rss(site.origin, "/a", "/b"),
        **dict.fromkeys(["/a", "/b"], lambda nth: busy if nth == 1 else Answer(STORY)),
    }

    one = "[politeness]\ndelay = 0.0\nconcurrency = 1\n"
    done = crawled(site, tmp_path, source(site, FEED + one))

    times = {path: [a.at for a in site.asked if a.path == path] for path in ("/a", "/b")}
    starts = sorted(times["/a"] + times["/b"])
    assert done.paths() == ["/a", "/b"]
    assert starts[1] - starts[0] >= 0.95


def test_connection_that_ends_is_not_asked_again_before_the_hosts_turn(
    site: Site, tmp_path: Path
) -> None:
    site.pages |= {
        "/robots.txt": Answer("User-agent: *\nCrawl-delay: 0.5"),
        "/feed": rss(site.origin, "/a"),
        "/a": lambda nth: Answer(raw=b"") if nth == 1 else Answer(STORY),
    }

    crawled(site, tmp_path)

    times = [asked.at for asked in site.asked[1:]]
    assert all(later - sooner >= 0.5 for sooner, later in pairwise(times))


def test_redirects_are_followed_and_their_target_is_not_fetched_again(
    site: Site, tmp_path: Path
) -> None:
    site.pages |= {
        "/feed": rss(site.origin, "/r/1"),
        "/r/1": Answer(status=301, headers={"Location": "/r/2"}),
        "/r/2": Answer('<meta http-equiv="Refresh" content="0;URL=\'/story\'">'),
        "/story": Answer(STORY),
    }
    crawled(site, tmp_path)
    site.pages["/feed"] = rss(site.origin, "/r/1", "/story")

    second = crawled(site, tmp_path, revisit=Again.DUE)

    assert second.paths() == ["/story"]
    assert site.paths().count("/story") == 1
    assert second.outcomes() == {"/r/1": "stored", "/story": "alias"}


def test_consent_page_that_sets_a_cookie_is_passed(site: Site, tmp_path: Path) -> None:
    def wall(_: int) -> Answer:
        if "consent=1" in site.asked[-1].headers.get("Cookie", ""):
            return Answer(STORY)
        return Answer(status=302, headers={"Location": "/consent"})

    site.pages |= {
        "/feed": rss(site.origin, "/a"),
        "/a": wall,
        "/consent": Answer("", 302, {"Location": "/a", "Set-Cookie": "consent=1; Path=/"}),
    }

    assert crawled(site, tmp_path).paths() == ["/a"]


def test_cookies_of_one_host_are_not_told_to_another(site: Site, tmp_path: Path) -> None:
    with running() as other:
        there = f"http://other.test:{other.port}/b"
        site.pages |= {
            "/feed": rss(site.origin, "/a"),
            "/a": Answer(status=302, headers={"Location": there, "Set-Cookie": "s=1; Path=/"}),
        }
        other.pages["/b"] = Answer(STORY)

        done = crawled(site, tmp_path, source(site, FEED + 'domains = ["other.test"]\n'))

        assert [record.url for record in done.records()] == [there]
        assert "Cookie" not in other.asked[-1].headers


def test_sitemap_index_without_end_is_left(site: Site, tmp_path: Path) -> None:
    def index(_: int) -> Answer:
        inner = site.asked[-1].path + "x"
        way = f"<sitemap><loc>{site.origin}{inner}</loc></sitemap>"
        return Answer(f"<sitemapindex>{way}</sitemapindex>")

    site.pages |= {"/robots.txt": Answer(f"Sitemap: {site.origin}/m")}
    for deep in range(50):
        site.pages["/m" + "x" * deep] = index

    crawled(site, tmp_path, source(site, "feeds = []\n"))

    assert site.paths() == ["/robots.txt", "/m", "/mx", "/mxx"]


def test_site_with_hosts_without_end_is_cut_off(site: Site, tmp_path: Path) -> None:
    hosts = {f"{number}.news.test": SITE_ADDRESS for number in range(9)}
    listed = "".join(f"<url><loc>http://{name}:{site.port}/a</loc></url>" for name in hosts)
    site.pages |= {"/map": Answer(f"<urlset>{listed}</urlset>"), "/a": Answer(STORY)}
    few = "[politeness]\ndelay = 0.0\n[limits]\nhosts = 4\n"
    file = source(site, 'feeds = []\nsitemaps = ["{origin}/map"]\n' + few)

    crawled(site, tmp_path, file, guard=Guard((ip_network(SITE_ADDRESS),), hosts | NAMES))

    assert site.paths().count("/robots.txt") == 4


def test_host_that_asks_for_an_hour_is_left_to_another_crawl(site: Site, tmp_path: Path) -> None:
    hour = Answer(status=503, headers={"Retry-After": "3600"})
    site.pages |= {"/feed": rss(site.origin, "/a", "/b"), "/a": hour, "/b": hour}
    one = source(site, FEED + "[politeness]\ndelay = 0.1\nconcurrency = 1\n")
    began = time.monotonic()

    first = crawled(site, tmp_path, one)
    asked = len(site.asked)
    second = crawled(site, tmp_path, one)

    assert (first.reason, time.monotonic() - began < 10) == ("finished", True)
    assert (asked, len(site.asked)) == (3, 3)
    assert second.records() == []


def test_site_that_lists_without_end_is_cut_off(site: Site, tmp_path: Path) -> None:
    site.pages["/feed"] = rss(site.origin, *(f"/{number}" for number in range(9)))
    few = source(site, FEED + "[politeness]\ndelay = 0.0\n[limits]\naddresses = 8\n")

    done = crawled(site, tmp_path, few)

    assert done.log()[-1] == ("/feed", 200, "too_large")
    assert site.paths() == ["/robots.txt", "/feed"]
