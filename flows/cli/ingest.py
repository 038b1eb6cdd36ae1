"""`newsmill ingest`: mill a drop into the warehouse, through the Prefect flow."""

from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.application import app
from flows.cli.server import connected
from flows.cli.terminal import console, print_places, program, shown, table
from flows.ingest.drop import must_exist
from flows.settings import Settings
from flows.stated import stated

if TYPE_CHECKING:
    from flows.ingest.summary import IngestReport
    from flows.server.address import ServerAddress
    from warehouse.runs import Line

COLOURS = {"loaded": "green", "duplicate": "cyan", "rejected": "red", "held": "yellow"}
TOLD_WIDTH = 90
QUESTION = '"select title, published_at, publisher from articles limit 5"'
NOT_ALL_LOADED = 3
"""Exit code with --strict when documents were refused or held."""


@app.command(epilog="Example: newsmill ingest samples/ && newsmill sql 'select * from stories'")
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders to mill.")],
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 3 if a document was refused or held.")
    ] = False,
) -> None:
    """Mill files into the warehouse and publish it for queries."""
    must_exist(paths)
    settings = Settings()
    address = connected(settings)
    from flows.ingest.flow import ingest as flow

    report = flow(paths)
    _summary(settings, report, address)
    if strict and (report.counts.rejected or report.counts.held):
        raise typer.Exit(NOT_ALL_LOADED)


def _summary(settings: Settings, report: "IngestReport", address: "ServerAddress") -> None:
    out = console()
    if report.documents:
        columns = ("outcome", "document", "title, or the reason of refusal", "date", "publisher")
        out.print(table(columns, map(_row, report.documents)))
        out.print()
    out.print(shown(_sentence(report), "bold"))
    out.print(shown(report.counts))
    for reason in report.held_because:
        out.print(shown(f"held: {reason}", "yellow"))
    places = {
        "database": settings.articles,
        "ask it": f"{program()} sql {QUESTION}",
        "explain": f"{program()} explain FILE",
        "audit": report.audit_page,
        "this run": address.login_url(address.run_url(report.flow_run_id)),
    }
    print_places(places)


def _row(line: "Line") -> tuple[object, ...]:
    told = line.title if line.reason is None else f"{line.reason}: {line.detail}"
    told = None if told is None else shorten(told, TOLD_WIDTH, placeholder=" …")
    date = stated(line.published_at, line.published_precision)
    return shown(line.outcome, COLOURS[line.outcome]), line.origin, told, date, line.publisher


def _sentence(report: "IngestReport") -> str:
    counts = report.counts
    if counts.seen == counts.skipped:
        return "Nothing new: every document of this drop is in the warehouse already."
    if counts.held:
        return "A batch is held: it is stored, and not published until someone looks."
    return f"{counts.loaded} new articles."
