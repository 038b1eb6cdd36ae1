"""What has a run brought, for the audit while it works and for people afterwards?"""

from datetime import datetime
from typing import NamedTuple

import duckdb
import pyarrow as pa

from warehouse.batch import BatchTables, utc
from warehouse.sql import over, statement, views


class Line(NamedTuple):
    """One input of a run and what became of it."""

    outcome: str
    origin: str
    title: str | None
    published_at: datetime | None
    published_precision: str | None
    publisher: str | None
    reason: str | None
    detail: str | None


class Figure(NamedTuple):
    """One number about the warehouse."""

    metric: str
    label_value: str
    """What it is counted by; several parts are divided by `/`."""
    number: float


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return how things stand as numbers: inputs, refusals, runs, latencies."""
    rows = connection.execute(statement("metrics")).fetchall()
    return [Figure(*row) for row in rows]


def loaded_batches(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the ids of all batches in the ledger, held ones too."""
    rows = connection.execute("select batch_id from store.batch").fetchall()
    return frozenset(batch_id for (batch_id,) in rows)


def broken_since(connection: duckdb.DuckDBPyConnection, moment: datetime) -> bool:
    """Return whether a run failed, or was found dead, after `moment` (UTC)."""
    found = connection.execute(
        "select 1 from store.run where status in ('failed', 'crashed') and ended_at > ? limit 1",
        [utc(moment)],
    ).fetchone()
    return found is not None


def audit_facts(connection: duckdb.DuckDBPyConnection, tables: BatchTables) -> pa.Table:
    """Return lengths and flags of every document of a related batch, one row each, in order."""
    with views(connection, articles_of_batch=tables.articles):
        return over(connection, "audit_facts", "documents_of_batch", tables.documents)


def run_documents(connection: duckdb.DuckDBPyConnection, run_id: str, most: int) -> list[Line]:
    """Return the first `most` inputs of a run that it did not know before."""
    rows = connection.execute(
        statement("run_documents"), {"run_id": run_id, "most": most}
    ).fetchall()
    return [Line(*row) for row in rows]
