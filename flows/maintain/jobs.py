"""What is done every night, in which order, and what came of it?"""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from articles.errors import NewsmillError
from articles.model import Frozen
from flows.ingest.mill import Mill, now
from flows.maintain import backup, retention, runs, server_database, verify
from flows.server.address import ServerAddress
from flows.server.api import Api
from flows.server.schema import DATABASE
from warehouse.maintain import rejudge
from warehouse.templates import learn

KEPT_BACKUPS = 7  # a week of nights


class Done(Frozen):
    """What came of one job."""

    job: str
    well: bool
    told: str
    """In words, for people."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Night:
    """What the jobs of a night need."""

    mill: Mill
    address: ServerAddress | None
    verify_seconds: float
    backup_to: Path | None

    def do(self, job: str) -> Done:
        """Do one job. A job that fails says so, and the others are done all the same."""
        began = time.monotonic()
        try:
            well, told = JOBS[job](self)
        except (NewsmillError, OSError) as trouble:
            well, told = False, str(trouble)
        return Done(job=job, well=well, told=told, seconds=time.monotonic() - began)


Job = Callable[[Night], tuple[bool, str]]


def _close_dead_runs(night: Night) -> tuple[bool, str]:
    if night.address is None:
        return True, "no server runs"
    crashed = runs.crashed_flow_runs(night.mill.connection)
    closed = runs.close_dead_runs(Api(night.address), crashed)
    return True, f"{closed.flow_runs} flow runs and {closed.task_runs} task runs closed"


def _verify_archive(night: Night) -> tuple[bool, str]:
    settings = night.mill.settings
    found = verify.verify(night.mill.connection, settings.archive, night.verify_seconds)
    told = f"{found.documents:,} records in {found.checked:,} of {found.segments:,} segments read"
    return not found.problems, " · ".join([told, *found.problems])


def _rejudge(night: Night) -> tuple[bool, str]:
    found = rejudge(night.mill.connection, now())
    told = f"{found.changed:,} of {found.articles:,} articles belong to another story than before"
    return True, told + (f"; {found.remembered:,} were new to it" if found.remembered else "")


def _learn_templates(night: Night) -> tuple[bool, str]:
    found = learn(night.mill.connection, now())
    lines = sum(len(each.lines) for each in found)
    return True, f"{lines:,} lines that repeat learned of {len(found):,} sources that have grown"


def _tidy(night: Night) -> tuple[bool, str]:
    tidied = [each for each in retention.tidy(night.mill.settings.home, now()) if each.count]
    told = [f"{t.count:,} of {t.files} ({t.bytes / 2**20:,.1f} MiB)" for t in tidied]
    return True, "deleted " + (", ".join(told) or "nothing")


def _vacuum(night: Night) -> tuple[bool, str]:
    folder = night.mill.settings.prefect
    free = shutil.disk_usage(night.mill.settings.home).free
    done = server_database.vacuum(folder / DATABASE, free)
    if done is None:
        return True, "the server keeps its database elsewhere"
    if done.problem:
        return False, f"left as it is: {done.problem}"
    return True, f"{done.before / 2**20:,.1f} MiB before, {done.after / 2**20:,.1f} after"


JOBS: dict[str, Job] = {
    "close dead runs": _close_dead_runs,
    "verify the archive": _verify_archive,
    "judge the stories anew": _rejudge,
    "learn the templates": _learn_templates,
    "tidy": _tidy,
    "vacuum the server's database": _vacuum,
}
"""In this order: what is closed and deleted makes the databases smaller."""


def back_up(night: Night) -> Done | None:
    """Copy the home, the warehouse being closed; None when there is nowhere to copy it to."""
    if night.backup_to is None:
        return None
    began = time.monotonic()
    try:
        made = backup.back_up(night.mill.settings, night.backup_to, now())
        backup.forget_old(night.backup_to, KEPT_BACKUPS)
        well, told = True, f"{len(made.files):,} files, {made.bytes / 2**20:,.1f} MiB"
    except (NewsmillError, OSError) as trouble:
        well, told = False, str(trouble)
    return Done(job="backup", well=well, told=told, seconds=time.monotonic() - began)
