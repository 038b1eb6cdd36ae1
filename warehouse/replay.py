"""What does today's code make of archived documents otherwise than what is stored?

Read in the order of the archive, by the part, so that a replay can go on where it was killed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import duckdb
import pyarrow as pa

from articles.model import Article, Frozen, Rejection
from warehouse.batch import BatchTables, Delivery, Result
from warehouse.quarantine import delivery_of
from warehouse.query import Row, ask
from warehouse.sql import statement, views

FIELDS = (
    "title", "body", "authors", "publisher", "publisher_domain", "section", "language",
    "published_at", "published_precision", "modified_at", "canonical_url", "agency", "dateline",
    "flags",
)  # fmt: skip
"""Columns of `articles` that a replay compares and reports."""


class Scope(Frozen):
    """Which documents a replay reads."""

    source: str | None = None
    from_day: date | None = None
    """First UTC day on which the document was met."""
    to_day: date | None = None
    reason: str | None = None
    """Only refused documents, and those with this reason."""

    @property
    def key(self) -> str:
        """The scope as the text under which its progress is kept."""
        return self.model_dump_json(exclude_none=True)


class Stored(NamedTuple):
    """A document to read again."""

    delivery: Delivery
    article_id: str | None
    """The article whose current version it gave; None when it is refused."""
    reason: str | None
    """Why it is refused."""
    place: str
    """Sorts as the archive does."""


@dataclass(frozen=True, slots=True)
class Change:
    """What today's code reads otherwise in one article."""

    origin: str
    before: Row
    after: Row
    fields: tuple[str, ...]
    is_text: bool
    """The normalised text differs: a new version, not a mended one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Some documents read with today's code, held against what is stored."""

    documents: int
    last_place: str
    results: tuple[tuple[Delivery, Result], ...]
    """Of the articles that changed, in order."""
    changes: tuple[Change, ...]
    """One for each of `results`."""
    passed: tuple[tuple[Stored, Article], ...]
    """Refused so far, and an article today."""
    refused: tuple[tuple[Stored, Rejection], ...]
    """An article so far, and refused today: kept as it is."""


def documents(
    connection: duckdb.DuckDBPyConnection, scope: Scope, after: str, most: int
) -> list[Stored]:
    """Return up to `most` documents of the scope that lie behind the place `after`."""
    values = scope.model_dump() | {"last_place": after, "inputs": most}
    found = []
    for row in ask(connection, statement("replay_documents"), values).rows():
        article_id, reason, place = (row.pop(n) for n in ("article_id", "reason", "place"))
        found.append(
            Stored(delivery_of(row), text_or_none(article_id), text_or_none(reason), str(place))
        )
    return found


def progress(connection: duckdb.DuckDBPyConnection, scope: Scope, code: str) -> str:
    """Return the place that an unfinished replay of the scope by this code has come to, or ''."""
    row = connection.execute(
        "select last_place, is_end from store.replay_progress where scope = ? and code = ? "
        "order by rowid desc limit 1",
        [scope.key, code],
    ).fetchone()
    return "" if row is None or row[1] else str(row[0])


def finish(connection: duckdb.DuckDBPyConnection, scope: Scope, code: str, run_id: str) -> None:
    """Note that a replay of the scope is at its end: the next one begins anew."""
    connection.execute(
        "insert into store.replay_progress values (?, ?, '', true, null, ?)",
        [scope.key, code, run_id],
    )


def compare(
    connection: duckdb.DuckDBPyConnection, read: Sequence[tuple[Stored, Article | Rejection]]
) -> Comparison:
    """Hold what today's code gives against what is stored; nothing is written."""
    standing = _standing(connection, [stored.delivery.document_id for stored, _ in read])
    fresh = BatchTables.of([(stored.delivery, result) for stored, result in read])
    today = {row["document_id"]: row for row in fresh.articles.to_pylist()}
    results, changes, passed, refused = [], [], [], []
    for stored, result in read:
        document_id = stored.delivery.document_id
        if isinstance(result, Rejection):
            if stored.article_id is not None:
                refused.append((stored, result))
        elif stored.article_id is None:
            passed.append((stored, result))
        elif document_id in standing and (
            change := _change(stored, standing[document_id], today[document_id])
        ):
            results.append((stored.delivery, result))
            changes.append(change)
    return Comparison(
        len(read), read[-1][0].place, tuple(results), tuple(changes), tuple(passed), tuple(refused)
    )


def changed_tables(comparison: Comparison) -> BatchTables:
    """Return the articles that changed as a batch, for the suite: all of them in the warehouse."""
    tables = BatchTables.of(comparison.results)
    loaded = pa.array(["loaded"] * tables.documents.num_rows, pa.string())
    at = tables.documents.schema.get_field_index("outcome")
    return replace(tables, documents=tables.documents.set_column(at, "outcome", loaded))


def at_all_places(
    connection: duckdb.DuckDBPyConnection, passed: Sequence[tuple[Stored, Article]]
) -> list[tuple[Delivery, Result]]:
    """Return documents at every place at which they were met: for `warehouse.reread`."""
    articles: dict[str, Result] = {stored.delivery.document_id: found for stored, found in passed}
    with views(connection, again=pa.table({"document_id": list(articles)})):
        rows = ask(connection, statement("places_again")).rows()
    met = [delivery_of(row) for row in rows]
    return [(each, articles.pop(each.document_id, None)) for each in met]  # the first speaks


def _standing(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> dict[str, Row]:
    with views(connection, again=pa.table({"document_id": pa.array(ids, pa.string())})):
        rows = connection.sql(statement("standing_articles")).to_arrow_table().to_pylist()
    return {row["document_id"]: row for row in rows}


def _change(stored: Stored, before: Row, after: Row) -> Change | None:
    fields = tuple(name for name in FIELDS if before[name] != after[name])
    if not fields:
        return None
    is_text = before["content_hash"] != after["content_hash"]
    return Change(stored.delivery.origin, before, after, fields, is_text)


def text_or_none(value: object) -> str | None:
    """Return a value of a row as text."""
    return None if value is None else str(value)
