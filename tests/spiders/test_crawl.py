"""Facts about whole crawls, against a site on loopback."""

import gzip
from pathlib import Path

import pytest

from articles.model import MediaType, RawDocument
from articles.reading.read import read
from tests.spiders.crawling import FEED, crawled, source
from tests.spiders.site import Answer, Site, article, rss

pytestmark = pytest.mark.slow  # whole crawls, at the pace of polite ones

STORY = article("Rates rise")


def test_pages_of_a_feed_are_stored_with_what_was_asked_and_answered(
    site: Site, tmp_path: Path
) -> None:
    site.pages |= {"/feed": rss(site.origin, "/a?utm_source=rss#top"), "/a": Answer(STORY)}

    done = crawled(site, tmp_path)

    [page] = done.records()
    assert (done.reason, page.url, page.body.decode()) == ("finished", site.origin + "/a", STORY)
    assert page.headers["WARC-IP-Address"] == "127.0.0.2"
    assert page.headers["Newsmill-Source"] == "news"
    assert page.http["Content-Type"] == "text/html; charset=utf-8"
    assert site.paths() == ["/robots.txt", "/feed", "/a"]
    assert site.asked[2].headers["User-Agent"] == "newsmill/0.1"


def test_pages_are_found_through_robots_and_front_page(site: Site, tmp_path: Path) -> None:
    mapped = f"<urlset><url><loc>{site.origin}/a</loc></url></urlset>"
    site.pages |= {
        "/robots.txt": Answer(f"Sitemap: {site.origin}/map.xml.gz"),
        "/map.xml.gz": Answer(gzip.compress(mapped.encode())),
        "/": Answer(
            '<html><link rel="alternate" type="application/atom+xml" href="/feed">'
            '<a href="/section-one">Section</a><a href="/b-is-a-long-slug">B</a>'
        ),
        "/feed": rss(site.origin, "/c"),
        "/section-one": Answer('<html><a href="/d-is-a-long-slug">D</a><a href="/search?q=d">S'),
        **dict.fromkeys(["/a", "/b-is-a-long-slug", "/c", "/d-is-a-long-slug"], Answer(STORY)),
    }

    done = crawled(site, tmp_path, source(site, "front = true\n"))

    assert done.paths() == ["/a", "/b-is-a-long-slug", "/c", "/d-is-a-long-slug"]


def test_robots_are_asked_first_and_obeyed(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/robots.txt": Answer("User-agent: *\nDisallow: /private"),
        "/feed": rss(site.origin, "/private/a", "/b"),
        "/b": Answer(status=302, headers={"Location": "/private/b"}),
        "/private/a": Answer(STORY),
        "/private/b": Answer(STORY),
    }

    done = crawled(site, tmp_path)

    assert site.paths() == ["/robots.txt", "/feed", "/b"]
    assert done.outcomes() == {"/private/a": "robots", "/b": "robots"}


def test_page_that_opts_out_is_marked_and_not_stored_for_training(
    site: Site, tmp_path: Path
) -> None:
    site.pages |= {
        "/feed": rss(site.origin, "/a", "/b"),
        "/a": Answer(STORY, headers={"X-Robots-Tag": "noai, noimageai"}),
        "/b": Answer(article("B", head='<meta name="tdm-reservation" content="1">')),
    }

    read = crawled(site, tmp_path / "read")
    training = '[politeness]\ndelay = 0.0\npurpose = "training"\n'
    train = crawled(site, tmp_path / "train", source(site, FEED + training))

    said = sorted(record.headers["Newsmill-Crawl"] for record in read.records())
    assert ["noai" in said[0], "tdm-reservation" in said[1]] == [True, True]
    assert train.outcomes() == {"/a": "opted_out", "/b": "opted_out"}


def test_sections_archives_and_lists_are_read_as_far_as_the_source_says(
    site: Site, tmp_path: Path
) -> None:
    def links(*paths: str, more: str = "") -> Answer:
        ways = "".join(f'<a href="{path}">{path}</a>' for path in paths)
        return Answer(f"<html><body>{ways}{more}")

    pages = [f"/story-of-the-day-{number}" for number in range(7)]
    more = '<a rel="next" href="/world?p=2">Next</a>'
    site.pages |= {
        "/world": links(pages[0], more=more),
        "/world?p=2": links(pages[1], more=more.replace("p=2", "p=3")),
        "/world?p=3": links(pages[2]),
        "/sport/1": links(pages[3]),
        "/sport/2": links(pages[4]),
        "/2026/03/01": links(pages[5], "/calendar/2026/04"),
        **dict.fromkeys(pages, Answer(STORY)),
    }
    file = source(
        site,
        'sitemaps = "none"\nfeeds = []\nurls = ["{origin}/story-of-the-day-6"]\n'
        '[[sections]]\nurl = "{origin}/world"\npages = 2\n'
        '[[sections]]\nurl = "{origin}/sport/{page}"\npages = 2\n'
        '[[archives]]\nurl = "{origin}/{date:%Y/%m/%d}"\nuntil = 2026-03-01\ndays = 1\n'
        '[links]\ndeny = ["-4$"]\n',
    )

    done = crawled(site, tmp_path, file)

    assert done.paths() == [pages[0], pages[1], pages[3], pages[5], pages[6]]
    assert {"/world?p=3", "/calendar/2026/04", pages[4]}.isdisjoint(site.paths())


def test_segment_is_a_drop_that_the_reading_understands(site: Site, tmp_path: Path) -> None:
    packed = Answer(gzip.compress(STORY.encode()), headers={"Content-Encoding": "gzip"})
    site.pages |= {"/feed": rss(site.origin, "/r/1"), "/story": packed}
    site.pages["/r/1"] = Answer(status=301, headers={"Location": "/story"})
    done = crawled(site, tmp_path)
    [segment] = done.out.glob("*.warc.gz")

    with segment.open("rb") as stream:
        [document] = read(segment.name, stream)

    assert isinstance(document, RawDocument)
    assert (document.url, document.origin) == (site.origin + "/story",) * 2
    assert (document.payload.decode(), document.charset) == (STORY, "utf-8")
    assert (document.source, document.media_type) == ("news", MediaType.HTML)
    assert document.fetched_at is not None
