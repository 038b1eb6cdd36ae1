"""What does a run hold while it works: the open warehouse, its books, what it has counted?"""

import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from articles.model import NO_TEMPLATES, Templates
from expectations.aside import Here
from expectations.verdict import Audit
from flows.journal import journal
from flows.metrics import write_metrics
from flows.settings import Settings
from warehouse import db, ledger, templates

VERSIONED = ("newsmill", "duckdb", "prefect", "great-expectations", "numpy")
"""Distributions whose versions are kept with every run, because they can change its result."""


@dataclass(slots=True)
class Passage:
    """What one stage has taken in and given on, over all batches of a run."""

    taken: int = 0
    given: int = 0
    seconds: float = 0.0
    """Wall clock."""
    cpu_seconds: float = 0.0
    """Of this process; the children that extract are not in it."""


class Mill:
    """One run at work: the open warehouse, the drop as far as it is read, what was counted."""

    def __init__(
        self,
        settings: Settings,
        run_id: str,
        connection: db.Connection,
        templates: Templates = NO_TEMPLATES,
    ) -> None:
        self.settings = settings
        self.run_id = run_id
        self.connection = connection
        self.templates = templates
        """What sources were known to repeat when the run began; nothing is learned within it."""
        self.staging = settings.staging / run_id
        self.seen = 0
        """Inputs met so far, counted where they come in."""
        self.files = 0
        """Files of the drop met so far."""
        self.audits: list[Audit] = []
        self.auditor = Here()
        """Where Great Expectations is called: here, or in a process that runs beside this one."""
        self.funnel = defaultdict[str, Passage](Passage)

    def met_file(self) -> None:
        """Count one more file of the drop."""
        self.files += 1

    @contextmanager
    def stage(self, name: str) -> Iterator[Passage]:
        """Time a stage; the block adds what it took and gave to the passage."""
        began, cpu = time.monotonic(), time.process_time()
        try:
            yield self.funnel[name]
        finally:
            self.funnel[name].seconds += time.monotonic() - began
            self.funnel[name].cpu_seconds += time.process_time() - cpu


@contextmanager
def open_mill(
    settings: Settings, run_id: str, flow_run_id: str | None, flow: str
) -> Iterator[Mill]:
    """Open the warehouse and the books of a run; close them, and the staging, whatever happens.

    A run that leaves by an exception is closed as `failed`; its batches loaded so far stay. A run
    may be opened again: it goes on counting where it was.
    """
    with db.connect(settings.warehouse, settings.duckdb_memory_limit) as connection:
        ledger.start_run(
            connection,
            run_id,
            flow=flow,
            started_at=now(),
            flow_run_id=flow_run_id,
            versions={name: version(name) for name in VERSIONED}
            | {"templates": str(templates.newest(connection))},
        )
        known = ledger.run_versions(connection, run_id)["templates"]
        mill = Mill(settings, run_id, connection, templates.templates_at(connection, int(known)))
        mill.seen = ledger.run_counts(connection, run_id).seen
        shutil.rmtree(settings.staging, ignore_errors=True)  # what dead runs left
        mill.staging.mkdir(parents=True)
        completed = False
        try:
            with journal(settings.logs, run_id, flow_run_id):
                yield mill
            completed = True
        finally:
            if not completed:
                ledger.end_run(connection, run_id, ended_at=now(), seen=None, status="failed")
            spent = {name: passage.seconds for name, passage in mill.funnel.items()}
            write_metrics(settings.metrics, connection, spent)
            shutil.rmtree(mill.staging, ignore_errors=True)


def run_id_of(flow_run_id: str) -> str:
    """Return the id under which the warehouse keeps a flow run: sortable, and short to type."""
    return f"{now():%Y%m%dT%H%M%S}-{flow_run_id.replace('-', '')[-8:]}"


def now() -> datetime:
    """Return the time; the flow is the place that has a clock."""
    return datetime.now(UTC)
