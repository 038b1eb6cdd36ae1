"""Reading the published file: answers, refusals, and looking one input up."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.given import (
    NOON,
    article,
    batch,
    delivery,
    load,
    loaded,
    refusal,
    refused,
    rows,
    sha256,
)
from warehouse import db, lookup, quarantine, query
from warehouse.batch import BatchTables
from warehouse.publish import publish
from warehouse.query import NotPublished, QueryFailed, as_json, ask


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("published")
    with db.connect(folder / "warehouse.duckdb") as store:
        first = [loaded("a", "x.com", "Same."), loaded("b", "y.com", "Same."), refused("c")]
        load(store, BatchTables.of(first, [(refusal("pipe"), NOON)]))
        load(store, batch((delivery("c", "else\x1b[31m"), None), loaded("d")), "b2", "r2")
    publish(folder / "warehouse.duckdb", folder / "articles.duckdb")
    with query.connect(folder / "articles.duckdb") as connection:
        yield connection


def test_answer_is_rows_as_dicts(reader: duckdb.DuckDBPyConnection) -> None:
    answer = ask(reader, "select 1 as a, 2 as a, $x as b", {"x": "it's"})

    assert answer.rows() == [{"a": 1, "a_2": 2, "b": "it's"}]


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("selec 1", id="no-sql"),
        pytest.param("delete from store.document", id="write"),
        pytest.param("select * from read_text('/etc/hostname')", id="read-a-file"),
        pytest.param("select * from '/etc/hostname.csv'", id="scan-a-file"),
        pytest.param("copy articles to 'x.csv'", id="copy"),
        pytest.param("attach 'x.duckdb'", id="attach"),
        pytest.param("install httpfs", id="install"),
        pytest.param("set enable_external_access = true", id="unlock"),
        pytest.param("reset lock_configuration", id="unlock-the-lock"),
    ],
)
def test_question_reaches_nothing_but_the_file(reader: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(QueryFailed):
        ask(reader, sql)


def test_python_variables_are_out_of_reach(reader: duckdb.DuckDBPyConnection) -> None:
    secret = duckdb.sql("select 1 as x")

    with pytest.raises(QueryFailed):
        ask(reader, "select * from secret")
    assert secret is not None


def test_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with (
        pytest.raises(NotPublished, match="newsmill ingest"),
        query.connect(tmp_path / "no.duckdb"),
    ):
        pass


@pytest.mark.parametrize(
    ("value", "json"),
    [
        pytest.param(
            datetime.fromisoformat("2026-05-01T03:06"), "2026-05-01T03:06:00Z", id="warehouse-time"
        ),
        pytest.param(
            datetime(2026, 5, 1, 3, tzinfo=timezone(timedelta(hours=2))),
            "2026-05-01T01:00:00Z",
            id="zoned-time",
        ),
        pytest.param(datetime(2026, 5, 1, tzinfo=UTC).date(), "2026-05-01", id="day"),
        pytest.param([1, None, {"a": (True,)}], [1, None, {"a": [True]}], id="nested"),
        pytest.param(Decimal("2.50"), 2.5, id="decimal"),
        pytest.param(Decimal("2.00"), 2, id="whole-decimal"),
        pytest.param(float("nan"), "nan", id="nan"),
        pytest.param(b"\x00\xff", "00ff", id="bytes"),
        pytest.param(timedelta(minutes=5), "0:05:00", id="interval"),
    ],
)
def test_value_as_json(value: object, json: object) -> None:
    assert as_json(value) == json


def test_quarantine_counts_by_reason(reader: duckdb.DuckDBPyConnection) -> None:
    counted = quarantine.by_reason(reader)

    assert [(line.stage, line.reason, line.inputs) for line in counted] == [
        ("extract", "no_article", 2),
        ("drop", "not_regular", 1),
    ]
    assert quarantine.by_reason(reader, status="waived") == []
    assert [line.inputs for line in quarantine.by_reason(reader, run_id="r2")] == [1]


def test_quarantine_lists_and_shows_refusals(reader: duckdb.DuckDBPyConnection) -> None:
    def origins(**chosen: str) -> list[str]:
        return [r.origin for r in quarantine.refusals(reader, quarantine.Choice(**chosen))]

    assert len(quarantine.refusals(reader, quarantine.Choice(), "open", limit=2)) == 2
    assert origins(reason="not_regular") == ["pipe"]
    [refusal] = quarantine.refusals(reader, quarantine.Choice(sought="drop/c.txt"))
    assert refusal.archive_file == "a.warc.gz"
    assert len(origins(sought=sha256("c")[:8])) == 2
    assert origins(sought=sha256("c")[:7]) == []


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(sha256("a"), id="document-id"),
        pytest.param(sha256("a")[:10].upper(), id="beginning-of-it"),
        pytest.param("drop/a.txt", id="origin"),
    ],
)
def test_document_is_found(reader: duckdb.DuckDBPyConnection, key: str) -> None:
    assert lookup.document_ids(reader, key) == [sha256("a")]


def test_document_is_found_by_its_article_and_address(store: duckdb.DuckDBPyConnection) -> None:
    page = article("a").model_copy(update={"canonical_url": "https://x.com/a"})
    load(store, batch((delivery("a"), page)))
    ((article_id,),) = rows(store, "select article_id from articles")

    assert lookup.document_ids(store, "https://x.com/a") == [sha256("a")]
    assert lookup.document_ids(store, str(article_id)) == [sha256("a")]
    assert lookup.document_ids(store, "https://x.com") == []


def test_dossier_has_the_rows_of_every_table(reader: duckdb.DuckDBPyConnection) -> None:
    found = lookup.dossier(reader, sha256("a"))

    assert [row["origin"] for row in found.documents] == ["drop/a.txt"]
    assert [row["title"] for row in found.articles] == ["A title"]
    assert [row["rule"] for row in found.evidence] == ["h1"]
    assert (found.rejects, len(found.duplicates)) == ([], 1)


def test_dossier_of_a_refused_document(reader: duckdb.DuckDBPyConnection) -> None:
    found = lookup.dossier(reader, sha256("c"))

    assert [row["outcome"] for row in found.documents] == ["rejected", "rejected"]
    assert [row["reason"] for row in found.rejects] == ["no_article", "no_article"]
    assert (found.articles, found.evidence, found.duplicates) == ([], [], [])
