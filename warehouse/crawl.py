"""Keep what the crawls know and did: every address, every request.

Frontiers are files of their own; this is their copy for SQL, as of the end of a run.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import duckdb
import pyarrow as pa

from articles.model import Frozen
from warehouse.batch import utc
from warehouse.db import transaction
from warehouse.sql import statement, views

TEXT, WHOLE, LONG, TIME = pa.string(), pa.int32(), pa.int64(), pa.timestamp("us")
CRAWL_URL = pa.schema(
    {
        "url": TEXT, "source": TEXT, "kind": TEXT, "state": TEXT, "listed": pa.bool_(),
        "stated_at": TIME, "tries": WHOLE, "not_before": TIME, "visited_at": TIME,
        "status": WHOLE, "outcome": TEXT, "detail": TEXT, "etag": TEXT, "last_modified": TEXT,
        "changed_at": TIME, "next_visit_at": TIME, "final_url": TEXT,
    }
)  # fmt: skip
CRAWL_REQUEST = pa.schema(
    {
        "log_id": LONG, "fetched_at": TIME, "source": TEXT, "url": TEXT, "hop": WHOLE,
        "status": WHOLE, "outcome": TEXT, "detail": TEXT, "bytes": LONG, "elapsed_ms": LONG,
        "ip": TEXT, "segment": TEXT,
    }
)  # fmt: skip

Row = Mapping[str, object]
Chunks = Iterable[Sequence[Row]]


class CrawlCopied(Frozen):
    """What was copied from a frontier."""

    urls: int
    requests: int
    last_log_id: int
    """The warehouse has every request of the frontier up to this one."""


def last_log_id(connection: duckdb.DuckDBPyConnection, frontier_id: str) -> int:
    """Return the newest request that the warehouse has of a frontier; 0 when it has none."""
    query = "select max(log_id) from store.crawl_request where frontier_id = ?"
    row = connection.execute(query, [frontier_id]).fetchone()
    return row[0] if row and row[0] is not None else 0


def copy_crawl(
    connection: duckdb.DuckDBPyConnection, frontier_id: str, urls: Chunks, requests: Chunks
) -> CrawlCopied:
    """Replace the addresses of a frontier and add its requests, in one transaction.

    `urls` are all its addresses, `requests` those after `last_log_id`, as rows of `crawl_urls` and
    `crawl_log` by the chunk. Doing it twice leaves the same rows.
    """
    with transaction(connection):
        connection.execute("delete from store.crawl_url where frontier_id = ?", [frontier_id])
        url_count = _insert(connection, "crawl_urls", frontier_id, urls, CRAWL_URL)
        request_count = _insert(connection, "crawl_requests", frontier_id, requests, CRAWL_REQUEST)
        last = last_log_id(connection, frontier_id)
    return CrawlCopied(urls=url_count, requests=request_count, last_log_id=last)


def _insert(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    frontier_id: str,
    chunks: Chunks,
    schema: pa.Schema,
) -> int:
    count = 0
    for chunk in chunks:
        with views(connection, chunk=_table(chunk, schema)):
            connection.execute(statement(f"insert_{name}"), {"frontier_id": frontier_id})
        count += len(chunk)
    return count


def _table(chunk: Sequence[Row], schema: pa.Schema) -> pa.Table:
    columns = {name: [_plain(row[name]) for row in chunk] for name in schema.names}
    return pa.table(columns, schema=schema)


def _plain(value: object) -> object:
    return utc(value) if isinstance(value, datetime) else value
