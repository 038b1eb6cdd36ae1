"""How are rows printed: for a person, for a program, for a spreadsheet?"""

import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated

import typer

from flows.cli.terminal import console, table


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


Form = Annotated[Format, typer.Option("--format", help="table, json (one array) or csv.")]


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[object]], form: Format) -> None:
    """Print rows to standard output, with nothing else in JSON and CSV."""
    from warehouse.query import as_json, write_csv

    match form:
        case Format.TABLE:
            console().print(table(columns, rows))
        case Format.JSON:
            cells = ([as_json(cell) for cell in row] for row in rows)
            objects = [dict(zip(columns, row, strict=True)) for row in cells]
            sys.stdout.write(json.dumps(objects, ensure_ascii=False) + "\n")
        case Format.CSV:
            write_csv(sys.stdout, columns, rows)
