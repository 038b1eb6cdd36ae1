"""How does a document that was refused or held come in again, through the same checks?

It is taken out and delivered once more, in one transaction: what is new, a copy or refused is
decided by the code that decides for any batch. What it was before stays in `store.reread`, so the
books of the run that refused it can still be checked.
"""

from collections.abc import Callable
from datetime import datetime

import duckdb
import pyarrow as pa

from warehouse.batch import BatchTables, utc
from warehouse.db import transaction
from warehouse.load import LoadReport, write_batch
from warehouse.relate import relate
from warehouse.sql import statement, views

Judge = Callable[[BatchTables], BatchTables]
"""Holds a related batch against the suite; returns it with the failing rows refused."""


def redeliver(
    connection: duckdb.DuckDBPyConnection,
    batch_id: str,
    tables: BatchTables,
    *,
    run_id: str,
    loaded_at: datetime,
    judge: Judge,
) -> LoadReport:
    """Deliver the documents of `tables` again, as the batch `batch_id`, in one transaction.

    `tables` must hold every place of its documents. Their refusals are closed as `released` where
    they pass now, and replaced by what refuses them today where they do not.
    """
    with transaction(connection):
        return write_again(
            connection, batch_id, tables, run_id=run_id, loaded_at=loaded_at, judge=judge
        )


def write_again(
    connection: duckdb.DuckDBPyConnection,
    batch_id: str,
    tables: BatchTables,
    *,
    run_id: str,
    loaded_at: datetime,
    judge: Judge,
) -> LoadReport:
    """Do what `redeliver` does, inside the transaction that the caller has begun."""
    former, refusals = _taken_out(connection, tables.documents)
    judged = judge(relate(connection, tables))
    report = write_batch(connection, batch_id, judged, run_id=run_id, loaded_at=loaded_at)
    with views(connection, former=former, former_reject=refusals):
        connection.execute(statement("insert_released"))
        connection.execute(
            statement("insert_rereads"),
            {"run_id": run_id, "batch_id": batch_id, "loaded_at": utc(loaded_at)},
        )
    return report


def _taken_out(
    connection: duckdb.DuckDBPyConnection, documents: pa.Table
) -> tuple[pa.Table, pa.Table]:
    """Delete what is known of the documents; return it by place, and their refusals."""
    with views(connection, again=documents.select(["document_id"])):
        former = connection.sql(statement("take_back")).to_arrow_table()
        refusals = connection.sql(statement("refusals_again")).to_arrow_table()
        for name in ("delete_again", "delete_again_rejects", "delete_again_evidence"):
            connection.execute(statement(name))
    return former, refusals
