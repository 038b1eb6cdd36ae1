"""Hand published tables on as files: Parquet, CSV or JSON lines."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from articles.errors import NewsmillError
from warehouse.query import Row, as_json, ask, write_csv

ROWS = 10_000
"""In memory at once."""
PUBLISHED = (
    "select table_name from information_schema.tables where table_schema = 'main' order by all"
)


class NoSuchTable(NewsmillError):
    """The snapshot has no table of that name; the message says which it has."""


def published(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the names of all published tables."""
    return [str(name) for (name,) in ask(connection, PUBLISHED).tuples]


def export(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> int:
    """Write a published table to `path`, in the format of its suffix; return its rows.

    A file that is there is replaced once the new one is whole. Times are UTC, and say so in
    Parquet and JSON lines. Raises NoSuchTable.
    """
    if name not in published(connection):
        known = ", ".join(published(connection))
        raise NoSuchTable(f"there is no table {name}: the published ones are {known}")
    rows = connection.table(name).to_arrow_reader(ROWS)
    part = path.with_name(f".{path.name}.part")
    count = WRITERS[path.suffix](rows, part)
    part.replace(path)
    return count


def _parquet(rows: pa.RecordBatchReader, path: Path) -> int:
    schema = pa.schema([_in_utc(column) for column in rows.schema])
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in rows:
            writer.write_batch(batch.cast(schema))
            count += batch.num_rows
    return count


def _in_utc(column: pa.Field) -> pa.Field:
    """Return the column with its zone: the warehouse's times are UTC and don't name it."""
    if pa.types.is_timestamp(column.type) and column.type.tz is None:
        return column.with_type(pa.timestamp(column.type.unit, tz="UTC"))
    return column


def _csv(rows: pa.RecordBatchReader, path: Path) -> int:
    with path.open("w", newline="", encoding="utf-8") as file:
        return write_csv(file, rows.schema.names, (list(row.values()) for row in _dicts(rows)))


def _jsonl(rows: pa.RecordBatchReader, path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in _dicts(rows):
            told = {name: as_json(cell) for name, cell in row.items()}
            file.write(json.dumps(told, ensure_ascii=False) + "\n")
            count += 1
    return count


def _dicts(rows: pa.RecordBatchReader) -> Iterator[Row]:
    for batch in rows:
        yield from batch.to_pylist(maps_as_pydicts="strict")


WRITERS: dict[str, Callable[[pa.RecordBatchReader, Path], int]] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".jsonl": _jsonl,
}
"""By suffix of the file."""
