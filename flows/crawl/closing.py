"""What is left to do when the process of a crawl has ended?"""

from datetime import datetime

from flows.crawl.child import Ending
from flows.crawl.folders import Folders
from flows.crawl.rounds import Rounds
from flows.crawl.summary import CrawlReport
from flows.health.watch import watch
from flows.ingest import showing, stages
from flows.ingest.mill import Mill, now
from flows.server.address import find
from spiders import report as told
from warehouse.crawl import copy_crawl, last_log_id


def close(rounds: Rounds, ending: Ending) -> CrawlReport:
    """Load what is left, copy the frontier into the warehouse, publish, and report.

    Waits its turn to write as long as any run does; raises WarehouseBusy.
    """
    with rounds.open_mill() as mill:
        rounds.take(mill)
        _copy_frontier(mill, rounds.folders)
        counts = stages.close_books(mill)
        ingested = stages.report(mill, rounds.flow_run_id, counts, rounds.batches)
        showing.show(mill, ingested, find(mill.settings.prefect))
        watch(mill.connection, mill.settings.sources, now())
    ended_at = _ended_at(ending)
    return CrawlReport(
        group=rounds.folders.root.name,
        run_id=rounds.run_id,
        flow_run_id=rounds.flow_run_id,
        reason=ending.reason,
        figures={name: _whole(ending, name) for name in ("requests", "pages", "waiting")},
        counts=counts,
        segments=rounds.segments_at(None),
        segments_before_end=rounds.segments_at(ended_at),
        first_loaded_after=rounds.first_loaded_after,
    )


def _copy_frontier(mill: Mill, folders: Folders) -> None:
    if not folders.frontier.exists():
        return  # the child died before it had one
    with mill.stage("copy the frontier") as passage:
        name = told.frontier_id(folders.frontier)
        copied = copy_crawl(
            mill.connection,
            name,
            told.crawl_urls(folders.frontier),
            told.crawl_log(folders.frontier, last_log_id(mill.connection, name)),
        )
        passage.taken += copied.urls + copied.requests
        passage.given += copied.urls + copied.requests
    told.forget_log(folders.frontier, copied.last_log_id)


def _ended_at(ending: Ending) -> datetime | None:
    """Return when the child told that it had finished; None when it never did."""
    at = ending.figures.get("at")
    finished = ending.figures.get("event") == "finished"
    return datetime.fromisoformat(str(at)) if finished else None


def _whole(ending: Ending, name: str) -> int:
    value = ending.figures.get(name)
    return value if isinstance(value, int) else 0
