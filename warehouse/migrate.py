"""Bring a warehouse to the schema of this code, or say why that must not be.

Migrations are numbered files, applied once, in order, and never edited: their checksums are
kept. Views hold no data, so they are laid anew whenever their files change.
"""

import duckdb

from articles.errors import NewsmillError
from warehouse.sql import Script, scripts

LEDGER = """
create table if not exists store.migration (
    kind varchar,
    name varchar,
    checksum varchar,
    applied_at timestamp
)
"""


class UnknownSchema(NewsmillError):
    """The file's schema is not one this code made; the message says what to do."""


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Apply what is missing, each file in a transaction of its own.

    Nothing is written when the file is up to date. Raises UnknownSchema when a file that was
    applied has changed since, or when the database knows a migration that this code does not.
    """
    migrations, views = scripts("migrations"), scripts("views")
    applied = _applied(connection)
    _refuse_unknown(applied, migrations)
    pending = [s for s in migrations if (s.kind, s.name) not in applied]
    changed = [s for s in views if applied.get((s.kind, s.name)) != s.checksum]
    for script in pending:
        _apply(connection, [script])
    if pending or changed:
        _apply(connection, views)


def _applied(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    known = connection.execute(
        "select count(*) from duckdb_tables() where schema_name = 'store' "
        "and table_name = 'migration'"
    ).fetchone()
    if known is None or known[0] == 0:
        return {}
    rows = connection.execute("select kind, name, checksum from store.migration").fetchall()
    return {(kind, name): checksum for kind, name, checksum in rows}


def _refuse_unknown(applied: dict[tuple[str, str], str], migrations: list[Script]) -> None:
    ours = {script.name: script.checksum for script in migrations}
    for (kind, name), checksum in sorted(applied.items()):
        if kind != "migrations" or ours.get(name) == checksum:
            continue
        if name in ours:
            raise UnknownSchema(
                f"migration {name} was applied to this warehouse with other text: "
                "put the file back as it was and make the change in a new migration"
            )
        raise UnknownSchema(
            f"this warehouse has migration {name}, which this newsmill does not know: "
            "it was written by a newer version; update newsmill"
        )


def _apply(connection: duckdb.DuckDBPyConnection, batch: list[Script]) -> None:
    connection.execute("begin")
    try:
        connection.execute("create schema if not exists store")
        connection.execute(LEDGER)
        for script in batch:
            connection.execute(script.text)
            connection.execute(
                "delete from store.migration where kind = ? and name = ?",
                [script.kind, script.name],
            )
            connection.execute(
                "insert into store.migration values (?, ?, ?, make_timestamp(epoch_us(now())))",
                [script.kind, script.name, script.checksum],
            )
        connection.execute("commit")
    except duckdb.Error:
        connection.execute("rollback")
        raise
