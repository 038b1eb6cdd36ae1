"""`newsmill export`: the published tables as files."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.application import app
from flows.cli.terminal import console, table
from flows.settings import Settings


class FileFormat(StrEnum):
    """What the files are; the value is their suffix."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"


@app.command(epilog="Example: newsmill export /srv/news articles stories --format parquet")
def export(
    folder: Annotated[Path, typer.Argument(help="Where the files go; made if need be.")],
    tables: Annotated[
        list[str] | None, typer.Argument(help="Published tables; all of them if none is named.")
    ] = None,
    *,
    form: Annotated[
        FileFormat, typer.Option("--format", help="parquet, csv or jsonl.")
    ] = FileFormat.PARQUET,
) -> None:
    """Write published tables as files, one a table; a file that is there is replaced."""
    from warehouse.export import export as write
    from warehouse.export import published
    from warehouse.query import connect

    folder.mkdir(parents=True, exist_ok=True)
    with connect(Settings().articles) as connection:
        written = [
            (path, write(connection, name, path))
            for name in tables or published(connection)
            for path in [folder / f"{name}.{form}"]
        ]
    console().print(table(("file", "rows"), written))
