"""Write one batch: its rows, its refusals and its ledger line, all or nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from articles.model import Frozen, Outcome
from warehouse.batch import BatchTables, utc
from warehouse.db import transaction
from warehouse.relate import relate
from warehouse.sql import statement, views
from warehouse.stories import join_stories

COUNTS = ("seen", "loaded", "duplicate", "rejected", "held", "skipped")


class LoadReport(Frozen):
    """The ledger line of a batch: every input in exactly one bucket."""

    batch_id: str
    run_id: str
    status: Literal["loaded", "held"]
    reasons: tuple[str, ...] = ()
    """Why the audit held the batch."""
    seen: int
    loaded: int
    duplicate: int
    rejected: int
    held: int
    skipped: int


def load_batch(
    connection: duckdb.DuckDBPyConnection,
    batch_id: str,
    tables: BatchTables,
    *,
    run_id: str,
    loaded_at: datetime,
    held_for: Sequence[str] = (),
    stories: bool = True,
) -> LoadReport:
    """Write a batch in one transaction and return its ledger line.

    Documents are related once more inside the transaction, so batches that were prepared side
    by side meet each other here. A batch_id that stands in the ledger writes nothing and gives
    its line again; known documents under another batch_id are counted as skipped. With reasons
    in `held_for` no article is written and every document that had one is `held`. Without
    `stories` the near duplicates of the batch are not looked for: a first load of a large archive
    leaves them to `maintain.rejudge`.
    """
    with transaction(connection):
        report = batch_report(connection, batch_id)
        if report is None:
            report = write_batch(
                connection,
                batch_id,
                tables,
                run_id=run_id,
                loaded_at=loaded_at,
                held_for=held_for,
                stories=stories,
            )
    return report


def write_batch(
    connection: duckdb.DuckDBPyConnection,
    batch_id: str,
    tables: BatchTables,
    *,
    run_id: str,
    loaded_at: datetime,
    held_for: Sequence[str] = (),
    stories: bool = True,
) -> LoadReport:
    """Write a batch inside the transaction that the caller has begun; see `load_batch`."""
    related = relate(connection, tables)
    related = _held(related) if held_for else related
    report = _report(related, batch_id, run_id, held_for)
    _insert(connection, related, report, loaded_at)
    if stories:
        join_stories(connection, _loaded(related))
    return report


def batch_report(connection: duckdb.DuckDBPyConnection, batch_id: str) -> LoadReport | None:
    """Return the ledger line of a batch, or None if it was never loaded."""
    row = connection.execute(
        "select run_id, status, reasons, seen, loaded, duplicate, rejected, held, skipped "
        "from store.batch where batch_id = ?",
        [batch_id],
    ).fetchone()
    if row is None:
        return None
    run_id, status, reasons, *counts = row
    return LoadReport(
        batch_id=batch_id,
        run_id=run_id,
        status=status,
        reasons=tuple(reasons),
        **dict(zip(COUNTS, counts, strict=True)),
    )


def _held(tables: BatchTables) -> BatchTables:
    """Return the batch with every article held back; refusals stand."""
    outcomes = tables.documents["outcome"]
    stays = pc.equal(outcomes, Outcome.REJECTED)
    at = tables.documents.schema.get_field_index
    documents = tables.documents.set_column(
        at("outcome"), "outcome", pc.if_else(stays, outcomes, Outcome.HELD)
    )
    none = pa.nulls(documents.num_rows, pa.string())
    return replace(tables, documents=documents.set_column(at("article_id"), "article_id", none))


def _report(tables: BatchTables, batch_id: str, run_id: str, held_for: Sequence[str]) -> LoadReport:
    outcomes = tables.documents["outcome"].to_pylist()
    counts = {outcome.value: outcomes.count(outcome) for outcome in Outcome}
    counts["rejected"] += tables.rejects["document_id"].null_count
    counts["skipped"] = tables.skipped
    return LoadReport(
        batch_id=batch_id,
        run_id=run_id,
        status="held" if held_for else "loaded",
        reasons=tuple(held_for),
        seen=sum(counts.values()),
        **counts,
    )


def _insert(
    connection: duckdb.DuckDBPyConnection,
    tables: BatchTables,
    report: LoadReport,
    loaded_at: datetime,
) -> None:
    batch = {"batch_id": report.batch_id}
    places = pa.array(range(tables.documents.num_rows), pa.int64())
    with views(
        connection,
        documents=tables.documents.append_column("place", places),
        articles=tables.articles,
        evidence=tables.evidence,
        rejects=tables.rejects,
    ):
        connection.execute(statement("insert_documents"), batch)
        connection.execute(statement("retire_revisions"))
        connection.execute(statement("insert_articles"), batch)
        connection.execute(statement("insert_evidence"), batch)
        connection.execute(statement("insert_rejects"), batch | {"run_id": report.run_id})
    connection.execute(
        "insert into store.batch values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            report.batch_id,
            report.run_id,
            report.status,
            list(report.reasons),
            *(getattr(report, name) for name in COUNTS),
            utc(loaded_at),
        ],
    )


def _loaded(tables: BatchTables) -> pa.Table:
    """Return the articles that the batch begins or changes, each in the version that stands."""
    loaded = tables.documents.filter(pc.equal(tables.documents["outcome"], Outcome.LOADED))
    late = set(tables.articles.filter(tables.articles["is_late"])["document_id"].to_pylist())
    pairs = zip(loaded["article_id"].to_pylist(), loaded["document_id"].to_pylist(), strict=True)
    last = {article_id: key for article_id, key in pairs if key not in late}
    kept = pa.array(list(last.values()), pa.string())
    return tables.articles.filter(pc.is_in(tables.articles["document_id"], value_set=kept))
