"""May this address be fetched now, and what does the host answer?

The one way out: robots.txt before anything else, then the host's turn, then its cookies.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from scrapy import Request
from scrapy.http import Response

from spiders.faults import REDIRECTS, Fault, FetchFailed, fault_of_status
from spiders.fetcher import WIRE, Wire
from spiders.host import PATIENCE_SECONDS, Host
from spiders.order import Order
from spiders.packing import unpacked
from spiders.page import encodings, header, location
from spiders.politeness import Pace, retry_after
from spiders.robots import AGENT, LARGEST, Robots
from spiders.source import Source
from spiders.visits import Fetch, Visit, joined, origin_of

ROBOTS_HOPS = 5
"""Redirects of robots.txt that are followed; the standard's number."""
ROBOTS_TRIES = 2
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",  # what the archive's readers unpack
}


@dataclass(frozen=True, slots=True)
class _Met:
    """What a fetch of robots.txt met, for the log."""

    outcome: str
    detail: str | None
    status: int | None = None
    bytes: int = 0
    ip: str | None = None


Download = Callable[[Request], Awaitable[Response]]


class Fetching:
    """Fetches for one crawl."""

    def __init__(self, order: Order, download: Download, log: Callable[[Fetch], None]) -> None:
        self._order, self._download, self._log = order, download, log
        self._gate = asyncio.Semaphore(order.concurrency)
        self.hosts: dict[str, Host] = {}
        self.pauses: dict[str, int] = {}
        """What hosts asked for in earlier crawls, by origin: seconds of the epoch."""
        self.on_pause: Callable[[str, int], None] = lambda _origin, _until: None
        """Called with what a host asks for now."""
        self.on_rules: Callable[[Host, Source], None] = lambda _host, _source: None
        """Called once when the rules of a host are known."""

    def host(self, url: str, source: Source) -> Host:
        """Return the host of an address; the first source that meets it sets its pace."""
        origin = origin_of(url)
        if origin not in self.hosts:
            pace = Pace(source.politeness.delay, source.politeness.concurrency)
            if (left := self.pauses.get(origin, 0) - time.time()) > 0:
                pace.paused_until = time.monotonic() + left
            self.hosts[origin] = Host(origin, pace)
        return self.hosts[origin]

    async def fetch(
        self, url: str, source: Source, most: int, last: Visit | None = None
    ) -> Response:
        """Return the host's answer, whatever its status; raises `FetchFailed`.

        `most` bounds the body in bytes. With `last`, the answer may be 304.
        """
        if (why := self._order.guard.refuses_url(url)) is not None:
            raise FetchFailed(Fault.GUARD, why)
        host = self.host(url, source)
        await self.learn_rules(host, source)
        if host.pace.pause > PATIENCE_SECONDS:
            raise FetchFailed(Fault.PAUSED, f"to be left alone for {host.pace.pause:.0f} s more")
        robots = host.robots
        if robots is None or robots.unreachable is not None:
            raise FetchFailed(Fault.ROBOTS_UNREACHABLE, (robots and robots.unreachable) or "")
        if not robots.allow(url, AGENT):
            raise FetchFailed(Fault.ROBOTS, "robots.txt disallows it")
        if source.politeness.purpose == "training" and robots.ai_opt_out(url):
            raise FetchFailed(Fault.ROBOTS, "robots.txt shuts out robots that train models")
        return await self._request(host, url, source, most, last)

    async def learn_rules(self, host: Host, source: Source) -> None:
        """Read robots.txt unless its rules are known."""
        if host.rules_known or host.pace.pause > PATIENCE_SECONDS:
            return
        async with host.lock:
            if not host.rules_known:
                host.obey(await self._robots(host, source))
                self.on_rules(host, source)

    async def _robots(self, host: Host, source: Source) -> Robots:
        for left in reversed(range(ROBOTS_TRIES)):
            try:
                status, body = await self._robots_file(host, source)
            except FetchFailed as failed:
                if failed.fault not in (Fault.RESET, Fault.TIMEOUT, Fault.TRUNCATED) or not left:
                    return Robots.failed(failed.fault, failed.detail)
            else:
                said = Robots.of(status, body)
                patient = host.pace.pause <= PATIENCE_SECONDS
                if said.unreachable is None or not left or not patient:
                    return said
        raise AssertionError("the last try returns")

    async def _robots_file(self, host: Host, source: Source) -> tuple[int, bytes]:
        url = host.origin + "/robots.txt"
        for hop in range(ROBOTS_HOPS + 1):
            started = time.time()
            try:
                response = await self._request(self.host(url, source), url, source, 2 * LARGEST)
            except FetchFailed as failed:
                self._note(source, url, hop, started, _Met(failed.fault, failed.detail))
                raise
            wire: Wire = response.meta[WIRE]
            met = _Met("rules", None, response.status, len(response.body), wire.ip)
            self._note(source, url, hop, started, met)
            if response.status not in REDIRECTS:
                return response.status, _rules_text(response)
            url = joined(url, location(response)) or ""
            if (why := self._order.guard.refuses_url(url)) is not None:
                raise FetchFailed(Fault.GUARD, why)
        raise FetchFailed(Fault.REDIRECT_CHAIN, f"more than {ROBOTS_HOPS} redirects")

    async def _request(
        self, host: Host, url: str, source: Source, most: int, last: Visit | None = None
    ) -> Response:
        request = Request(
            url,
            headers=HEADERS | _conditions(last) | {"User-Agent": self._order.agent(source)},
            meta={"download_timeout": source.limits.seconds, "download_maxsize": most},
            dont_filter=True,
        )
        host.put_cookies(request)
        asked = time.monotonic()
        async with host.pace.turn(), self._gate:
            host.tally.waited_s += time.monotonic() - asked
            host.tally.requests += 1
            try:
                response = await self._download(request)
            except FetchFailed as failed:
                host.tally.errors += 1
                if failed.fault in (Fault.DNS, Fault.CONNECT, Fault.TLS):
                    host.pace.failed()
                raise
            self._answered(host, response)
        host.keep_cookies(response, request)
        return response

    def _answered(self, host: Host, response: Response) -> None:
        host.tally.bytes += len(response.body)
        if response.status in (429, 503):
            now = time.time()
            pause = host.pace.slow_down(retry_after(header(response, "Retry-After"), now))
            self.on_pause(host.origin, int(now + pause) + 1)
        else:
            host.pace.answered()
        if fault_of_status(response.status) is not None:
            host.tally.errors += 1

    def _note(self, source: Source, url: str, hop: int, started: float, what: _Met) -> None:
        """Log a fetch of robots.txt; visits log their own."""
        self._log(
            Fetch(
                at=started,
                source=source.id,
                url=url,
                hop=hop,
                outcome=what.outcome,
                detail=what.detail,
                status=what.status,
                bytes=what.bytes,
                elapsed_ms=int((time.time() - started) * 1000),
                ip=what.ip,
            )
        )


def _rules_text(response: Response) -> bytes:
    if response.status != 200:
        return b""
    return unpacked(response.body, encodings(response), 8 * LARGEST)


def _conditions(last: Visit | None) -> dict[str, str]:
    conditions = {}
    if last is not None and last.etag:
        conditions["If-None-Match"] = last.etag
    if last is not None and last.modified:
        conditions["If-Modified-Since"] = last.modified
    return conditions
