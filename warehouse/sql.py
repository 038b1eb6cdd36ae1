"""Find the SQL that this package brings: a file with a name, a grain and a reason each."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources

import duckdb
import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Script:
    """One SQL file of the schema."""

    kind: str
    """The folder: `migrations` or `views`."""
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """sha256 of the text, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def scripts(kind: str) -> list[Script]:
    """Return the SQL files of the folder `kind`, by name."""
    folder = resources.files("warehouse") / kind
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return [Script(kind, file.name, file.read_text(encoding="utf-8")) for file in files]


@cache
def statement(name: str) -> str:
    """Return the SQL of `statements/<name>.sql`; its `$names` are to be bound."""
    file = resources.files("warehouse") / "statements" / f"{name}.sql"
    return file.read_text(encoding="utf-8")


def over(connection: duckdb.DuckDBPyConnection, name: str, view: str, rows: pa.Table) -> pa.Table:
    """Run `statements/<name>.sql` over `rows`, which it reads as `view` with their place."""
    numbered = rows.append_column("place", pa.array(range(rows.num_rows), pa.int64()))
    with views(connection, **{view: numbered}):
        return connection.sql(statement(name)).to_arrow_table()


@contextmanager
def views(connection: duckdb.DuckDBPyConnection, **tables: pa.Table) -> Iterator[None]:
    """Let the statements of the block read Arrow tables by name.

    After a failure they are left to the rollback that follows, which takes them away.
    """
    for name, table in tables.items():
        connection.register(name, table)
    yield
    for name in tables:
        connection.unregister(name)
