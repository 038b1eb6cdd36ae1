"""What a load leaves behind: each document once, whatever was run twice, killed or split."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pyarrow as pa
import pytest

from tests.warehouse.given import (
    NOON,
    article,
    batch,
    delivery,
    face,
    load,
    loaded,
    refusal,
    refused,
    rejection,
    rows,
    sha256,
)
from warehouse.batch import BatchTables
from warehouse.contents import article_id
from warehouse.load import batch_report
from warehouse.relate import UnknownBytes, known_documents, relate

SAME = "The same words."
MAY_1 = datetime(2026, 5, 1, tzinfo=UTC)
MAY_2 = datetime(2026, 5, 2, tzinfo=UTC)


def counts(store: duckdb.DuckDBPyConnection) -> tuple[object, ...]:
    tables = ("document", "revision", "evidence", "reject", "link", "batch")
    return tuple(rows(store, f"select count(*) from store.{table}")[0][0] for table in tables)


def outcomes(store: duckdb.DuckDBPyConnection) -> dict[object, object]:
    return {row[0]: row[1] for row in rows(store, "select origin, outcome from documents")}


def test_batch_is_loaded_with_its_ledger_line(store: duckdb.DuckDBPyConnection) -> None:
    report = load(store, BatchTables.of([loaded("a"), refused("b")], [(refusal("pipe"), NOON)]))

    assert report.model_dump() == {
        "batch_id": "b1",
        "run_id": "r1",
        "status": "loaded",
        "reasons": (),
        "seen": 3,
        "loaded": 1,
        "duplicate": 0,
        "rejected": 2,
        "held": 0,
        "skipped": 0,
    }
    assert batch_report(store, "b1") == report
    assert counts(store) == (2, 1, 1, 2, 0, 1)


def test_same_batch_again_writes_nothing_and_gives_its_line(
    store: duckdb.DuckDBPyConnection,
) -> None:
    tables = BatchTables.of([loaded("a"), refused("b")], [(refusal("pipe"), NOON)])
    report, before = load(store, tables), counts(store)

    assert load(store, tables) == report
    assert counts(store) == before


def test_same_documents_in_another_batch_are_skipped(store: duckdb.DuckDBPyConnection) -> None:
    tables = BatchTables.of([loaded("a"), refused("b")], [(refusal("pipe"), NOON)])
    load(store, tables)
    before = face(store)

    report = load(store, tables, "b2", "r2")

    assert (report.seen, report.skipped) == (3, 3)
    assert face(store) == before


def test_failure_inside_the_transaction_leaves_nothing(store: duckdb.DuckDBPyConnection) -> None:
    tables = batch(loaded("a"))
    no_such_type = tables.evidence.set_column(7, "confidence", pa.array(["high"], pa.string()))

    with pytest.raises(duckdb.ConversionException):
        load(store, replace(tables, evidence=no_such_type))

    assert counts(store) == (0, 0, 0, 0, 0, 0)
    assert load(store, tables).loaded == 1


def test_copy_on_the_same_site_is_linked_to_its_article(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(loaded("a", "x.com", SAME), loaded("b", "x.com", SAME)))

    assert outcomes(store) == {"drop/a.txt": "loaded", "drop/b.txt": "duplicate"}
    assert rows(store, "select distinct article_id from documents") == rows(
        store, "select article_id from articles"
    )
    assert rows(store, "select count(*) from evidence") == [(2,)]
    assert rows(store, "select * from duplicates") == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(None, "x.com", id="first-unknown"),
        pytest.param("x.com", None, id="second-unknown"),
        pytest.param(None, None, id="both-unknown"),
    ],
)
def test_same_content_where_a_site_is_unknown_is_a_copy(
    store: duckdb.DuckDBPyConnection, first: str | None, second: str | None
) -> None:
    load(store, batch(loaded("a", first, SAME)), "b1")
    load(store, batch(loaded("b", second, SAME)), "b2")

    assert outcomes(store) == {"drop/a.txt": "loaded", "drop/b.txt": "duplicate"}


@pytest.mark.parametrize("together", [True, False], ids=["one-batch", "two-batches"])
@pytest.mark.parametrize(
    ("agency", "second"),
    [
        pytest.param(None, "duplicate", id="a-mirror-of-the-paper"),
        pytest.param("The Gazette", "loaded", id="two-papers-that-name-their-agency"),
    ],
)
def test_same_content_under_the_same_stated_publisher(
    store: duckdb.DuckDBPyConnection, agency: str | None, second: str, *, together: bool
) -> None:
    named = {"publisher": "The Gazette", "agency": agency}
    paper = (delivery("a"), article("a", SAME, "gazette.com").model_copy(update=named))
    mirror = (delivery("b"), article("b", SAME, "mirror.com").model_copy(update=named))
    for number, tables in enumerate(
        [batch(paper, mirror)] if together else [batch(paper), batch(mirror)]
    ):
        load(store, tables, f"b{number}")

    assert outcomes(store) == {"drop/a.txt": "loaded", "drop/b.txt": second}


@pytest.mark.parametrize("together", [True, False], ids=["one-batch", "two-batches"])
def test_same_content_at_two_known_sites_is_syndication(
    store: duckdb.DuckDBPyConnection, *, together: bool
) -> None:
    late = (delivery("a"), article("a", SAME, "x.com", MAY_2))
    early = (delivery("b"), article("b", SAME, "y.com", MAY_1))
    for number, tables in enumerate(
        [batch(late, early)] if together else [batch(late), batch(early)]
    ):
        load(store, tables, f"b{number}")

    content = sha256(f"A title\n{SAME}")
    first, canonical = article_id(content, "x.com"), article_id(content, "y.com")
    assert rows(store, "select * from duplicates") == [
        (first, canonical, "syndication", 1.0, 1.0, "same words")
    ]
    assert rows(store, "select * from stories") == [
        (canonical, canonical, 2, 2, MAY_1.replace(tzinfo=None), MAY_2.replace(tzinfo=None))
    ]
    assert sorted(rows(store, "select article_id, is_canonical from articles")) == sorted(
        [(first, False), (canonical, True)]
    )


def test_canonical_of_undated_articles_is_the_lowest_id(store: duckdb.DuckDBPyConnection) -> None:
    sites = ["x.com", "y.com", "z.com"]
    load(store, batch(*(loaded(site, site, SAME) for site in sites)))

    lowest = min(article_id(sha256(f"A title\n{SAME}"), site) for site in sites)
    assert rows(store, "select distinct canonical_article_id from duplicates") == [(lowest,)]
    assert rows(store, "select count(*) from duplicates") == [(2,)]


def test_bytes_met_at_a_second_place_are_a_sighting(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(loaded("a")))
    report = load(store, batch((delivery("a", "elsewhere", minute=5), None)), "b2")

    assert (report.seen, report.duplicate) == (1, 1)
    assert outcomes(store) == {"drop/a.txt": "loaded", "elsewhere": "duplicate"}
    assert rows(
        store, "select last_seen_at - first_seen_at = interval 5 minutes from articles"
    ) == [(True,)]


def test_refused_bytes_at_a_second_place_are_refused_there_too(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(store, batch(refused("a"), (delivery("a", "same batch"), None)))
    load(store, batch((delivery("a", "next batch"), None)), "b2")

    refusals = rows(store, "select origin, reason, rule from rejects order by origin")
    assert refusals == [
        ("drop/a.txt", "no_article", "no_body"),
        ("next batch", "no_article", "no_body"),
        ("same batch", "no_article", "no_body"),
    ]


def test_sighting_of_unknown_bytes_is_refused_aloud(store: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UnknownBytes, match="load the batch that read its bytes first"):
        load(store, batch((delivery("a"), None)))

    assert counts(store) == (0, 0, 0, 0, 0, 0)


def test_held_batch_keeps_its_documents_out_of_articles(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(loaded("a", body=SAME)))
    held = batch(loaded("b"), loaded("c", body=SAME), refused("d"))

    report = load(store, held, "b2", held_for=["share of titles 0.2 < 0.5"])

    assert (report.status, report.held, report.rejected) == ("held", 2, 1)
    assert report.reasons == ("share of titles 0.2 < 0.5",)
    assert rows(store, "select count(*) from articles") == [(1,)]
    assert rows(store, "select origin, article_id from documents where outcome = 'held'") == [
        ("drop/b.txt", None),
        ("drop/c.txt", None),
    ]


def test_known_documents_tells_pairs_from_bytes(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(loaded("a"), refused("b")))
    asked = [("a", "drop/a.txt"), ("z", "drop/z.txt"), ("b", "elsewhere")]
    pairs = pa.table(
        {"document_id": [sha256(p) for p, _ in asked], "origin": [o for _, o in asked]}
    )

    known = known_documents(store, pairs)

    assert known.select(["origin", "known_pair", "known_document", "outcome"]).to_pylist() == [
        {"origin": "drop/a.txt", "known_pair": True, "known_document": True, "outcome": "loaded"},
        {"origin": "drop/z.txt", "known_pair": False, "known_document": False, "outcome": None},
        {"origin": "elsewhere", "known_pair": False, "known_document": True, "outcome": "rejected"},
    ]


def test_relating_twice_changes_nothing(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(loaded("a"), refused("b")))
    sighted = (delivery("b", "elsewhere"), None)
    related = relate(store, batch(loaded("a"), loaded("c"), sighted))

    assert relate(store, related) == related


def test_batches_prepared_side_by_side_meet_in_the_load(store: duckdb.DuckDBPyConnection) -> None:
    one = relate(store, batch(loaded("a", body=SAME)))
    two = relate(store, batch(loaded("b", body=SAME)))

    load(store, one, "b1")

    assert load(store, two, "b2").duplicate == 1


def test_copy_becomes_the_article_when_the_audit_refuses_the_first(
    store: duckdb.DuckDBPyConnection,
) -> None:
    related = relate(store, batch(loaded("a", body=SAME), loaded("b", body=SAME)))

    load(store, related.refuse([rejection("a")], NOON))

    assert outcomes(store) == {"drop/a.txt": "rejected", "drop/b.txt": "loaded"}


def test_hostile_text_is_kept_as_it_is(store: duckdb.DuckDBPyConnection) -> None:
    hostile = "it's\"; drop table store.document; --\n\x1b[31m\x00\u202e$x ?"
    load(store, batch((delivery("a", hostile), article("a", hostile, title=hostile))))

    assert rows(store, "select origin from documents") == [(hostile,)]
    assert rows(store, "select title, body from articles") == [(hostile, hostile)]


def test_body_of_16_mib_is_loaded(store: duckdb.DuckDBPyConnection) -> None:
    body = "word " * (16 * 1024 * 1024 // 5)
    load(store, batch((delivery("a"), article("a", body))))

    assert rows(store, "select length(body), md5(body) from articles") == [
        (len(body), hashlib.md5(body.encode(), usedforsecurity=False).hexdigest())
    ]
