"""The flow `crawl`: sources become rows of the warehouse while they are being crawled.

    sources -> child process -> segments -> rounds of archive, extract, audit, load -> publish

A group of sources is one run, with one child process and one frontier. What the child delivers
is milled while it goes on; how it ends decides how the run ends, once everything is loaded.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from expectations.aside import Aside
from flows.crawl.child import Child, CrawlFailed, Ending
from flows.crawl.closing import close
from flows.crawl.folders import Folders
from flows.crawl.options import Options, arguments
from flows.crawl.rounds import Rounds
from flows.crawl.showing import CrawlProgress, show
from flows.crawl.summary import CrawlReport
from flows.ingest import pool
from flows.ingest.mill import run_id_of
from flows.server.writer import WarehouseBusy
from flows.settings import Settings
from spiders.order import Again, grouped
from spiders.source_files import chosen

MEANWHILE_SECONDS = 10.0
"""For which a round waits for its turn to write while the crawl goes on; the next one may do."""


def _run_name() -> str:
    """Name a run after its first source and its start."""
    names = flow_run.parameters.get("sources") or ["all"]
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return f"{names[0]}{more} {datetime.now(UTC):%Y-%m-%d %H:%M:%S}"


@flow(name="crawl", flow_run_name=_run_name)
def crawl(
    sources: list[str] | None = None,
    minutes: float = 60.0,
    *,
    due_only: bool = False,
    revisit: Again = Again.YOUNG,
) -> list[CrawlReport]:
    """Crawl sources and mill what they deliver while the crawl goes on.

    Sources of several groups are crawled in a run for each group, one after the other.

    Args:
        sources: Ids of the sources; none means every enabled one.
        minutes: After how long nothing new is fetched; what is left waits for the next crawl.
        due_only: Look only at feeds, sitemaps and pages of links whose time has come.
        revisit: Known pages to visit again: `due`, or `young` (stored in the last 30 days, if the
            source says nothing else), or `all`.
    """
    settings = Settings()
    options = Options(minutes=minutes, due_only=due_only, revisit=revisit)
    groups = grouped(chosen(settings.sources, sources or []))
    if len(groups) == 1:
        [(group, members)] = groups.items()
        return [crawl_group(settings, group, members, options)]
    return _one_run_each(groups, options)


def crawl_group(
    settings: Settings, group: str, sources: Sequence[str], options: Options
) -> CrawlReport:
    """Crawl the sources of a group in the run under way; raises CrawlFailed."""
    flow_run_id = str(flow_run.id)
    folders = Folders(settings.crawls / group)
    folders.segments.mkdir(parents=True, exist_ok=True)
    rounds = Rounds(settings, folders, run_id_of(flow_run_id), flow_run_id, get_run_logger().info)
    told = arguments(settings, folders, rounds.run_id, sources, options)
    with Aside() as rounds.auditor:
        ending = _crawled(Child(told, folders.log, 60 * options.minutes), rounds)
        show(ending)
        report = close_crawl(rounds, ending)
    if not ending.well:
        raise CrawlFailed(_told(ending, folders))
    return report


def _crawled(child: Child, rounds: Rounds) -> Ending:
    """Run the child to its end, and mill what it delivers meanwhile."""
    progress = CrawlProgress()
    with child:
        pool.warm_up()
        open_warehouse(rounds)
        for event in child.events():
            progress.hear(event)
            if rounds.due():
                mill_segments(rounds, rounds.count + 1)
    return child.ending()


@task(task_run_name="open the warehouse", cache_policy=NO_CACHE)
def open_warehouse(rounds: Rounds) -> None:
    """Open the warehouse while the crawl starts; when another run is writing, a round will."""
    try:
        rounds.prepare()
    except WarehouseBusy as busy:
        get_run_logger().info("%s", busy)


@task(task_run_name="mill segments {number}", cache_policy=NO_CACHE)
def mill_segments(rounds: Rounds, number: int) -> None:
    """Mill what the crawl delivered so far; when another run is writing, the next round may do."""
    began = time.monotonic()
    try:
        new = rounds.mill(MEANWHILE_SECONDS)
    except WarehouseBusy as busy:
        get_run_logger().info("round %d waits: %s", number, busy)
    else:
        spent = time.monotonic() - began
        get_run_logger().info("round %d: %d new articles in %.1f s", number, new, spent)


@task(task_run_name="close", cache_policy=NO_CACHE)
def close_crawl(rounds: Rounds, ending: Ending) -> CrawlReport:
    """Load what is left, copy the frontier into the warehouse, publish, and report."""
    return close(rounds, ending)


def _one_run_each(groups: Mapping[str, Sequence[str]], options: Options) -> list[CrawlReport]:
    """Run each group, also after one that failed; then raise what the first of those raised."""
    chosen_for_all = options.model_dump()
    states = [
        crawl(list(sources), **chosen_for_all, return_state=True) for sources in groups.values()
    ]
    return [report for state in states for report in state.result()]


def _told(ending: Ending, folders: Folders) -> str:
    return (
        f"the crawl of group {folders.root.name} ended as {ending.reason} with exit code "
        f"{ending.code}; what it delivered is loaded, and the next crawl goes on from there. "
        f"The end of {folders.log}:\n{ending.said}"
    )
