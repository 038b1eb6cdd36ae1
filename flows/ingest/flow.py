"""The flow `ingest`: a drop of files becomes rows of the warehouse.

    drop -> archive -> extract -> audit -> load -> publish

The stages are functions of `flows.ingest.stages`; the tasks here give them names, retries and a
place in the Prefect UI. One batch goes through all stages before the next is cut from the drop.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run, task_run

from flows.artifacts import Progress
from flows.health.watch import watch
from flows.ingest import stages
from flows.ingest.drop import count_files
from flows.ingest.intake import Intake
from flows.ingest.mill import Mill, now, open_mill, run_id_of
from flows.ingest.showing import show
from flows.ingest.summary import IngestReport
from flows.ingest.tell import tell
from flows.server.address import find
from flows.server.writer import writer_slot
from flows.settings import Settings
from warehouse.ledger import RunCounts
from warehouse.load import LoadReport
from warehouse.publish import publish


def _run_name() -> str:
    """Name a run after its drop and its start, as people look for it."""
    paths = flow_run.parameters.get("paths") or ["drops"]
    more = f" +{len(paths) - 1}" if len(paths) > 1 else ""
    return f"{Path(str(paths[0])).name}{more} {datetime.now(UTC):%Y-%m-%d %H:%M:%S}"


def _batch_name() -> str:
    """Name a task run after its stage and the number of its batch, which ends the batch's id."""
    [path] = [p for p in task_run.parameters.values() if isinstance(p, Path | stages.Judged)]
    batch = path.tables if isinstance(path, stages.Judged) else path
    stage = task_run.task_name.removesuffix("_batch")
    return f"{stage} {batch.stem.rpartition('-')[2]}"


@flow(name="ingest", flow_run_name=_run_name)
def ingest(paths: Sequence[Path] = ()) -> IngestReport:
    """Mill every file at or below the paths into the warehouse and publish it.

    Documents that the warehouse has from the same place are counted and left. Batches of a run
    that was killed are taken up first, from the archive.

    Args:
        paths: Files or folders on the machine of the worker. None given means the folder `drops`
            of the home.
    """
    settings = Settings()
    paths = paths or [settings.drops]
    address = find(settings.prefect)
    flow_run_id = str(flow_run.id)
    with writer_slot(settings, address, get_run_logger().info, flow_run_id=flow_run_id):
        with open_mill(settings, run_id_of(flow_run_id), flow_run_id, "ingest") as run:
            reports = [mill_batch(run, listing) for listing in stages.unfinished_batches(run)]
            progress = Progress("files read", count_files(paths))
            drop = stages.open_drop(run, paths)
            while (listing := archive_batch(run, drop)) is not None:
                reports.append(mill_batch(run, listing))
                progress.reach(run.files)
            counts = balance_ledger(run)
            report = report_run(run, counts, reports)
            if report.published:
                watch_sources(run)
            outdated = stages.is_outdated(run)
        if report.published or outdated:
            publish_snapshot(settings)
    tell(report)
    return report


def mill_batch(run: Mill, listing: Path) -> LoadReport:
    """Take one archived batch through the remaining stages."""
    tables = extract_batch(run, listing)
    judged = audit_batch(run, tables)
    report = load_batch(run, judged)
    get_run_logger().info(
        "batch %s: %d loaded, %d duplicate, %d rejected, %d held, %d skipped",
        *(report.batch_id, report.loaded, report.duplicate),
        *(report.rejected, report.held, report.skipped),
        extra={"batch": report.batch_id},
    )
    return report


def _next_name() -> str:
    """Name the search for the next batch after its number; the last search finds none."""
    return f"archive {task_run.parameters['drop'].batches + 1:03d}"


@task(task_run_name=_next_name, cache_policy=NO_CACHE)
def archive_batch(run: Mill, drop: Intake) -> Path | None:
    """Put the next batch of the drop into the archive. Not retried: a drop is read but once."""
    return stages.archive_next(run, drop)


@task(task_run_name=_batch_name, cache_policy=NO_CACHE, retries=1)
def extract_batch(run: Mill, listing: Path) -> Path:
    """Find the article in every document of the batch."""
    return stages.extract(run, listing)


@task(task_run_name=_batch_name, cache_policy=NO_CACHE, retries=1)
def audit_batch(run: Mill, tables: Path) -> stages.Judged:
    """Relate the batch to the warehouse and hold it against the suite."""
    return stages.audit(run, tables)


@task(
    task_run_name=_batch_name,
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=[1, 5],
)
def load_batch(run: Mill, judged: stages.Judged) -> LoadReport:
    """Write the batch in one transaction; running it twice leaves the same rows."""
    return stages.write_batch(run, judged)


@task(task_run_name="balance the ledger", cache_policy=NO_CACHE)
def balance_ledger(run: Mill) -> RunCounts:
    """Check that every input of the run is in exactly one bucket."""
    return stages.close_books(run)


@task(task_run_name="report", cache_policy=NO_CACHE)
def report_run(run: Mill, counts: RunCounts, batches: list[LoadReport]) -> IngestReport:
    """Build the Data Docs and publish the artifacts of the run."""
    report = stages.report(run, str(flow_run.id), counts, batches)
    show(run, report, find(run.settings.prefect))
    return report


@task(task_run_name="sources", cache_policy=NO_CACHE)
def watch_sources(run: Mill) -> None:
    """Judge the sources by their past, tell of those that have fallen ill, and show them all."""
    watch(run.connection, run.settings.sources, now())


@task(task_run_name="publish", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=[1, 5])
def publish_snapshot(settings: Settings) -> None:
    """Put a whole copy of the warehouse where analysts read it."""
    publish(settings.warehouse, settings.articles)
