"""When and how are a crawl's segments milled, while the crawl goes on?

In rounds. A round takes every segment that lies there, whoever delivered it, through the stages of
an ingest, as one more part of the same run; it holds the warehouse only while it lasts, so drops
are milled between two rounds. A segment is a capture from then on: a second name first, the first
one taken away once it is loaded. A round that was killed is done again: what it had loaded is
known and skipped.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from archive.segment import SUFFIX
from expectations.aside import Here
from expectations.verdict import Audit
from flows.crawl.folders import Folders
from flows.ingest import stages
from flows.ingest.mill import Mill, Passage, open_mill
from flows.server.address import find
from flows.server.writer import writer_slot
from flows.settings import Settings
from warehouse.load import LoadReport
from warehouse.publish import publish

SHARE_OF_AGE = 0.05
"""Of a crawl's age a segment may wait: then 95 % is milled when the crawl ends, in few rounds."""
LONGEST_WAIT = 30.0
PUBLISHING_SHARE = 0.1
"""Of the time may go into publishing: the snapshot of a large warehouse is copied rarer."""


@dataclass
class Rounds:
    """The milling of one crawl."""

    settings: Settings
    folders: Folders
    run_id: str
    flow_run_id: str
    tell: Callable[..., None]
    count: int = 0
    """Rounds begun."""
    batches: list[LoadReport] = field(default_factory=list)
    milled: list[tuple[datetime, int]] = field(default_factory=list)
    """When segments were in the warehouse, and how many."""
    first_loaded_after: float | None = None
    """Seconds from the start to the first article in the warehouse."""
    funnel: defaultdict[str, Passage] = field(default_factory=lambda: defaultdict(Passage))
    audits: list[Audit] = field(default_factory=list)
    auditor: Here = field(default_factory=Here)
    """Where Great Expectations is called."""
    _began: float = field(default_factory=time.monotonic)
    _looked: float = field(default_factory=time.monotonic)
    _published: float | None = None
    _publishing: float = 0.0

    def due(self) -> bool:
        """Return whether a segment lies there and has waited long enough."""
        now = time.monotonic()
        wait = min(LONGEST_WAIT, SHARE_OF_AGE * (now - self._began))
        if self.count and now - self._looked < wait:
            return False
        return bool(self.delivered())

    def delivered(self) -> list[Path]:
        """Return the segments that are not milled, oldest first."""
        return sorted(self.folders.segments.glob("*" + SUFFIX))

    def segments_at(self, moment: datetime | None) -> int:
        """Return how many segments were in the warehouse at a moment, by default now."""
        return sum(count for at, count in self.milled if moment is None or at <= moment)

    def mill(self, patience: float) -> int:
        """Mill what was delivered, and publish it when that costs little; count new articles.

        Waits `patience` seconds for its turn to write; raises WarehouseBusy.
        """
        self._looked = time.monotonic()
        before = len(self.batches)
        with self.open_mill(patience) as mill:
            self.take(mill)
            stages.close_books(mill)
        self._looked = time.monotonic()
        return sum(report.loaded for report in self.batches[before:])

    def prepare(self) -> None:
        """Open the warehouse while nothing is delivered yet: a new one gets its tables then.

        Leaves it when another run is writing; raises WarehouseBusy.
        """
        with self._turn(patience=0.0) as settings, self._opened(settings):
            return

    @contextmanager
    def open_mill(self, patience: float | None = None) -> Iterator[Mill]:
        """Be the writer, with the warehouse open; what the block loads is published after it.

        Waits `patience` seconds for its turn, by default as long as any run does; raises
        WarehouseBusy.
        """
        with self._turn(patience) as settings:
            with self._opened(settings) as mill:
                yield mill
            self._publish(always=patience is None)

    def take(self, mill: Mill) -> None:
        """Load what was delivered, and what a killed run archived and never loaded.

        The first round takes one segment, so that readers soon have something.
        """
        self.count += 1
        segments = self.delivered()[: 1 if self.count == 1 else None]
        captures = [self._capture(segment) for segment in segments]
        for listing in stages.unfinished_batches(mill):
            self._load(mill, listing)
        drop = stages.open_drop(mill, captures, f"{self.run_id}-{self.count:03d}")
        while (fresh := stages.archive_next(mill, drop)) is not None:
            self._load(mill, fresh)
        for segment in segments:
            segment.unlink()
        self.milled.append((datetime.now(UTC), len(segments)))

    @contextmanager
    def _turn(self, patience: float | None) -> Iterator[Settings]:
        settings = self.settings
        if patience is not None:
            settings = settings.model_copy(update={"writer_timeout": patience})
        address = find(settings.prefect)
        with writer_slot(settings, address, self.tell, flow_run_id=self.flow_run_id):
            yield settings

    @contextmanager
    def _opened(self, settings: Settings) -> Iterator[Mill]:
        with open_mill(settings, self.run_id, self.flow_run_id, "crawl") as mill:
            mill.funnel, mill.audits, mill.auditor = self.funnel, self.audits, self.auditor
            yield mill

    def _capture(self, segment: Path) -> Path:
        """Give a segment the name that rows of the warehouse may point to for ever."""
        self.folders.captures.mkdir(exist_ok=True)
        capture = self.folders.captures / segment.name
        with suppress(FileExistsError):  # a killed round did it
            capture.hardlink_to(segment)
        return capture

    def _load(self, mill: Mill, listing: Path) -> None:
        report = stages.write_batch(mill, stages.audit(mill, stages.extract(mill, listing)))
        self.batches.append(report)
        if report.loaded and self.first_loaded_after is None:
            self.first_loaded_after = time.monotonic() - self._began

    def _publish(self, *, always: bool) -> None:
        now = time.monotonic()
        dear = self._published and self._publishing > PUBLISHING_SHARE * (now - self._published)
        if always or not dear:
            publish(self.settings.warehouse, self.settings.articles)
            self._published = time.monotonic()
            self._publishing = self._published - now
