"""Facts about what feeds, sitemaps and pages of links list."""

import json

import pytest

from spiders.discovery.links import link_kind
from spiders.discovery.listing import Entry, ListingRefused, moment
from spiders.discovery.read import listing

URL = "https://example.org/list"
NOV_1 = 1_793_491_200  # 2026-11-01T00:00:00Z
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def pages(text: str | bytes) -> tuple[Entry, ...]:
    return listing(text.encode() if isinstance(text, str) else text, URL).pages


@pytest.mark.parametrize(
    ("document", "form"),
    [
        pytest.param(
            '<?xml version="1.0"?><rss version="2.0"><channel><link>/home</link><item>'
            "<link>https://example.org/a</link><pubDate>Sun, 01 Nov 2026 00:00:00 GMT</pubDate>"
            "</item></channel></rss>",
            "rss",
            id="rss",
        ),
        pytest.param(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
            ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<item><link>https://example.org/a</link><dc:date>2026-11-01</dc:date></item></rdf:RDF>",
            "rss",
            id="rss-1.0",
        ),
        pytest.param(
            "<rss><channel><item><guid>https://example.org/a</guid>"
            "<pubDate>Sun, 01 Nov 2026 00:00:00 +0000</pubDate></item></channel></rss>",
            "rss",
            id="rss-with-guid-only",
        ),
        pytest.param(
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="/no"/>'
            '<link href="https://example.org/a"/><published>2026-10-01T00:00:00Z</published>'
            "<updated>2026-11-01T01:00:00+01:00</updated></entry></feed>",
            "atom",
            id="atom",
        ),
        pytest.param(
            json.dumps(
                {"items": [{"url": "https://example.org/a", "date_modified": "2026-11-01T00:00Z"}]}
            ),
            "json_feed",
            id="json-feed",
        ),
        pytest.param(
            f"<urlset {SITEMAP}><url><loc> https://example.org/a </loc>"
            "<lastmod>2026-11-01</lastmod></url></urlset>",
            "sitemap",
            id="sitemap",
        ),
        pytest.param(
            f'<urlset {SITEMAP} xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url>'
            "<loc>https://example.org/a</loc><n:news><n:publication_date>2026-11-01T00:00:00Z"
            "</n:publication_date></n:news></url></urlset>",
            "sitemap",
            id="news-sitemap",
        ),
    ],
)
def test_page_is_listed_with_its_time(document: str, form: str) -> None:
    found = listing(document.encode(), URL)

    assert (found.form, found.pages) == (form, (Entry("https://example.org/a", NOV_1),))


def test_sitemap_index_lists_sitemaps() -> None:
    document = (
        f"<sitemapindex {SITEMAP}><sitemap><loc>https://example.org/s.xml</loc>"
        "<lastmod>2026-11-01T00:00:00Z</lastmod></sitemap></sitemapindex>"
    )

    found = listing(document.encode(), URL)

    assert (found.form, found.sitemaps) == (
        "sitemap_index",
        (Entry("https://example.org/s.xml", NOV_1),),
    )


def test_text_sitemap_is_an_address_a_line() -> None:
    assert pages("https://example.org/a\r\nnonsense\r\nhttps://example.org/b\r\n") == (
        Entry("https://example.org/a"),
        Entry("https://example.org/b"),
    )


def test_feed_in_utf_16_is_read() -> None:
    text = (
        '<?xml version="1.0" encoding="utf-16"?><rss><channel><item><link>https://example.org/a'
        "</link></item></channel></rss>"
    )

    assert pages(text.encode("utf-16")) == (Entry("https://example.org/a"),)


def test_feed_that_is_cut_gives_the_items_it_has() -> None:
    text = "<rss><channel><item><link>https://example.org/a</link></item><item><link>https://exam"

    assert pages(text)[:1] == (Entry("https://example.org/a"),)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>'
            "http://a/&x;</loc></url></urlset>",
            id="file-entity",
        ),
        pytest.param('<!DOCTYPE r [<!entity l "lol">]><urlset/>', id="lower-case"),
        pytest.param(
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE r [<!ENTITY l "l">]><urlset/>'.encode(
                "utf-16"
            ),
            id="utf-16",
        ),
    ],
)
def test_document_that_declares_entities_is_refused(document: str | bytes) -> None:
    with pytest.raises(ListingRefused) as refused:
        pages(document)
    assert refused.value.rule == "entity"


@pytest.mark.parametrize(
    "document",
    [
        pytest.param("", id="empty"),
        pytest.param("Not Found", id="text"),
        pytest.param('{"error": 1}', id="json-without-items"),
        pytest.param('{"items": ' + "[" * 100_000, id="deep-json"),
        pytest.param("<urlset>" + "<a>" * 10_000, id="deep-xml"),
        pytest.param("<soap><fault/></soap>", id="other-xml"),
    ],
)
def test_document_that_lists_nothing_is_refused(document: str) -> None:
    with pytest.raises(ListingRefused):
        pages(document)


def test_front_page_gives_articles_sections_and_feeds() -> None:
    document = (
        '<!doctype html><head><base href="https://example.org/en/">'
        '<link rel="alternate" type="application/rss+xml" href="feed.xml">'
        '<link rel="alternate" hreflang="de" href="/de"></head><nav>'
        '<a href="/politics">Politics</a><a href="/search?q=a">Search</a></nav>'
        '<a href="2026/11/01/rates-rise-again-in-march">Rates rise</a>'
        '<a href="javascript:void(0)">More</a><a rel="next" href="?page=2">Next</a>'
    )

    found = listing(document.encode(), URL)

    assert found.pages == (Entry("2026/11/01/rates-rise-again-in-march"),)
    assert found.sections == (Entry("/politics"),)
    assert found.feeds == (Entry("feed.xml"),)
    assert found.following == (Entry("?page=2"),)
    assert found.base == "https://example.org/en/"


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        pytest.param("/2026/11/01/rates-rise-again-in-march", "Rates", "article", id="slug"),
        pytest.param(
            "/news/world-asia-12345678", "Floods cut off towns in the north", "article", id="id"
        ),
        pytest.param(
            "/a/story.php?id=123456", "Minister resigns over report", "article", id="query-id"
        ),
        pytest.param("/politics", "Politics", "section", id="section"),
        pytest.param("/sport/football/", "Football", "section", id="subsection"),
        pytest.param("/calendar/2026/11", "November", None, id="calendar"),
        pytest.param("/2026/11", "November", None, id="month"),
        pytest.param("/search?q=rates&sort=date", "Rates", None, id="search"),
        pytest.param("/politics?sort=date", "By date", None, id="sorted"),
        pytest.param("/a/b/a/b/", "rel", None, id="path-that-grows"),
        pytest.param("/tag/rates", "Rates", None, id="tag"),
        pytest.param("/img/rates-rise-again-in-march.jpg", "", None, id="picture"),
        pytest.param("/", "Home", None, id="home"),
    ],
)
def test_link_is_judged_by_address_and_text(path: str, text: str, kind: str | None) -> None:
    assert link_kind("https://example.org" + path, text, in_nav=False) == kind


PAGE = "<loc>https://a.test/a</loc>"
PICTURE = "<image:image xmlns:image='i'><image:loc>https://cdn.test/1.jpg</image:loc></image:image>"
GERMAN = "<xhtml:link xmlns:xhtml='x' rel='alternate' hreflang='de' href='https://a.test/de'/>"


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(f"<urlset><url>{PICTURE}{PAGE}</url></urlset>", id="picture"),
        pytest.param(f"<urlset><url>{GERMAN}{PAGE}</url></urlset>", id="language"),
        pytest.param("<rss><channel><item><atom:link xmlns:atom='a' href='https://a.test/feed'/>"
            "<link>https://a.test/a</link></item></channel></rss>", id="feed-of-an-item"),
        pytest.param("<feed><entry><source><link href='https://b.test/'/></source>"
            "<link href='https://a.test/a'/></entry></feed>", id="where-an-entry-was-first"),
    ],
)  # fmt: skip
def test_page_is_known_by_its_own_address_whatever_comes_before(document: str) -> None:
    assert [entry.href for entry in listing(document.encode(), URL).pages] == ["https://a.test/a"]


@pytest.mark.parametrize(
    "link",
    [
        "<a rel='next' href='/2'>2</a>",
        "<a rel='nofollow Next' href='/2'>2</a>",
        "<link rel=next href=/2>",
    ],
)
def test_next_page_is_found_however_it_is_linked(link: str) -> None:
    assert listing(f"<html><body>{link}".encode(), URL).following == (Entry("/2"),)


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-13-45", "Sun, 99 Nov 2026", "0001-01-01", "9999-12-31T23:59:59Z"]
)
def test_time_without_sense_is_none(text: str) -> None:
    assert moment(text) is None


def test_hostile_markup_takes_no_time() -> None:
    page = "<html><body>" + "<a href='/x-y-z-w'>" * 50_000

    assert len(listing(page.encode(), URL).pages) == 1


def test_address_without_end_takes_no_time() -> None:
    long = f"<a href='/{'a' * 300_000}'>Rates</a>" + f"<a href='/{'a' * 1_900}'>Rates</a>" * 1_000
    page = f"<html><body>{long}<a href='/rates-rise-in-march'>R</a>"

    assert listing(page.encode(), URL).pages == (Entry("/rates-rise-in-march"),)


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        pytest.param("<html><body>" + "<div><a href=/x>y" * 200_000, "depth", id="deep-page"),
        pytest.param("<urlset>" + "<a/>" * 1_000_000 + "</urlset>", "elements", id="junk"),
        pytest.param("<rss><channel><item>" + "<a/>" * 1_000_000, "elements", id="junk-in-item"),
        pytest.param('{"items":[' + "[]," * 2_000_000 + "[]]}", "size", id="json"),
    ],
)
def test_document_that_would_take_all_time_or_memory_is_refused(document: str, rule: str) -> None:
    with pytest.raises(ListingRefused) as refused:
        listing(document.encode(), URL)

    assert refused.value.rule == rule


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "rot13", "no-such", "utf-16"])
def test_charset_that_is_none_still_gives_the_links(charset: str) -> None:
    page = "<html><body><a href='/rates-rise-again-in-march'>Rates, \xe9</a>".encode()

    found = listing(page, URL, charset=charset)

    assert found.pages == (Entry("/rates-rise-again-in-march"),)


@pytest.mark.parametrize("base", ["http://[", "http://a:b:c/", "\ud800", "javascript:x"])
def test_base_that_is_no_address_is_passed_over(base: str) -> None:
    page = f"<html><base href='{base}'><a href='https://example.org/rates-rise-in-march'>R</a>"

    assert len(listing(page.encode("utf-8", "replace"), URL).pages) == 1
