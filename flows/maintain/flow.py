"""The flow `maintain`: what keeps a home in order, every night.

Each job is a task. One that fails is named in the report, and the run fails at its end, when the
others are done.
"""

from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from articles.errors import NewsmillError
from articles.model import Frozen
from flows.artifacts import publish_markdown
from flows.health.watch import watch
from flows.ingest import stages
from flows.ingest.mill import Mill, now, open_mill, run_id_of
from flows.maintain.examine import examine_home
from flows.maintain.jobs import JOBS, Done, Night, back_up
from flows.markup import escaped, table
from flows.server.address import find
from flows.server.writer import writer_slot
from flows.settings import Settings
from warehouse.publish import publish


class MaintainReport(Frozen):
    """What a night has done."""

    run_id: str
    done: tuple[Done, ...]


class SomethingIsWrong(NewsmillError):
    """A job of the night failed, or the home is not well; the message names what."""


def _run_name() -> str:
    """Name a run after its night."""
    return f"maintain {now():%Y-%m-%d %H:%M}"


@flow(name="maintain", flow_run_name=_run_name)
def maintain(verify_minutes: int = 30, backup_to: Path | None = None) -> MaintainReport:
    """Check, tidy and back up the home, and look after the sources.

    Args:
        verify_minutes: How long the archive is read each night; every segment has its turn.
        backup_to: Folder on another disk for the backup; none is made if empty.
    """
    settings, identity = Settings(), str(flow_run.id)
    address = find(settings.prefect)
    tell = get_run_logger().info
    with writer_slot(settings, address, tell, flow_run_id=identity):
        with open_mill(settings, run_id_of(identity), identity, "maintain") as mill:
            night = Night(mill, address, verify_minutes * 60.0, backup_to)
            done = [do_job(night, job) for job in JOBS]
            watch_sources(mill)
            stages.close_books(mill)
        publish(settings.warehouse, settings.articles)
        backup = back_up_home(night)
    done += [backup] if backup is not None else []
    done += [health(settings)]
    publish_markdown("maintain", _report(done), f"{sum(d.well for d in done)} of {len(done)} well")
    if wrong := [each for each in done if not each.well]:
        raise SomethingIsWrong("; ".join(f"{each.job}: {each.told}" for each in wrong))
    return MaintainReport(run_id=mill.run_id, done=tuple(done))


@task(task_run_name="{job}", cache_policy=NO_CACHE)
def do_job(night: Night, job: str) -> Done:
    """Do one job of the night."""
    return night.do(job)


@task(task_run_name="sources", cache_policy=NO_CACHE)
def watch_sources(mill: Mill) -> None:
    """Judge the sources, tell of those that have fallen ill, and show them all."""
    watch(mill.connection, mill.settings.sources, now())


@task(task_run_name="backup", cache_policy=NO_CACHE)
def back_up_home(night: Night) -> Done | None:
    """Copy the home, if there is somewhere to copy it to."""
    return back_up(night)


@task(task_run_name="health", cache_policy=NO_CACHE)
def health(settings: Settings) -> Done:
    """Examine the home as `newsmill doctor` does; sources are alarmed about on their own."""
    ill = [words for well, words in examine_home(settings) if not well]
    told = " · ".join(ill) or "all is well"
    return Done(job="health", well=not ill, told=told, seconds=0.0)


def _report(done: list[Done]) -> str:
    rows = [
        ["✓" if d.well else "✗", d.job, escaped(d.told, limit=2_000), f"{d.seconds:,.1f} s"]
        for d in done
    ]
    return "\n\n".join(["# Maintenance", table(["", "job", "what came of it", "time"], rows)])
