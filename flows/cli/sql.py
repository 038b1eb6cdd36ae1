"""`newsmill sql`: ask the published snapshot."""

import csv
import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from flows.cli.application import app
from flows.cli.terminal import console, table
from flows.settings import Settings


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@app.command(
    epilog="Example: newsmill sql --format json 'select title, published_at from articles limit 5'"
)
def sql(
    query: Annotated[str, typer.Argument(help="One SQL statement over the published tables.")],
    *,
    form: Annotated[
        Format, typer.Option("--format", help="table, json (one array) or csv.")
    ] = Format.TABLE,
) -> None:
    """Run SQL over the published snapshot, read only; times are UTC."""
    from warehouse.query import as_json, ask, connect

    with connect(Settings().articles) as connection:
        answer = ask(connection, query)
    match form:
        case Format.TABLE:
            console().print(table(answer.columns, answer.tuples))
        case Format.JSON:
            rows = [{name: as_json(cell) for name, cell in row.items()} for row in answer.rows()]
            sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        case Format.CSV:
            writer = csv.writer(sys.stdout)
            writer.writerow(answer.columns)
            writer.writerows([_csv_cell(as_json(cell)) for cell in row] for row in answer.tuples)


def _csv_cell(cell: object) -> object:
    """Return a cell that no spreadsheet runs as a formula, whatever a page put into it."""
    match cell:
        case str() if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
            return "'" + cell
        case list() | dict():
            return json.dumps(cell, ensure_ascii=False)
        case _:
            return cell
