"""What the crawls know and did, as SQL sees it."""

from datetime import UTC, datetime

import duckdb

from tests.warehouse.given import article, batch, delivery, load, rows
from warehouse.crawl import CrawlCopied, Row, copy_crawl, last_log_id

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def address(url: str, state: str = "done", **more: object) -> Row:
    known: dict[str, object] = {
        "url": url, "source": "gazette", "kind": "page", "state": state, "listed": True,
        "stated_at": NOON, "tries": 0, "not_before": None, "visited_at": NOON, "status": 200,
        "outcome": "stored", "detail": None, "etag": None, "last_modified": None,
        "changed_at": NOON, "next_visit_at": None, "final_url": None,
    }  # fmt: skip
    return known | more


def request(log_id: int) -> Row:
    return {
        "log_id": log_id, "fetched_at": NOON, "source": "gazette", "url": "http://g.test/a",
        "hop": 0, "status": 200, "outcome": "stored", "detail": None, "bytes": 10,
        "elapsed_ms": 3, "ip": "192.0.2.1", "segment": "s.warc.gz",
    }  # fmt: skip


def test_copy_replaces_addresses_and_adds_requests_once(store: duckdb.DuckDBPyConnection) -> None:
    first = [address("http://g.test/a"), address("http://g.test/b", "waiting")]
    copy_crawl(store, "f1", [first], [[request(1), request(2)]])

    copied = copy_crawl(store, "f1", [[address("http://g.test/a")]], [[request(2), request(3)]])

    assert copied == CrawlCopied(urls=1, requests=2, last_log_id=3)
    assert rows(store, "select url, state from crawl_urls") == [("http://g.test/a", "done")]
    assert rows(store, "select count(*) from crawl_log") == [(3,)]


def test_frontiers_are_kept_apart(store: duckdb.DuckDBPyConnection) -> None:
    copy_crawl(store, "f1", [[address("http://g.test/a")]], [[request(7)]])
    copy_crawl(store, "f2", [[address("http://h.test/a")]], [])

    assert (last_log_id(store, "f1"), last_log_id(store, "f2")) == (7, 0)
    assert rows(store, "select url from crawl_urls order by url") == [
        ("http://g.test/a",),
        ("http://h.test/a",),
    ]


def test_completeness_counts_what_is_listed_and_what_is_loaded(
    store: duckdb.DuckDBPyConnection,
) -> None:
    pages = ("http://g.test/a", "http://g.test/final")
    load(store, batch(*((delivery(url, url), article(url)) for url in pages)))
    known = [
        address("http://g.test/a"),
        address("http://g.test/r", final_url="http://g.test/final"),
        address("http://g.test/late", "waiting"),
        address("http://g.test/gone", "gone"),
        address("http://g.test/linked", listed=False),
        address("http://g.test/feed", kind="feed"),
    ]

    copy_crawl(store, "f1", [known], [])

    assert rows(
        store,
        "select day::varchar, listed, fetched, loaded, gone, waiting, loaded_ratio "
        "from completeness",
    ) == [("2026-11-01", 4, 2, 2, 1, 1, 2 / 3)]
