"""`newsmill sources`: how sources stand, what they would fetch, and drafts of new ones."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.application import app
from flows.cli.terminal import console, say, shown, table
from flows.crawl.folders import Folders
from flows.settings import Settings

if TYPE_CHECKING:
    from spiders.guard import Guard
    from spiders.sites import Look, Standing

NOTHING_FOUND = 1
SHOWN_PAGES = 15

sources = typer.Typer(
    help="List, check and draft sources.",
    epilog="Example: newsmill sources list",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(sources, name="sources")


@sources.command("list", epilog="Example: newsmill sources list")
def list_sources() -> None:
    """Show every source, and how the crawls left it; exits with 1 if a file is wrong."""
    from spiders.sites import standings
    from spiders.source_files import SourceRefused, sorted_out

    settings = Settings()
    sound, wrong = sorted_out(settings.sources)
    found = standings(
        sound, lambda group: Folders(settings.crawls / group).frontier, datetime.now(UTC)
    )
    columns = ("source", "group", "publisher", "enabled", "schedule", "pages", "waiting", "stored")
    more = ("refused", "last visit", "last change", "complete, 7 days")
    console().print(table(columns + more, map(_standing, found)))
    if wrong:
        raise SourceRefused("\n".join(wrong))


@sources.command(epilog="Example: newsmill sources check bbc")
def check(
    names: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Ids of sources.")],
) -> None:
    """Read the listings of sources and show what a crawl would fetch; no page is fetched."""
    from spiders.sites import look
    from spiders.source_files import chosen

    settings = Settings()
    usable = True
    for file in chosen(settings.sources, names):
        say(f"looking at {file.source.home}")
        seen = look(file, _guard(settings), settings.crawl_proxy)
        _show(seen)
        usable = usable and seen.usable
    if not usable:
        raise typer.Exit(NOTHING_FOUND)


@sources.command(epilog="Example: newsmill sources new https://www.gazette.example/")
def new(
    url: Annotated[str, typer.Argument(help="Home page of the publication.")],
    *,
    write: Annotated[
        bool, typer.Option("--write", help="Put the draft into the folder of sources.")
    ] = False,
) -> None:
    """Look at a site and draft its source file; it stays switched off until you have read it."""
    from spiders.sites import draft

    settings = Settings()
    say(f"looking at {url}")
    text, seen = draft(url, _guard(settings), settings.crawl_proxy)
    if write:
        say(f"wrote {_written(settings.sources / f'{seen.source.id}.toml', text)}")
    else:
        typer.echo(text, nl=False)
    if not seen.usable:
        raise typer.Exit(NOTHING_FOUND)


def _written(path: Path, text: str) -> Path:
    if path.exists():
        raise typer.BadParameter(f"{path} is there already; it is left as it is")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _guard(settings: Settings) -> "Guard":
    from spiders.guard import Guard, read_hosts

    hosts = settings.crawl_hosts
    names = read_hosts(hosts.read_text("utf-8")) if hosts is not None else {}
    return Guard(settings.crawl_networks, names)


def _standing(one: "Standing") -> tuple[object, ...]:
    ratio = None if one.complete_ratio is None else f"{one.complete_ratio:.1%}"
    source, pages = one.source, one.pages
    enabled = shown("yes", "green") if source.enabled else "no"
    return (
        *(source.id, source.crew, source.publisher, enabled, source.schedule),
        *(pages.known, pages.waiting, pages.stored, pages.refused),
        *(_minute(pages.last_visit_at), _minute(pages.last_change_at), ratio),
    )


def _minute(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def _show(seen: "Look") -> None:
    out = console()
    listings = [(row["kind"], row["url"], row["outcome"], row["detail"]) for row in seen.listings]
    out.print(table(("listing", "address", "outcome", "what it lists"), listings))
    faults = [(row["outcome"], row["url"], row["status"], row["detail"]) for row in seen.faults]
    if faults:
        out.print()
        out.print(table(("fault", "address", "status", "what was met"), faults))
    pages = [(row["stated_at"], row["url"]) for row in seen.pages[:SHOWN_PAGES]]
    if pages:
        out.print()
        out.print(table(("stated at", "a crawl would fetch"), pages))
    out.print()
    out.print(shown(f"{len(seen.pages):,} pages found", "bold"))
