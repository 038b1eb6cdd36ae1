"""Ask the published file: read-only, with nothing but that file within reach.

`articles.duckdb` holds text from strangers, and the question may come from anywhere: the
connection reads no other file, loads no extension, and its settings cannot be changed.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import IO

import duckdb

from articles.errors import NewsmillError
from articles.model import utc_text

Row = dict[str, object]
Json = str | int | float | bool | list["Json"] | dict[str, "Json"] | None


class NotPublished(NewsmillError):
    """There is no published file yet."""


class QueryFailed(NewsmillError):
    """DuckDB refused the question; the message is its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a question."""

    columns: tuple[str, ...]
    """Names, made unique: a second `title` is `title_2`."""
    tuples: tuple[tuple[object, ...], ...]

    def rows(self) -> list[Row]:
        """Return one dict a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.tuples]


@contextmanager
def connect(published: Path, memory_limit: str = "1GB") -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file for reading; other readers and the next publish are not disturbed.

    Raises NotPublished, QueryFailed.
    """
    if not published.exists():
        raise NotPublished(f"{published} is not there yet: run `newsmill ingest PATH` first")
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "enable_external_access": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,
    }
    try:
        connection = duckdb.connect(published, read_only=True, config=config)
    except duckdb.Error as error:
        raise QueryFailed(f"{published} cannot be read: {error}") from error
    try:
        connection.execute("set timezone = 'UTC'")
        connection.execute("set lock_configuration = true")
        yield connection
    finally:
        connection.close()


def ask(
    connection: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, object] | None = None
) -> Answer:
    """Return the result of `sql`, with `values` bound by name; empty for a statement without one.

    Raises QueryFailed.
    """
    try:
        result = connection.execute(sql, dict(values) if values else None)
        columns = tuple(column[0] for column in result.description or ())
        return Answer(_unique(columns), tuple(result.fetchall() if columns else ()))
    except duckdb.Error as error:
        raise QueryFailed(str(error)) from error


def as_json(value: object) -> Json:
    """Return a value of a result as JSON has it: times in ISO 8601 UTC, the odd ones as text.

    The warehouse's times are UTC without a zone, so a time without a zone is read as UTC.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if isfinite(value) else str(value)
        case datetime():
            return utc_text(value if value.tzinfo else value.replace(tzinfo=UTC))
        case date() | time():
            return value.isoformat()
        case list() | tuple():
            return [as_json(part) for part in value]
        case dict():
            return {str(key): as_json(part) for key, part in value.items()}
        case bytes():
            return value.hex()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case _:  # intervals, UUIDs
            return str(value)


def spreadsheet_cell(value: object) -> Json:
    """Return a value as CSV has it: no spreadsheet runs it as a formula, whatever a page says."""
    told = as_json(value)
    match told:
        case str() if told.startswith(("=", "+", "-", "@", "\t", "\r")):
            return "'" + told
        case list() | dict():
            return json.dumps(told, ensure_ascii=False)
        case _:
            return told


def write_csv(file: IO[str], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write rows under a header, as `spreadsheet_cell` has the cells; return how many they were.

    Lines end in LF alone, as those of duckdb do: `cut` and the like took the CR of RFC 4180 for a
    part of the last column. `file` is open without translation of newlines.
    """
    writer = csv.writer(_UnixLines(file))
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([spreadsheet_cell(cell) for cell in row])
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class _UnixLines:
    """Ends the rows of a CSV writer in LF; told to do so itself, it would not quote a CR."""

    file: IO[str]

    def write(self, row: str) -> int:
        return self.file.write(row.removesuffix("\r\n") + "\n")


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    unique: list[str] = []
    for name in names:
        number, free = 1, name
        while free in unique:
            number += 1
            free = f"{name}_{number}"
        unique.append(free)
    return tuple(unique)
