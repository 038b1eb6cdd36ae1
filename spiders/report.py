"""What does a crawl leave for SQL: every address, every fetch, and how complete the days are?

Plain rows out of the frontier, by the chunk, for whoever owns the warehouse. The frontier may be
in use meanwhile: readers of SQLite's WAL see the last commit.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from spiders.visits import Kind, State

CHUNK = 10_000
Row = dict[str, object]

CRAWL_URLS = (
    "url", "source", "kind", "state", "listed", "stated_at", "tries", "not_before", "visited_at",
    "status", "outcome", "detail", "etag", "last_modified", "changed_at", "next_visit_at",
    "final_url",
)  # fmt: skip
"""Columns of `crawl_urls`; grain: an address. `listed`: a feed or sitemap of the site lists it."""
CRAWL_LOG = (
    "log_id", "fetched_at", "source", "url", "hop", "status", "outcome", "detail", "bytes",
    "elapsed_ms", "ip", "segment",
)  # fmt: skip
"""Columns of `crawl_log`; grain: a request. `log_id` only grows: load what is above the last."""
_URLS = """
select host.origin || url.path, source.name, kind, state, how & 1, iif(how & 2, rank, null), tries,
    not_before, visited.at, status, outcome, detail, etag, modified, changed_at, next_visit,
    final_url
from url join host using (host_id) join source using (source_id) left join visited using (url_id)
"""
_LOG = """
select log_id, at, source.name, url, hop, status, outcome, detail, bytes, elapsed_ms, ip, segment
from crawl_log join source using (source_id)
where log_id > ? order by log_id
"""
_DAYS = """
select source.name, date(rank, 'unixepoch') as day, count(*),
    sum(state = 1 and outcome in ('stored', 'unchanged', 'alias')), sum(state = 2), sum(state = 0)
from url join source using (source_id) left join visited using (url_id)
where kind = 0 and how & 3 = 3 and rank >= ?
group by source.name, day order by source.name, day
"""
_STANDINGS = """
select source.name, sum(kind = 0), sum(kind = 0 and state = 0),
    sum(kind = 0 and changed_at is not null), sum(kind = 0 and state = 3),
    max(visited.at), max(iif(kind = 0, changed_at, null))
from url join source using (source_id) left join visited using (url_id)
group by source.name
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the crawls left the pages of one source."""

    known: int = 0
    waiting: int = 0
    stored: int = 0
    refused: int = 0
    last_visit_at: datetime | None = None
    """Of its listings too."""
    last_change_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what a site itself lists for a day was fetched."""

    source: str
    day: date
    """UTC day of the time that the feed or sitemap states."""
    listed: int
    fetched: int
    """Stored, met unchanged, or known by another address."""
    gone: int
    waiting: int
    """The rest was refused; `crawl_urls.outcome` says why."""

    @property
    def ratio(self) -> float:
        """Return the share of what is still there that was fetched."""
        there = self.listed - self.gone
        return self.fetched / there if there else 1.0


def frontier_id(frontier: Path) -> str:
    """Return the name that a frontier file bears for life: `log_id` is unique under it."""
    with closing(_reader(frontier)) as db:
        return str(db.execute("select frontier_id from frontier").fetchone()[0])


def crawl_urls(frontier: Path) -> Iterator[list[Row]]:
    """Yield every address with its state, as rows of `crawl_urls`, by the chunk."""
    for chunk in _chunks(frontier, _URLS, ()):
        rows = [dict(zip(CRAWL_URLS, row, strict=True)) for row in chunk]
        for row in rows:
            row["kind"] = Kind(_whole(row["kind"])).name.lower()
            row["state"] = State(_whole(row["state"])).name.lower()
            row["listed"] = bool(row["listed"])
            for name in ("stated_at", "not_before", "visited_at", "changed_at", "next_visit_at"):
                row[name] = _moment(row[name])
        yield rows


def crawl_log(frontier: Path, after: int = 0) -> Iterator[list[Row]]:
    """Yield the requests with a `log_id` above `after`, as rows of `crawl_log`, by the chunk."""
    for chunk in _chunks(frontier, _LOG, (after,)):
        rows = [dict(zip(CRAWL_LOG, row, strict=True)) for row in chunk]
        for row in rows:
            row["fetched_at"] = _moment(row["fetched_at"])
        yield rows


def forget_log(frontier: Path, up_to: int) -> int:
    """Delete the requests up to a `log_id` that the warehouse has; return how many they were.

    The newest stays, whatever `up_to`: SQLite counts on from it.
    """
    query = (
        "delete from crawl_log where log_id <= ? and log_id < (select max(log_id) from crawl_log)"
    )
    with closing(sqlite3.connect(frontier, timeout=60)) as db, db:
        return db.execute(query, [up_to]).rowcount


def completeness(frontier: Path, since: date) -> list[Completeness]:
    """Return, by source and day from `since` on, how much of what is listed was fetched."""
    start = int(datetime(since.year, since.month, since.day, tzinfo=UTC).timestamp())
    with closing(_reader(frontier)) as db:
        rows = db.execute(_DAYS, [start]).fetchall()
    return [Completeness(name, date.fromisoformat(day), *counts) for name, day, *counts in rows]


def standings(frontier: Path) -> dict[str, Standing]:
    """Return how every source of a frontier stands, by its id; a million addresses take 4 CPU s."""
    with closing(_reader(frontier)) as db:
        rows = db.execute(_STANDINGS).fetchall()
    return {
        name: Standing(known, waiting, stored, refused, _moment(visit), _moment(change))
        for name, known, waiting, stored, refused, visit, change in rows
    }


def _chunks(
    frontier: Path, query: str, values: tuple[int, ...]
) -> Iterator[list[tuple[object, ...]]]:
    with closing(_reader(frontier)) as db:
        rows = db.execute(query, values)
        while chunk := rows.fetchmany(CHUNK):
            yield chunk


def _reader(frontier: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{frontier.absolute().as_uri()}?mode=ro", uri=True, timeout=60)


def _whole(value: object) -> int:
    return int(str(value))


def _moment(value: object) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(float(str(value)), UTC)
