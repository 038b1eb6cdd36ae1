"""How much smaller does the database of the home's Prefect server get?"""

import sqlite3
from contextlib import closing
from pathlib import Path

from articles.model import Frozen

PATIENCE = 60.0  # seconds to wait for the server's writers
ROOM = 2  # times its size: SQLite writes a whole copy, and its log


class Vacuumed(Frozen):
    """What came of it."""

    before: int
    """Bytes."""
    after: int
    problem: str | None = None
    """Why it was left as it was."""


def vacuum(database: Path, free: int) -> Vacuumed | None:
    """Give the free pages of the server's SQLite file back; None where there is no such file.

    The server may go on: its writers wait meanwhile. `free` is the room on the disk, in bytes;
    without enough of it, or with the database in use for too long, nothing is done.
    """
    if not database.exists():
        return None
    before = _bytes(database)
    if free < ROOM * before:
        told = f"{free / 2**20:,.0f} MiB free are too few for a copy"
        return Vacuumed(before=before, after=before, problem=told)
    with closing(sqlite3.connect(database, timeout=PATIENCE, isolation_level=None)) as connection:
        try:
            connection.execute("vacuum")
            connection.execute("pragma wal_checkpoint(truncate)")
        except sqlite3.OperationalError as busy:
            return Vacuumed(before=before, after=before, problem=str(busy))
    return Vacuumed(before=before, after=_bytes(database))


def _bytes(database: Path) -> int:
    """Return the size of the database with its write-ahead log."""
    log = database.with_name(f"{database.name}-wal")
    return database.stat().st_size + (log.stat().st_size if log.exists() else 0)
