"""Who visits what next, and when is a crawl over?

Every host has a few workers, and a worker makes one visit after the other; so hosts wait for
themselves only, and a slow or hostile one costs the others nothing. A crawl is over when no worker
has anything left, at its deadline, or when it is told to stop.
"""

import asyncio
import logging
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable
from datetime import UTC, datetime

from articles.identity.urls import canonical_url
from spiders.capture import Capture
from spiders.faults import Fault
from spiders.fetching import Download, Fetching
from spiders.frontier import Frontier, Pull
from spiders.host import Host
from spiders.listings import Listings
from spiders.order import Again, Order, scopes
from spiders.rendering import Rendering, note_caps
from spiders.source import Source
from spiders.visiting import Visiting
from spiders.visits import Kind, Settled, State, Visit, origin_of

PULL = 20
"""Visits that a host takes from the frontier at a time."""
TICK_SECONDS = 0.25
FLUSH_SECONDS = 1.0
"""Between two commits of what became of visits without a page."""
PROGRESS_SECONDS = 2.0
OURS_SECONDS = 86_400
"""Before a page on which newsmill itself failed is tried again."""
MACHINE = (OSError, sqlite3.Error, MemoryError)
"""A full disk or a broken frontier is no page's fault: the crawl ends."""
GRACE_SECONDS = 3.0
"""For fetches under way when a crawl is stopped."""

logger = logging.getLogger(__name__)
Tell = Callable[[dict[str, object]], None]


class Crew:
    """The workers of one crawl."""

    def __init__(self, order: Order, frontier: Frontier, download: Download, tell: Tell) -> None:
        self._order, self._frontier, self._tell = order, frontier, tell
        self._sources = {file.source.id: file.source for file in order.sources}
        self._scopes = scopes(order.sources)
        self._capture = Capture(order.out, frontier, order.run)
        self.fetching = Fetching(order, download, self._capture.log)
        self._listings = Listings(order, frontier, self._scopes)
        self._listings.added = self._call
        self.fetching.on_rules = self._listings.on_rules
        self.fetching.pauses, self.fetching.on_pause = frontier.pauses, frontier.pause
        self._rendering = Rendering(order, self.fetching, self._capture.log)
        self._visiting = Visiting(
            self.fetching, frontier, self._capture, self._listings, self._rendering
        )
        self._taken: set[int] = set()
        self._pages: Counter[str] = Counter()
        self._looks: Counter[str] = Counter()
        self._hosts: Counter[str] = Counter()
        self._started = self._flushed = self._told = time.monotonic()
        self._ends = self._started + order.deadline
        self._stopping = False
        self._pull = Pull(PULL, pages=not order.listings_only)
        self.reason = "finished"
        self.outcomes: Counter[str] = Counter()

    def stop(self, reason: str) -> None:
        """Start nothing new; what is under way gets a few seconds."""
        if not self._stopping:
            self._stopping, self.reason = True, reason

    async def run(self) -> None:
        """Crawl until nothing waits, the deadline or a stop; everything fetched is delivered."""
        now = datetime.now(UTC)
        self._frontier.take_part(
            (name, int(now.timestamp()) - source.revisit.until, source.limits.pages)
            for name, source in self._sources.items()
        )
        for file in self._order.sources:
            self._listings.seed(file, now)
        self._frontier.wake(int(now.timestamp()))
        if not self._order.listings_only:
            self._wake()
        for path in self._capture.recovered:
            self._tell({"event": "segment", "file": str(path), "pages": None})
        homes = {
            origin_of(canonical_url(file.source.home) or file.source.home)
            for file in self._order.sources
        }
        self._call(homes)  # first, as a source may meet so many hosts only
        self._call(self._frontier.origins())
        try:
            while self._busy() and not self._over():
                await asyncio.wait(self._workers(), timeout=TICK_SECONDS)
                self._tick()
            await self._wind_down()
        finally:
            await self._rendering.close()
            self._deliver()
        note_caps(self._frontier, self._sources.values(), self._pages)

    def progress(self) -> dict[str, object]:
        """Return the figures of the crawl so far, as its child process prints them."""
        tallies = [host.tally for host in self.fetching.hosts.values()]
        return {
            "event": "progress",
            "seconds": round(time.monotonic() - self._started, 1),
            "requests": sum(tally.requests for tally in tallies),
            "pages": sum(tally.pages for tally in tallies),
            "bytes": sum(tally.bytes for tally in tallies),
            "errors": sum(tally.errors for tally in tallies),
            "waiting": self._frontier.all_waiting(),
            "outcomes": dict(self.outcomes),
            "left_out": dict(self._listings.left_out),
            "hosts": {origin: host.standing() for origin, host in self.fetching.hosts.items()},
        }

    def _wake(self) -> None:
        """Let pages wait before their time, as the order says."""
        if self._order.revisit is Again.ALL:
            self._frontier.wake_all(self._sources)
        elif self._order.revisit is Again.YOUNG:
            self._frontier.wake_young()

    def _tick(self) -> None:
        now = time.monotonic()
        if self._capture.due():
            self._deliver()
        elif now - self._flushed >= FLUSH_SECONDS:
            self._capture.flush()
            self._flushed = now
        if now - self._told >= PROGRESS_SECONDS:
            self._tell(self.progress())
            self._told = now
        self._release()

    def _over(self) -> bool:
        if time.monotonic() >= self._ends:
            self.stop("deadline")
        return self._stopping

    def _busy(self) -> bool:
        for host in self.fetching.hosts.values():
            for worker in [worker for worker in host.workers if worker.done()]:
                host.workers.discard(worker)
                worker.result()  # a worker's bug ends the crawl aloud
        if self._workers():
            return True
        self._deliver()  # what was put off waits again only when it is noted
        self._release()
        return bool(self._workers())

    def _workers(self) -> list[asyncio.Task[None]]:
        return [worker for host in self.fetching.hosts.values() for worker in host.workers]

    async def _wind_down(self) -> None:
        if not self._workers():
            return
        _, late = await asyncio.wait(self._workers(), timeout=GRACE_SECONDS)
        for worker in late:
            worker.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _call(self, origins: Iterable[str]) -> None:
        """Let workers look for work at these origins."""
        for origin in origins:
            host = self.fetching.hosts.get(origin)
            source = self._source_at(origin)
            if host is None and source is not None and self._may_meet(source):
                host = self.fetching.host(origin + "/", source)
            if host is not None and source is not None and not self._stopping:
                self._staff(host, source)

    def _may_meet(self, source: Source) -> bool:
        """Count another host against the source's limit; over it, its pages wait."""
        self._hosts[source.id] += 1
        return self._hosts[source.id] <= source.limits.hosts

    def _staff(self, host: Host, source: Source) -> None:
        while len(host.workers) < host.pace.concurrency:
            host.workers.add(asyncio.create_task(self._work(host, source)))

    def _source_at(self, origin: str) -> Source | None:
        """Return the source whose pace holds at an origin."""
        for name, scope in self._scopes.items():
            if scope.on_site(origin + "/"):
                return self._sources[name]
        return None

    async def _work(self, host: Host, source: Source) -> None:
        await self.fetching.learn_rules(host, source)
        while not self._stopping and not host.closed:
            if (visit := self._next(host)) is not None:
                await self._make(visit)
            elif not await self._rest(host):
                return

    async def _rest(self, host: Host) -> bool:
        """Sleep until an address put off may be tried; return False when there is none."""
        until = self._frontier.put_off_until(host.origin, self._taken)
        if until is None:
            return False
        wait = max(0.1, until - time.time())
        if time.monotonic() + wait > self._ends:
            return False
        await asyncio.sleep(min(wait, 1.0))
        return True

    def _next(self, host: Host) -> Visit | None:
        while True:
            if not host.queue:
                found = self._frontier.waiting(
                    host.origin, int(time.time()), self._taken, self._in_budget(), self._pull
                )
                self._taken.update(visit.url_id for visit in found)
                host.queue.extend(found)
            if not host.queue:
                return None
            visit = host.queue.popleft()
            if self._may(visit):
                return visit

    def _in_budget(self) -> set[str]:
        sources = self._sources.items()
        return {name for name, source in sources if self._pages[name] < source.most_pages}

    def _may(self, visit: Visit) -> bool:
        """Count a visit against its source's limits; over them it stays for the next crawl."""
        source = self._sources[visit.source]
        page = visit.kind is Kind.PAGE
        looks = (self._looks, source.limits.listings)
        count, most = (self._pages, source.most_pages) if page else looks
        count[visit.source] += 1
        return count[visit.source] <= most

    async def _make(self, visit: Visit) -> None:
        source, scope = self._sources[visit.source], self._scopes[visit.source]
        settled = await self._answered(visit, self._visiting.visit(visit, source, scope))
        if settled is not None:
            self.outcomes[settled.outcome] += 1
            if settled.outcome != "stored":  # the segment holds those
                self._capture.settle(settled)

    async def _answered(
        self, visit: Visit, work: Coroutine[None, None, Settled | None]
    ) -> Settled | None:
        """Await a visit; a bug of ours that one page brings out ends that visit only."""
        task = asyncio.create_task(work)
        try:
            await asyncio.wait([task])
        finally:
            task.cancel()
        error = task.exception()
        if error is None:
            return task.result()
        if isinstance(error, MACHINE):
            raise error
        logger.error("newsmill failed on %s; please report it", visit.url, exc_info=error)
        told = f"{type(error).__name__}: {error}"[:300]
        now = int(time.time())
        return Settled(visit, now, State.REFUSED, Fault.OURS, told, not_before=now + OURS_SECONDS)

    def _deliver(self) -> None:
        delivered = self._capture.close()
        if delivered is not None:
            path, pages = delivered
            self._tell({"event": "segment", "file": str(path), "pages": pages})

    def _release(self) -> None:
        """Let what was put off be taken again, now that it is noted."""
        put_off = self._capture.put_off()
        self._taken.difference_update(put_off)
        if put_off:
            self._call(self._frontier.origins())
