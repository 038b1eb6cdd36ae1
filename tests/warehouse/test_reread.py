"""Facts about documents that come in again: from the quarantine, from a held batch."""

from datetime import UTC, datetime

import duckdb

from tests.warehouse.given import (
    NOON,
    article,
    balanced,
    batch,
    delivery,
    load,
    loaded,
    refused,
    rows,
)
from warehouse.batch import BatchTables, Delivery, Result
from warehouse.quarantine import Choice, Decision, chosen, held_batches, record, waive
from warehouse.reread import redeliver

LATER = datetime(2026, 3, 2, tzinfo=UTC)


def again(
    store: duckdb.DuckDBPyConnection, *results: tuple[Delivery, Result], run_id: str = "r2"
) -> None:
    redeliver(store, f"{run_id}-1", batch(*results), run_id=run_id, loaded_at=LATER, judge=as_it_is)


def as_it_is(tables: BatchTables) -> BatchTables:
    return tables


def test_refused_document_that_is_sound_now_is_loaded_and_its_refusal_released(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(store, batch(refused("a"), refused("b")))

    again(store, (delivery("a"), article("a")))

    assert rows(store, "select origin, outcome from documents order by origin") == [
        ("drop/a.txt", "loaded"),
        ("drop/b.txt", "rejected"),
    ]
    assert rows(store, "select origin, status, run_id from rejects order by origin") == [
        ("drop/a.txt", "released", "r1"),
        ("drop/b.txt", "open", "r1"),
    ]
    assert rows(store, "select title from articles") == [("A title",)]
    assert rows(store, "select was_outcome, was_reason, outcome, reason from rereads") == [
        ("rejected", "no_article", "loaded", None)
    ]


def test_books_of_both_runs_balance_after_a_release(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(loaded("x"), refused("a"), refused("b")))

    again(store, (delivery("a"), article("a")))
    again(store, refused("b"), run_id="r3")

    assert balanced(store, "r1", 3).rejected == 2
    assert balanced(store, "r2", 1).loaded == 1
    assert balanced(store, "r3", 1).rejected == 1


def test_refused_again_there_is_one_open_refusal(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(refused("a")))

    again(store, refused("a"))

    assert rows(store, "select origin, status, run_id from rejects") == [
        ("drop/a.txt", "open", "r2")
    ]


def test_released_copy_of_a_stored_article_is_a_duplicate(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch((delivery("x"), article("x", "The same words.")), refused("a")))

    again(store, (delivery("a"), article("a", "The same words.")))

    assert rows(store, "select outcome from documents where origin = 'drop/a.txt'") == [
        ("duplicate",)
    ]
    assert rows(store, "select count(*) from articles") == [(1,)]


def test_every_place_of_a_refused_document_comes_in_again(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(refused("a"), (delivery("a", "drop/second.txt"), None)))
    met = chosen(store, Choice(sought="drop/second.txt"), "rejected")

    again(store, (met[0], article("a")), (met[1], None))

    assert rows(store, "select origin, outcome from documents order by origin") == [
        ("drop/a.txt", "loaded"),
        ("drop/second.txt", "duplicate"),
    ]
    assert rows(store, "select distinct status from rejects") == [("released",)]


def test_held_batch_waits_with_its_reasons_and_is_let_in(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(loaded("a"), refused("b")), held_for=["no titles"])
    [waiting] = held_batches(store)
    met = chosen(store, Choice(batch_id="b1"), "held")

    again(store, *((each, article("a")) for each in met))

    assert (waiting.held, waiting.reasons, waiting.example) == (1, ("no titles",), "drop/a.txt")
    assert held_batches(store) == []
    assert rows(store, "select count(*) from articles") == [(1,)]
    assert balanced(store, "r1", 2).held == 1


def test_waived_refusals_are_open_no_more_and_the_decision_is_kept(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(store, batch(refused("a"), refused("b")))
    choice = Choice(sought="drop/a.txt", reason="no_article")

    waived = waive(store, choice)
    record(
        store,
        Decision(
            run_id="r2",
            decision="waive",
            subject=str(choice),
            documents=waived,
            loaded=0,
            decided_by="ada",
            because="a front page",
            decided_at=NOON,
        ),
    )

    assert waived == 1
    assert chosen(store, Choice(), "rejected") == [delivery("b")]
    assert rows(store, "select decided_by, decision, subject, because from decisions") == [
        ("ada", "waive", "reason no_article, input drop/a.txt", "a front page")
    ]
