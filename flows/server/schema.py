"""How does a new home get its Prefect database in a moment?

Prefect builds one by 114 migrations, 12 CPU seconds each time. Their outcome for the locked version
lies beside this file as SQL; any other version, or a database that exists, is left to Prefect,
which checks the revision at every start. `python -m flows.server.schema` writes the SQL anew.
"""

import asyncio
import os
import sqlite3
import tempfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

DATABASE = "prefect.db"  # Prefect's own name for it
DATABASE_URL = "PREFECT_SERVER_DATABASE_CONNECTION_URL"


def snapshot() -> Path:
    """Return where the schema of the installed Prefect lies; it need not exist."""
    return Path(__file__).with_name(f"prefect-{version('prefect')}.sql")


def prepare_database(folder: Path) -> None:
    """Give `folder` an empty Prefect database, unless it has one or no snapshot fits."""
    database = folder / DATABASE
    if database.exists() or not snapshot().exists():
        return
    draft = folder / f".{DATABASE}.{os.getpid()}"
    with closing(sqlite3.connect(draft)) as connection:
        connection.executescript(snapshot().read_text(encoding="utf-8"))
    draft.replace(database)


def migrated_schema() -> str:
    """Return the SQL of a database that Prefect's own migrations built. Takes 15 CPU seconds."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / DATABASE
        os.environ |= {"PREFECT_HOME": folder, DATABASE_URL: f"sqlite+aiosqlite:///{database}"}
        from prefect.server.database import provide_database_interface

        asyncio.run(provide_database_interface().create_db())
        with closing(sqlite3.connect(database)) as connection:
            return "\n".join([*connection.iterdump(), ""])


if __name__ == "__main__":
    snapshot().write_text(migrated_schema(), encoding="utf-8")
