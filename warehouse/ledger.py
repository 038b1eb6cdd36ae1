"""Keep the books of the runs: every input of a run is in exactly one bucket.

`seen = loaded + duplicate + rejected + held + skipped`, counted by the run, by its batches and
by the rows themselves.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import duckdb

from articles.errors import NewsmillError
from articles.model import Frozen
from warehouse.batch import utc
from warehouse.db import transaction
from warehouse.load import COUNTS
from warehouse.sql import statement

Status = Literal["completed", "failed", "crashed"]


class LedgerDoesNotBalance(NewsmillError):
    """An input is in no bucket or in two; the message gives both sides."""


class RunCounts(Frozen):
    """What became of the inputs of a run."""

    seen: int
    loaded: int
    duplicate: int
    rejected: int
    held: int
    skipped: int

    def __str__(self) -> str:
        """Return the ledger as one equation."""
        parts = (f"{getattr(self, name)} {name}" for name in COUNTS)
        return f"{next(parts)} = {' + '.join(parts)}"


def start_run(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    *,
    flow: str,
    started_at: datetime,
    flow_run_id: str | None = None,
    versions: Mapping[str, str] | None = None,
) -> None:
    """Open the books of a run, and close as `crashed` those that a killed run left open.

    There is one writer at a time, so a run that is open when another starts is dead. A run that
    is started again (a retry, the next segments of a crawl) goes on under its line.
    """
    names, numbers = list(versions or {}), list((versions or {}).values())
    with transaction(connection):
        connection.execute(
            "update store.run set status = 'crashed', ended_at = ? "
            "where ended_at is null and run_id <> ?",
            [utc(started_at), run_id],
        )
        connection.execute(
            "update store.run set status = 'running', ended_at = null where run_id = ?", [run_id]
        )
        connection.execute(
            "insert into store.run select ?, ?, ?, ?, null, 'running', null, map(?, ?) "
            "where not exists (select 1 from store.run where run_id = ?)",
            [run_id, flow_run_id, flow, utc(started_at), names, numbers, run_id],
        )


def run_versions(connection: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, str]:
    """Return what a run was started with, by name; a run opened again keeps that."""
    [(versions,)] = connection.execute(
        "select versions from store.run where run_id = ?", [run_id]
    ).fetchall()
    return dict(versions)


def end_run(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    *,
    ended_at: datetime,
    seen: int | None,
    status: Status = "completed",
) -> RunCounts:
    """Close the books of a run and return its counts.

    `seen` is what the run itself counted on finding its inputs, not a sum of the buckets; None
    when it died before it knew. Raises LedgerDoesNotBalance, leaving the run closed as `failed`,
    when a completed run does not add up.
    """
    problem = _imbalance(connection, run_id, seen) if status == "completed" else None
    connection.execute(
        "update store.run set status = ?, ended_at = ?, seen = ? where run_id = ?",
        ["failed" if problem else status, utc(ended_at), seen, run_id],
    )
    if problem:
        raise LedgerDoesNotBalance(problem)
    return run_counts(connection, run_id)


def run_counts(connection: duckdb.DuckDBPyConnection, run_id: str) -> RunCounts:
    """Return the sums over the batches of a run; all zero for a run without any."""
    sums = connection.execute(statement("run_counts"), {"run_id": run_id}).fetchone()
    return RunCounts(**dict(zip(COUNTS, sums or (0,) * len(COUNTS), strict=True)))


def _imbalance(connection: duckdb.DuckDBPyConnection, run_id: str, seen: int | None) -> str | None:
    counts = run_counts(connection, run_id)
    if seen is not None and counts.seen != seen:
        return (
            f"run {run_id} saw {seen} inputs but its batches account for {counts.seen}: "
            f"{counts.model_dump()}; nothing was published, run again to take up what is missing"
        )
    rows = connection.execute(statement("count_rows"), {"run_id": run_id}).fetchall()
    stored = dict(rows)
    written = {"loaded", "duplicate", "rejected", "held"}
    claimed = {name: n for name in written if (n := getattr(counts, name))}
    if stored == claimed:
        return None
    return f"run {run_id} claims {claimed} but the warehouse holds {stored} of its documents"
