"""What has each source delivered day by day, and what was made of it?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

import duckdb
import pyarrow as pa

from articles.model import Frozen
from warehouse.batch import utc
from warehouse.query import Row, ask
from warehouse.sql import statement, views

State = Literal["new", "well", "quiet", "decayed"]
"""`new`: too short a past to be judged by it."""


@dataclass(frozen=True, slots=True)
class Fetches:
    """What the crawls of one source met on one day, in requests."""

    requests: int = 0
    robots: int = 0
    """Disallowed by robots.txt, or opted out."""
    forbidden: int = 0
    """401, 403, 429 and the like."""
    gone: int = 0
    """404 or 410."""
    failing: int = 0
    """5xx, no connection, timeouts."""
    listings: int = 0
    """Of all: feeds, sitemaps and pages of links."""
    listings_lost: int = 0
    """Of those, how many could not be read."""


@dataclass(frozen=True, slots=True)
class SourceDay:
    """What one source delivered on one UTC day."""

    source: str
    day: date
    documents: int = 0
    articles: int = 0
    """New ones."""
    duplicates: int = 0
    rejected: int = 0
    main_reason: str | None = None
    """The commonest reason of refusal."""
    titled: int = 0
    distinct_titles: int = 0
    dated: int = 0
    recent: int = 0
    """Articles that state a time of the thirty days before they were met."""
    signed: int = 0
    """Articles with an author."""
    full_bodies: int = 0
    """Articles with a body of 300 characters or more."""
    unflagged: int = 0
    """Articles that are neither cut nor walled nor spammed."""
    words: float | None = None
    """Median words of an article."""
    kept_ratio: float | None = None
    """Median share of a page's characters that the extraction kept as body."""
    latency_hours: float | None = None
    """Median time from the stated publication to the warehouse."""
    sections: Mapping[str, int] = field(default_factory=dict)
    """New articles by the section that they state, in lower case; those that state none are in
    none."""
    fetches: Fetches | None = None
    """None where nothing was crawled, or no crawl kept a log."""
    is_over: bool = True
    """False for a day that still goes on, whose volume says nothing yet."""


class Judgement(Frozen):
    """What was made of one source on one day."""

    source: str
    day: date
    state: State
    kind: str | None = None
    """What gave it away: `volume`, or the signal that fell, such as `title`."""
    cause: str | None = None
    """The likeliest: robots, forbidden, gone, unreachable, feed gone, layout change, paywall ..."""
    detail: str = ""
    """The finding in words, with its figures."""
    expected_low: float | None = None
    expected_high: float | None = None
    """Bounds of the articles to expect on such a day; None for a source that is too new."""
    pace: float = 1.0
    """Share of the usual to be expected on that day: less than 1 when it was slow for all."""


class Ailing(Frozen):
    """A source with which something is wrong."""

    source: str
    state: State
    kind: str | None
    cause: str | None
    detail: str
    since: date


def has_sources(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether any document came from a configured source."""
    found = connection.execute(
        "select 1 from store.document where source is not null limit 1"
    ).fetchone()
    return found is not None


def source_days(connection: duckdb.DuckDBPyConnection, from_day: date) -> list[SourceDay]:
    """Return the days of every source from `from_day` on, oldest first; silent days are left out.

    A day on which a source was crawled is one too, whatever came of it.
    """
    fetches = _fetches(connection, from_day)
    rows: list[dict[str, Any]] = ask(
        connection, statement("source_days"), {"from_day": from_day}
    ).rows()
    days = {(row["source"], row["day"]): SourceDay(**row) for row in rows}
    for key in fetches.keys() - days.keys():
        days[key] = SourceDay(*key)
    sections = _sections(connection, from_day)
    return [
        replace(days[key], fetches=fetches.get(key), sections=sections.get(key, {}))
        for key in sorted(days)
    ]


def keep(
    connection: duckdb.DuckDBPyConnection, judgements: Iterable[Judgement], judged_at: datetime
) -> None:
    """Write judgements, each in the place of an earlier one of the same source and day."""
    rows = [each.model_dump() | {"judged_at": utc(judged_at)} for each in judgements]
    if not rows:
        return
    with views(connection, judged=pa.Table.from_pylist(rows, schema=JUDGED)):
        connection.execute(statement("delete_judgements"))
        connection.execute(statement("insert_judgements"))


def ill_days(connection: duckdb.DuckDBPyConnection, from_day: date) -> set[tuple[str, date]]:
    """Return the days on which a source was quiet or decayed: no measure for later ones."""
    rows = connection.execute(
        "select source, day from store.source_health "
        "where state in ('quiet', 'decayed') and day >= ?",
        [from_day],
    ).fetchall()
    return set(rows)


def paces(connection: duckdb.DuckDBPyConnection, from_day: date) -> dict[tuple[str, date], float]:
    """Return the days that were slow for all, with the share of the usual, by source and day."""
    rows = connection.execute(
        "select source, day, pace from store.source_health where pace < 1 and day >= ?", [from_day]
    ).fetchall()
    return {(source, day): pace for source, day, pace in rows}


def languages(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the language that each source mostly writes in."""
    rows = connection.execute(
        "select source, mode(language) from store.revision "
        "where source is not null and language is not null group by source"
    ).fetchall()
    return dict(rows)


def ailing(connection: duckdb.DuckDBPyConnection) -> list[Ailing]:
    """Return the sources that are quiet or decayed by their latest judgement."""
    return [
        Ailing.model_validate(row) for row in ask(connection, statement("ailing_sources")).rows()
    ]


def overview(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return how each source is, with the figures of its last day on which documents came."""
    return ask(connection, statement("source_overview")).rows()


JUDGED = pa.schema(
    {
        "source": pa.string(),
        "day": pa.date32(),
        "state": pa.string(),
        "kind": pa.string(),
        "cause": pa.string(),
        "detail": pa.string(),
        "expected_low": pa.float64(),
        "expected_high": pa.float64(),
        "pace": pa.float64(),
        "judged_at": pa.timestamp("us"),
    }
)


def _fetches(
    connection: duckdb.DuckDBPyConnection, from_day: date
) -> dict[tuple[str, date], Fetches]:
    rows = ask(connection, statement("source_fetches"), {"from_day": from_day}).tuples
    found: list[tuple[Any, ...]] = list(rows)
    return {(source, day): Fetches(*counts) for source, day, *counts in found}


def _sections(
    connection: duckdb.DuckDBPyConnection, from_day: date
) -> dict[tuple[str, date], dict[str, int]]:
    rows = ask(connection, statement("source_sections"), {"from_day": from_day}).tuples
    found: dict[tuple[str, date], dict[str, int]] = defaultdict(dict)
    counts: list[tuple[Any, ...]] = list(rows)
    for source, day, section, articles in counts:
        found[source, day][section] = articles
    return found
