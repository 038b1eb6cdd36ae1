"""Which segments of the archive were held against their digests, and when?"""

from datetime import datetime

import duckdb

from articles.model import Frozen
from warehouse.batch import utc


class Checked(Frozen):
    """One segment of the archive, read whole."""

    archive_file: str
    bytes: int
    documents: int
    problem: str | None
    """In words; None when every record is what was stored."""


def referred_files(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the segments in which the warehouse looks for bytes."""
    rows = connection.execute(
        "select distinct archive_file from store.document where archive_file is not null"
    ).fetchall()
    return {file for (file,) in rows}


def referred_offsets(connection: duckdb.DuckDBPyConnection, file: str) -> dict[int, str]:
    """Return where in a segment the warehouse looks, and which document_id it expects there."""
    rows = connection.execute(
        "select distinct archive_offset, document_id from store.document where archive_file = ?",
        [file],
    ).fetchall()
    return dict(rows)


def checked_at(connection: duckdb.DuckDBPyConnection) -> dict[str, datetime]:
    """Return when each segment was checked last; UTC, without a zone."""
    rows = connection.execute("select archive_file, checked_at from store.archive_check").fetchall()
    return dict(rows)


def keep(connection: duckdb.DuckDBPyConnection, checked: Checked, at: datetime) -> None:
    """Note what came of checking a segment, in the place of what came of it before."""
    connection.execute(
        "delete from store.archive_check where archive_file = ?", [checked.archive_file]
    )
    connection.execute(
        "insert into store.archive_check values (?, ?, ?, ?, ?)",
        [*checked.model_dump().values(), utc(at)],
    )
