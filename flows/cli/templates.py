"""`newsmill templates`: what the pages of each source are known to repeat."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.application import app
from flows.cli.terminal import console, say, shown, table
from flows.settings import Settings

if TYPE_CHECKING:
    from warehouse.db import Connection

templates = typer.Typer(
    help="Look at the lines that sources repeat, learn them, forget them.",
    epilog="Example: newsmill templates list",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(templates, name="templates")

Source = Annotated[str, typer.Argument(help="Id of a source, or a domain such as example.org.")]


@templates.command("list", epilog="Example: newsmill templates list")
def list_sources() -> None:
    """Count the lines that each source is known to repeat."""
    rows = _asked("templates_by_source")
    columns = ("source", "lines", "forgotten", "learned from stories", "changed in version")
    console().print(table(columns, rows) if rows else shown("No source is known to repeat a line."))


@templates.command(epilog="Example: newsmill templates show example.org")
def show(source: Source) -> None:
    """Show every line that was learned of a source, and by which versions it is used."""
    rows = _asked("templates_of", {"source": source})
    if not rows:
        console().print(shown(f"{source} is not known to repeat a line."))
        raise typer.Exit(1)
    console().print(table(("line", "stories", "of", "since version", "until version"), rows))


@templates.command(epilog="Example: newsmill templates learn example.org")
def learn(
    source: Annotated[
        str | None, typer.Argument(help="Only this source, forgotten lines too.")
    ] = None,
) -> None:
    """Look over the stories of the sources that have grown; `newsmill maintain` does it nightly."""
    from flows.ingest.mill import now
    from warehouse import templates as store

    with _changed() as connection:
        found = store.learn(connection, now(), source)
    rows = [(each.source, each.stories, "\n".join(each.lines) or None) for each in found]
    nothing = shown("No source has grown enough to be looked over.")
    console().print(table(("source", "stories", "new lines"), rows) if rows else nothing)


@templates.command(epilog='Example: newsmill templates forget example.org --line "Join us"')
def forget(
    source: Source,
    *,
    line: Annotated[list[str] | None, typer.Option(help="Only this line, as printed.")] = None,
) -> None:
    """Leave a source's lines in from now on; `newsmill replay --source` mends what is stored."""
    from flows.ingest.mill import now
    from warehouse import templates as store

    with _changed() as connection:
        gone = store.forget(connection, source, now(), line or ())
    console().print(shown(f"{gone} lines of {source} are forgotten."))
    if not gone:
        raise typer.Exit(1)


@contextmanager
def _changed() -> "Iterator[Connection]":
    """Be the one writer of the warehouse while the block runs, and publish what it changed."""
    from flows.server.address import find
    from flows.server.writer import writer_slot
    from warehouse import db, publish

    settings = Settings()
    with writer_slot(settings, find(settings.prefect), say):
        with db.connect(settings.warehouse, settings.duckdb_memory_limit) as connection:
            yield connection
        publish.publish(settings.warehouse, settings.articles)


def _asked(name: str, values: dict[str, object] | None = None) -> list[tuple[object, ...]]:
    """Return what a statement of the warehouse answers."""
    from warehouse.query import ask, connect
    from warehouse.sql import statement

    with connect(Settings().articles) as connection:
        return list(ask(connection, statement(name), values).tuples)
