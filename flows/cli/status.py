"""`newsmill status`: how things stand, on one screen."""

import shutil
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from flows.cli.application import app
from flows.cli.terminal import console, shown, table
from flows.server.api import Api, ApiError
from flows.server.control import ServerStatus, server_status
from flows.settings import Settings

if TYPE_CHECKING:
    from warehouse.query import Answer

SECTIONS = {
    "Warehouse": "status_sizes",
    "Last runs (UTC)": "status_runs",
    "Sources": "status_sources",
    "Quarantine": "status_quarantine",
}
"""Titles, and the statements that answer."""
PARTS = ("archive", "warehouse.duckdb", "articles.duckdb", "crawl", "prefect", "staging")
NAMED = 80  # characters of a list of sources
VERSIONED = ("newsmill", "duckdb", "prefect", "scrapy", "great-expectations")


@app.command(epilog="Example: newsmill status")
def status() -> None:
    """Show the last and the next runs, the sources, the quarantine, the disk and the versions."""
    from flows.maintain.examine import UNTOLD
    from warehouse.query import NotPublished, QueryFailed, ask, connect
    from warehouse.sql import statement

    settings = Settings()
    out = console()
    server = server_status(settings)
    try:
        with connect(settings.articles) as connection:
            for title, name in SECTIONS.items():
                _section(out, title, ask(connection, statement(name)))
    except NotPublished as nothing:
        out.print(shown(nothing))
    except QueryFailed:
        out.print(shown(f"the snapshot cannot be asked: {UNTOLD}", "red"))
    _next_runs(out, server)
    out.print(shown("Here", "bold"))
    out.print(table(("", ""), _places(settings, server)))


def _section(out: Console, title: str, answer: "Answer") -> None:
    if answer.tuples:
        out.print(shown(title, "bold"))
        rows = [[_cut(cell) for cell in row] for row in answer.tuples]
        out.print(table(answer.columns, rows))
        out.print()


def _cut(cell: object) -> object:
    return cell[:NAMED] + "…" if isinstance(cell, str) and len(cell) > NAMED else cell


def _next_runs(out: Console, server: ServerStatus) -> None:
    """Show when each deployment runs next, if the server says so; run names say nothing yet."""
    if server.address is None or not server.healthy:
        return
    asked = {
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
        "sort": "EXPECTED_START_TIME_ASC",
        "limit": 200,
    }
    try:
        api = Api(server.address)
        runs = api.post("/flow_runs/filter", asked)
        names = {each["id"]: each["name"] for each in api.post("/deployments/filter", {})}
    except ApiError as trouble:
        out.print(shown(f"next runs: {trouble}", "red"))
        return
    out.print(shown("Next runs (UTC)", "bold"))
    first: dict[str, str] = {}
    for run in runs:
        name = names.get(run["deployment_id"], run["name"])
        first.setdefault(name, str(run["expected_start_time"])[:16].replace("T", " "))
    rows = [(at, name) for name, at in first.items()]
    out.print(table(("at", "deployment"), rows) if rows else shown("none (newsmill up)"))
    out.print()


def _places(settings: Settings, server: ServerStatus) -> list[tuple[str, object]]:
    existing = next(p for p in (settings.home, *settings.home.parents) if p.exists())
    free = shutil.disk_usage(existing).free
    used = [f"{name} {_bytes(settings.home / name) / 2**20:,.0f} MiB" for name in PARTS]
    ui = None if server.address is None else server.address.ui_url
    return [
        ("home", settings.home),
        ("disk", f"{free / 2**30:.1f} GiB free; {', '.join(used)}"),
        ("server", ui if server.healthy else "not running (newsmill up)"),
        ("worker", "online" if server.worker_online else "not running (newsmill up)"),
        ("versions", ", ".join(f"{name} {version(name)}" for name in VERSIONED)),
    ]


def _bytes(path: Path) -> int:
    """Return what a file or a folder holds; what goes away meanwhile counts as nothing."""
    if not path.is_dir():
        return path.stat().st_size if path.exists() else 0
    return sum(_bytes(each) for each in path.iterdir() if not each.is_symlink())
