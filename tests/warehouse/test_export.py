"""Facts about published tables that are handed on as files."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.warehouse.given import article, batch, delivery, load
from warehouse import db, query
from warehouse.export import NoSuchTable, export, published
from warehouse.ledger import start_run

AT = datetime(2026, 3, 1, 8, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("export") / "articles.duckdb"
    with db.connect(path) as store:
        told = article("a", "Line one.\nLine “two”, 地震.", "x.com", AT, "=HYPERLINK(1)")
        start_run(store, "r1", flow="ingest", started_at=AT, versions={"duckdb": "1.5.5"})
        load(store, batch((delivery("a"), told), (delivery("b"), article("b"))))
        db.checkpoint(store)
    with query.connect(path) as connection:
        yield connection


def test_every_published_table_becomes_a_file(
    snapshot: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    for name in published(snapshot):
        for suffix in (".parquet", ".csv", ".jsonl"):
            path = tmp_path / f"{name}{suffix}"
            [(rows,)] = query.ask(snapshot, f"select count(*) from {name}").tuples
            assert export(snapshot, name, path) == rows
            assert path.exists()
    assert {path.name for path in tmp_path.glob(".*")} == set()


def test_parquet_keeps_types_and_says_that_times_are_utc(
    snapshot: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    export(snapshot, "articles", tmp_path / "articles.parquet")

    first, second = pq.read_table(tmp_path / "articles.parquet").to_pylist()
    row, other = sorted((first, second), key=lambda each: each["published_at"] is None)
    assert row["published_at"] == AT
    assert row["authors"] == ["Ada Bell", "Cy Dunn"]
    assert other["published_at"] is None


@pytest.mark.parametrize("name", ["articles", "runs"])
def test_json_lines_are_what_sql_prints(
    snapshot: duckdb.DuckDBPyConnection, tmp_path: Path, name: str
) -> None:
    export(snapshot, name, tmp_path / "rows.jsonl")
    rows = query.ask(snapshot, f"from {name}").rows()

    lines = (tmp_path / "rows.jsonl").read_text("utf-8").splitlines()
    assert lines
    assert [json.loads(line) for line in lines] == [
        {name: query.as_json(cell) for name, cell in row.items()} for row in rows
    ]


def test_no_cell_of_a_csv_is_a_formula(snapshot: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    export(snapshot, "articles", tmp_path / "articles.csv")

    with (tmp_path / "articles.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["title"] for row in rows} == {"'=HYPERLINK(1)", "A title"}
    assert "Line one.\nLine “two”, 地震." in {row["body"] for row in rows}


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_cell_that_a_spreadsheet_would_run_is_text(first: str) -> None:
    assert query.spreadsheet_cell(f"{first}1+1") == f"'{first}1+1"
    assert query.spreadsheet_cell(f"1{first}1") == f"1{first}1"


def test_lines_of_a_csv_end_as_unix_tools_expect(tmp_path: Path) -> None:
    with (tmp_path / "rows.csv").open("w", newline="", encoding="utf-8") as file:
        assert query.write_csv(file, ("origin", "lines"), [("a\rb", 1), ("c\r\nd", 2)]) == 2

    assert (tmp_path / "rows.csv").read_bytes() == b'origin,lines\n"a\rb",1\n"c\r\nd",2\n'


def test_unknown_table_is_told_which_there_are(
    snapshot: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with pytest.raises(NoSuchTable, match=r"no table store\.document: the published ones are art"):
        export(snapshot, "store.document", tmp_path / "x.csv")
