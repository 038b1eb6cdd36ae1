"""`newsmill replay`: read the archive again with today's code."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.application import DAY, app
from flows.cli.server import connected
from flows.cli.terminal import console, shown, table
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.replay.report import ReplayReport


@app.command(epilog="Example: newsmill replay --from 2026-03-01 --dry-run")
def replay(
    *,
    source: Annotated[str | None, typer.Option(help="Only documents of this source.")] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, help="Met on this UTC day or later.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=DAY, help="Met on this UTC day or earlier.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option(help="Only refused documents, and those with this reason.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Report what would change, and change nothing.")
    ] = False,
) -> None:
    """Read archived documents again; new versions are made only where the cleaned text changed."""
    settings = Settings()
    days = [None if day is None else day.date() for day in (first, last)]
    if dry_run:
        from flows.replay.replay import dry_run as compared
        from warehouse.replay import Scope

        scope = Scope(source=source, from_day=days[0], to_day=days[1], reason=reason)
        _show(compared(settings, scope))
        return
    connected(settings)
    from flows.replay.flow import replay as flow

    _show(flow(source, days[0], days[1], reason, dry_run=False))


def _show(report: "ReplayReport") -> None:
    from flows.replay.showing import sentence

    out = console()
    rows = [
        (each.field, each.articles, sample.origin, sample.before, sample.after)
        for each in report.fields
        for sample in each.samples[:2]
    ]
    if rows:
        out.print(table(("field", "articles", "for example", "before", "after"), rows))
        out.print()
    for sample in report.refused_samples:
        out.print(shown(f"kept, though refused today: {sample.origin}: {sample.after}", "yellow"))
    for damage in report.damaged:
        out.print(shown(damage, "red"))
    if report.golden is not None:
        golden = report.golden
        out.print(shown(f"golden cases: {golden.right} of {golden.cases} right in every fact"))
    out.print(shown(sentence(report), "bold"))
