"""The flow `replay`: the archive is read again with today's code.

    archive -> extract -> compare -> audit -> write -> publish

A new version is written only where the cleaned text has changed. A replay that was killed is
taken up where it had come to, if neither its scope nor the code has changed since.
"""

from datetime import date

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows.ingest import stages
from flows.ingest.mill import open_mill, run_id_of
from flows.replay.replay import Replay
from flows.replay.replay import dry_run as compared
from flows.replay.report import ReplayReport
from flows.replay.showing import show
from flows.server.address import find
from flows.server.writer import writer_slot
from flows.settings import Settings
from warehouse.publish import publish
from warehouse.replay import Scope


def _run_name() -> str:
    """Name a run after its scope, as people look for it."""
    given = {k: v for k, v in flow_run.parameters.items() if v and k != "dry_run"}
    scope = ", ".join(f"{name} {value}" for name, value in given.items()) or "everything"
    return f"replay of {scope}" + (" (dry run)" if flow_run.parameters.get("dry_run") else "")


@flow(name="replay", flow_run_name=_run_name)
def replay(
    source: str | None = None,
    from_day: date | None = None,
    to_day: date | None = None,
    reason: str | None = None,
    *,
    dry_run: bool = True,
) -> ReplayReport:
    """Read archived documents again with today's code.

    Args:
        source: Only documents of this source; all if empty.
        from_day: Only documents met on this UTC day or later.
        to_day: Only documents met on this UTC day or earlier.
        reason: Only refused documents, and of those only the ones with this reason.
        dry_run: Report what would change, and change nothing.
    """
    settings = Settings()
    scope = Scope(source=source, from_day=from_day, to_day=to_day, reason=reason)
    report = look(settings, scope) if dry_run else _written(settings, scope)
    show(report)
    return report


@task(task_run_name="look", cache_policy=NO_CACHE)
def look(settings: Settings, scope: Scope) -> ReplayReport:
    """Read again and compare; nothing is written."""
    return compared(settings, scope)


@task(task_run_name="write a part", cache_policy=NO_CACHE)
def write_part(replaying: Replay) -> bool:
    """Read the next part and write what it changes, in one transaction; False at the end."""
    return replaying.write_next()


def _written(settings: Settings, scope: Scope) -> ReplayReport:
    identity = str(flow_run.id)
    tell = get_run_logger().info
    with writer_slot(settings, find(settings.prefect), tell, flow_run_id=identity):
        with open_mill(settings, run_id_of(identity), identity, "replay") as mill:
            replaying = Replay(mill, scope)
            if replaying.resumed_after:
                tell(f"taking up a replay that had come to {replaying.resumed_after}")
            while write_part(replaying):
                tell(f"{replaying.tally.documents:,} documents read again")
            stages.close_books(mill)
        publish(settings.warehouse, settings.articles)
    return replaying.report()
