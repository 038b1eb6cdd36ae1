"""`newsmill crawl`: fetch sources and mill what they publish, through the Prefect flow."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.application import app
from flows.cli.server import connected
from flows.cli.terminal import console, print_places, program, shown
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.crawl.summary import CrawlReport
    from flows.server.address import ServerAddress

QUESTION = '"select source, day, listed, loaded from completeness limit 5"'


@app.command(epilog="Example: newsmill crawl bbc guardian --minutes 10")
def crawl(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Ids of sources; none means every enabled one.")
    ] = None,
    *,
    minutes: Annotated[
        float, typer.Option(min=0.05, help="Fetch nothing new after so long; the rest waits.")
    ] = 60.0,
    due_only: Annotated[
        bool,
        typer.Option("--due-only", help="Only listings and known pages whose time has come."),
    ] = False,
    revisit_all: Annotated[
        bool,
        typer.Option("--revisit-all", help="Also visit known pages that are old enough to rest."),
    ] = False,
) -> None:
    """Fetch what sources publish and mill it while the crawl goes on."""
    from spiders.order import Again, grouped
    from spiders.source_files import chosen

    settings = Settings()
    grouped(chosen(settings.sources, sources or []))  # a wrong file is told at once
    address = connected(settings)
    from flows.crawl.flow import crawl as flow

    again = Again.ALL if revisit_all else Again.DUE if due_only else Again.YOUNG
    for report in flow(sources or [], minutes=minutes, due_only=due_only, revisit=again):
        _summary(settings, report, address)


def _summary(settings: Settings, report: "CrawlReport", address: "ServerAddress") -> None:
    out = console()
    figures, counts = report.figures, report.counts
    out.print(
        shown(
            f"{report.group}: {figures['pages']:,} pages of {figures['requests']:,} requests, "
            f"{counts.loaded:,} new articles",
            "bold",
        )
    )
    out.print(shown(counts))
    if report.first_loaded_after is not None:
        out.print(
            shown(
                f"first articles after {report.first_loaded_after:.1f} s; "
                f"{report.segments_before_end} of {report.segments} segments were loaded "
                "before the crawl ended"
            )
        )
    if figures["waiting"]:
        why = "the deadline came first; " if report.reason == "deadline" else ""
        out.print(shown(f"{why}{figures['waiting']:,} addresses wait for the next crawl", "yellow"))
    places = {
        "database": settings.articles,
        "ask it": f"{program()} sql {QUESTION}",
        "this run": address.login_url(address.run_url(report.flow_run_id)),
    }
    print_places(places)
