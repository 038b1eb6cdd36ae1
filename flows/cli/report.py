"""`newsmill report`: what a run brought, in a terminal; the Prefect UI shows it as artifacts."""

from typing import Annotated

import typer

from articles.errors import NewsmillError
from articles.model import Outcome, Reason
from flows.cli.application import app
from flows.cli.terminal import console, shown, table
from flows.remedies import REMEDY
from flows.reports import balance
from flows.settings import Settings


class NoSuchRun(NewsmillError):
    """No run has the id that was asked for, or there was none yet."""


@app.command(epilog="Example: newsmill report")
def report(
    run: Annotated[
        str | None,
        typer.Argument(help="Begins a run_id, or the id of a run in the UI; else the last run."),
    ] = None,
) -> None:
    """Show a run's ledger, what each source brought, and what was refused, with what to do."""
    from warehouse.quarantine import by_reason
    from warehouse.query import ask, connect
    from warehouse.sql import statement

    with connect(Settings().articles) as connection:
        runs = ask(connection, statement("sought_run"), {"sought": run}).rows()
        if not runs:
            raise NoSuchRun(f"no run is called {run}: `newsmill sql 'from runs'` lists them")
        [one] = runs
        sources = ask(connection, statement("sources_of_run"), {"run_id": one["run_id"]})
        refused = by_reason(connection, str(one["run_id"]), status=None)
    counts = {outcome: int(str(one[outcome])) for outcome in Outcome}
    out = console()
    ended = f"{one['ended_at']:%H:%M:%S}" if one["ended_at"] else "still going"
    out.print(shown(f"{one['flow']} {one['run_id']}, {one['status']}", "bold"))
    out.print(shown(f"{one['started_at']:%Y-%m-%d %H:%M:%S} to {ended} UTC"))
    out.print(shown(balance(int(str(one["seen"])), counts)))
    if sources.tuples:
        out.print()
        out.print(table(sources.columns, sources.tuples))
    if refused:
        out.print(shown("\nRefused", "bold"))
        rows = [
            (each.inputs, each.stage, each.reason, each.example, REMEDY[Reason(each.reason)])
            for each in refused
        ]
        out.print(table(("inputs", "stage", "reason", "for example", "what to do"), rows))
    if counts[Outcome.HELD]:
        out.print(shown("\nA batch is held: `newsmill quarantine list` says why", "yellow"))
