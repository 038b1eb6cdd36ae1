"""`newsmill maintain`, `backup` and `restore`: keep a home in order, copy it, put it back."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.application import app
from flows.cli.server import connected
from flows.cli.terminal import console, say, shown, table
from flows.server.address import find
from flows.server.writer import writer_slot
from flows.settings import Settings


@app.command(epilog="Example: newsmill maintain --backup-to /mnt/backup/newsmill")
def maintain(
    *,
    verify_minutes: Annotated[
        int, typer.Option(min=0, help="How long to read the archive for its digests.")
    ] = 30,
    backup_to: Annotated[
        Path | None, typer.Option(help="Folder on another disk to back the home up to.")
    ] = None,
) -> None:
    """Check, tidy and back up the home, judge stories and sources anew: what a night does."""
    settings = Settings()
    connected(settings)
    from flows.maintain.flow import maintain as flow

    report = flow(verify_minutes, backup_to)
    rows = [(each.job, each.told, f"{each.seconds:.1f} s") for each in report.done]
    console().print(table(("job", "what came of it", "time"), rows))


@app.command(epilog="Example: newsmill backup /mnt/backup/newsmill")
def backup(
    target: Annotated[Path, typer.Argument(help="Folder on another disk; made if missing.")],
) -> None:
    """Copy warehouse, archive and frontier, with digests; segments it has are not copied again."""
    from flows.ingest.mill import now
    from flows.maintain.backup import back_up

    settings = Settings()
    with writer_slot(settings, find(settings.prefect), say):
        made = back_up(settings, target, now())
    told = f"{len(made.files):,} files, {made.bytes / 2**20:,.1f} MiB, of {made.made_at:%F %T} UTC"
    console().print(shown(told))


@app.command(epilog="Example: NEWSMILL_HOME=data2 newsmill restore /mnt/backup/newsmill")
def restore(
    target: Annotated[Path, typer.Argument(help="A folder that `newsmill backup` filled.")],
) -> None:
    """Put the newest backup back into an empty home, every digest checked, and publish it."""
    from flows.maintain.backup import restore as put_back
    from warehouse.publish import publish

    settings = Settings()
    with writer_slot(settings, None, say):
        manifest = put_back(target, settings)
        if settings.warehouse.exists():
            publish(settings.warehouse, settings.articles)
    console().print(
        shown(f"{len(manifest.files):,} files of {manifest.made_at:%F %T} UTC are back")
    )
