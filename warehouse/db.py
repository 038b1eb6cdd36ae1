"""Open the warehouse: one writer at a time, a locked configuration, errors that say what to do.

`warehouse.duckdb` belongs to the ingest alone; analysts read the published copy (`query.py`).
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from articles.errors import NewsmillError
from warehouse import migrate

Connection = duckdb.DuckDBPyConnection
"""What the other folders call an open warehouse: DuckDB itself lives here alone."""

STORAGE_VERSION = "v1.5.0"  # the newest format that both duckdb 1.5 and 2.0 read and write
CHECKPOINT_THRESHOLD = "4GB"  # never reached in a run: `checkpoint` is called once, at its end
ROWS_BY_PLACE = 5_000  # whose places in a table are known, read without what stands between them
HOLDER = re.compile(r"\(PID (\d{1,10})\)")
FULL = ("No space left on device", "Disk quota exceeded", "File too large")
LOCKED = ("Could not set lock", "different configuration than existing")
FOREIGN = ("not a valid DuckDB", "newer version", "older version", "cannot be read by")


class WarehouseLocked(NewsmillError):
    """Another process holds the warehouse; the message names it. Try again when it is done."""


class DiskFull(NewsmillError):
    """The disk took no more; nothing of the transaction under way was kept."""


@contextmanager
def connect(
    path: Path, memory_limit: str = "1GB", threads: int = 1
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open `path` for writing, made and migrated if need be, and close it afterwards.

    `memory_limit` is DuckDB's, such as `1GB`; a second thread makes a load no faster and costs
    a third more CPU. Nothing is checkpointed on close: what is
    committed stands in the write-ahead log until `checkpoint`. Opening replays that log
    (about 4 ms CPU a MB), so a run of many batches keeps one connection open.

    Raises WarehouseLocked, `migrate.UnknownSchema`, DiskFull.
    """
    with disk_checked(path):
        if not path.exists():
            _create(path)
        connection = _open(path, memory_limit, threads)
        try:
            migrate.migrate(connection)
            connection.execute("set lock_configuration = true")
            yield connection
        finally:
            connection.close()


def checkpoint(connection: duckdb.DuckDBPyConnection) -> None:
    """Move the write-ahead log into the file: once, at the end of a run."""
    connection.execute("checkpoint")


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keep everything that the block writes, or nothing of it."""
    connection.execute("begin")
    kept = False
    try:
        yield
        connection.execute("commit")
        kept = True
    finally:
        if not kept:
            with suppress(duckdb.Error):  # the failure may have ended the transaction already
                connection.execute("rollback")


@contextmanager
def disk_checked(path: Path) -> Iterator[None]:
    """Turn DuckDB's word for a full disk into DiskFull, with the place and the next step."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        if any(words in str(error) for words in FULL):
            raise DiskFull(
                f"no room to write {path}: free space on that disk and run again; "
                "the open transaction was rolled back"
            ) from error
        raise


def _create(path: Path) -> None:
    """Make an empty database in the common storage format; a kill leaves no half file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    with duckdb.connect() as memory:
        quoted = str(fresh).replace("'", "''")  # attach binds no parameters
        memory.execute(f"attach '{quoted}' as fresh (storage_version '{STORAGE_VERSION}')")
        memory.execute("detach fresh")
    fresh.replace(path)


def _open(path: Path, memory_limit: str, threads: int) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(
            path,
            config={
                "memory_limit": memory_limit,
                "threads": threads,
                "checkpoint_threshold": CHECKPOINT_THRESHOLD,
                "dynamic_or_filter_threshold": ROWS_BY_PLACE,
                "enable_external_access": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "python_enable_replacements": False,
            },
        )
    except (duckdb.IOException, duckdb.ConnectionException, duckdb.SerializationException) as error:
        raise _named(path, error) from error
    connection.execute("pragma disable_checkpoint_on_shutdown")
    return connection


def _named(path: Path, error: duckdb.Error) -> Exception:
    text = str(error)
    if any(words in text for words in LOCKED):
        holder = HOLDER.search(text)
        who = f"process {holder[1]}" if holder else "this process, with other settings,"
        return WarehouseLocked(f"{who} holds {path}: wait for its run to end, then run again")
    if any(words in text for words in FOREIGN):
        return migrate.UnknownSchema(
            f"{path} cannot be opened by duckdb {duckdb.__version__}: {text.splitlines()[0]}; "
            "move it away to start a new warehouse, or install the version that wrote it"
        )
    return error
