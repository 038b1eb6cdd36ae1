"""The books: a run balances, or says what is missing."""

from datetime import timedelta

import duckdb
import pytest

from tests.warehouse.given import NOON, balanced, batch, delivery, load, loaded, refused, rows
from warehouse.batch import BatchTables
from warehouse.ledger import LedgerDoesNotBalance, end_run, run_counts, start_run

LATER = NOON + timedelta(hours=1)


def test_run_that_balances_is_completed(store: duckdb.DuckDBPyConnection) -> None:
    start_run(store, "r1", flow="ingest", started_at=NOON, versions={"newsmill": "0.1"})
    load(store, BatchTables.of([loaded("a"), refused("b"), (delivery("a", "x"), None)], skipped=4))

    counts = end_run(store, "r1", ended_at=LATER, seen=7)

    assert counts.model_dump() == {
        "seen": 7,
        "loaded": 1,
        "duplicate": 1,
        "rejected": 1,
        "held": 0,
        "skipped": 4,
    }
    assert rows(store, "select status, seen, skipped, versions from runs") == [
        ("completed", 7, 4, {"newsmill": "0.1"})
    ]


@pytest.mark.parametrize("seen", [0, 2], ids=["one-too-many", "one-missing"])
def test_input_that_no_batch_accounts_for_fails_the_run(
    store: duckdb.DuckDBPyConnection, seen: int
) -> None:
    start_run(store, "r1", flow="ingest", started_at=NOON)
    load(store, batch(loaded("a")))

    told = f"saw {seen} inputs but its batches account for 1"
    with pytest.raises(LedgerDoesNotBalance, match=told):
        end_run(store, "r1", ended_at=LATER, seen=seen)

    assert rows(store, "select status, seen from runs") == [("failed", seen)]


def test_row_that_vanished_is_noticed(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(loaded("a"), loaded("b")))
    store.execute("delete from store.document where origin = 'drop/a.txt'")

    with pytest.raises(LedgerDoesNotBalance, match=r"claims \{'loaded': 2\}.*\{'loaded': 1\}"):
        balanced(store, "r1", seen=2)


def test_killed_run_is_closed_by_the_next(store: duckdb.DuckDBPyConnection) -> None:
    start_run(store, "r1", flow="ingest", started_at=NOON)
    load(store, batch(loaded("a")))

    start_run(store, "r2", flow="ingest", started_at=LATER)

    assert rows(store, "select run_id, status, seen from runs order by run_id") == [
        ("r1", "crashed", 1),
        ("r2", "running", 0),
    ]


def test_run_started_twice_has_one_line(store: duckdb.DuckDBPyConnection) -> None:
    start_run(store, "r1", flow="ingest", started_at=NOON)
    start_run(store, "r1", flow="ingest", started_at=LATER)

    assert rows(store, "select started_at from runs") == [(NOON.replace(tzinfo=None),)]


def test_failed_run_is_closed_without_a_balance(store: duckdb.DuckDBPyConnection) -> None:
    start_run(store, "r1", flow="ingest", started_at=NOON)

    end_run(store, "r1", ended_at=LATER, seen=None, status="failed")

    assert rows(store, "select status, seen from runs") == [("failed", 0)]


def test_unknown_run_counts_nothing(store: duckdb.DuckDBPyConnection) -> None:
    assert set(run_counts(store, "none").model_dump().values()) == {0}
