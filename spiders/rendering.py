"""Which pages does a browser draw, and what may they ask for while it does?

A page gets itself, scripts and data of its own site by GET, each through the crawl's one door:
guard, robots.txt, the host's turn, bounds of size and time. All else is refused and counted.
"""

import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.http import Response

from spiders.faults import REDIRECTS, Fault, FetchFailed
from spiders.fetcher import WIRE, Wire
from spiders.fetching import Fetching
from spiders.frontier import Frontier
from spiders.order import Order, Scope
from spiders.packing import unpacked
from spiders.page import encodings, header
from spiders.source import Source
from spiders.visits import Fetch, joined

if TYPE_CHECKING:
    from spiders.browser import Asked, Browser, Given

KINDS = frozenset({"script", "xhr", "fetch"})
"""What a text needs of its page; pictures, fonts, styles, frames and sockets give it no words."""
REQUESTS = 100
"""Of a page. News pages that write their text themselves ask for 5 to 40 scripts."""
HOPS = 5
KEPT_BYTES = 16 << 20
"""Scripts of earlier pages that are kept, so that a host is asked for each once a crawl."""
PASSED_ON = ("Content-Type", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials")

logger = logging.getLogger(__name__)
Log = Callable[[Fetch], None]


@dataclass(frozen=True, slots=True)
class Dom:
    """A page as a browser shows it."""

    html: bytes
    """In UTF-8."""
    browser: str
    """Who drew it, as `Chromium 140.0`."""
    told: str
    """What it asked for, in a few words."""


class Rendering:
    """Draws the pages of one crawl, one at a time."""

    def __init__(self, order: Order, fetching: Fetching, log: Log) -> None:
        self._order, self._fetching, self._log = order, fetching, log
        self._browser: Browser | None = None
        self._kept: dict[str, Given] = {}

    async def dom(
        self, url: str, source: Source, scope: Scope, response: Response, body: bytes
    ) -> Dom:
        """Return the page at `url` drawn from its answer, whose unpacked body is `body`.

        Raises `FetchFailed`.
        """
        from spiders.browser import Browser, Given

        if self._browser is None:
            self._browser = Browser(self._order.browser)
        first = Given(200, _headers(response), body)
        answers = _Answers(self._fetching, self._log, self._kept, url, source, scope, first)
        limits = source.limits
        html, name = await self._browser.html(
            url, self._order.agent(source), answers, limits.page_bytes, limits.render_seconds
        )
        packed = html.encode("utf-8", "replace")  # scripts can write half a surrogate pair
        if len(packed) > limits.page_bytes:
            raise FetchFailed(Fault.TOO_LARGE, f"over {limits.page_bytes} bytes as it is shown")
        return Dom(packed, name, answers.told())

    async def close(self) -> None:
        """End the browser."""
        if self._browser is not None:
            await self._browser.close()


class _Answers:
    """Answers what one page asks for."""

    def __init__(
        self,
        fetching: Fetching,
        log: Log,
        kept: "dict[str, Given]",
        url: str,
        source: Source,
        scope: Scope,
        first: "Given",
    ) -> None:
        self._fetching, self._log, self._kept = fetching, log, kept
        self._url, self._source, self._scope = url, source, scope
        self._first: Given | None = first
        self._given = 0
        self._refused: Counter[str] = Counter()

    def told(self) -> str:
        """Return how many requests of the page were answered and refused, and why."""
        reasons = ", ".join(f"{count} {why}" for why, count in sorted(self._refused.items()))
        return f"rendered; {self._given} requests answered, refused: {reasons or 'none'}"

    async def __call__(self, asked: "Asked") -> "Given | None":
        """Return the answer; None refuses."""
        if asked.navigates and self._first is not None and asked.url == self._url:
            first, self._first = self._first, None
            return first
        why = self._why_not(asked)
        try:
            if why is not None:
                raise FetchFailed(why, f"a {asked.kind} by {asked.method}")
            self._given += 1
            return await self._answer(asked)
        except FetchFailed as failed:
            self._refused[failed.fault] += 1
            if failed.fault is not Fault.NOT_NEEDED:
                self._note(asked.url, time.time(), failed.fault, failed.detail)
            return None

    def _why_not(self, asked: "Asked") -> Fault | None:
        if asked.navigates or asked.kind not in KINDS or asked.method != "GET":
            return Fault.NOT_NEEDED
        if not self._scope.on_site(asked.url) or not _usual_port(asked.url, self._url):
            return Fault.OFF_SITE
        return Fault.TOO_MANY if self._given >= REQUESTS else None

    async def _answer(self, asked: "Asked") -> "Given":
        from spiders.browser import Given

        if asked.url in self._kept:
            return self._kept[asked.url]
        response = await self._followed(asked.url)
        body = unpacked(response.body, encodings(response), self._source.limits.page_bytes)
        given = Given(response.status, _headers(response), body)
        room = KEPT_BYTES - sum(len(each.body) for each in self._kept.values())
        if asked.kind == "script" and response.status == 200 and len(body) <= room:
            self._kept[asked.url] = given
        return given

    async def _followed(self, url: str) -> Response:
        for _ in range(HOPS + 1):
            started = time.time()
            response = await self._fetching.fetch(url, self._source, self._source.limits.page_bytes)
            self._note(url, started, "subrequest", f"for {self._url}"[:300], response)
            if response.status not in REDIRECTS:
                return response
            url = joined(url, header(response, "Location")) or ""
            if not self._scope.on_site(url) or not _usual_port(url, self._url):
                raise FetchFailed(Fault.OFF_SITE, f"leads to {url}"[:300])
        raise FetchFailed(Fault.REDIRECT_CHAIN, f"more than {HOPS} redirects")

    def _note(
        self, url: str, at: float, outcome: str, detail: str, response: Response | None = None
    ) -> None:
        wire: Wire | None = response.meta[WIRE] if response is not None else None
        self._log(
            Fetch(
                at=at,
                source=self._source.id,
                url=url[:2_000],
                hop=0,
                outcome=str(outcome),
                detail=detail,
                status=response.status if response is not None else None,
                bytes=len(response.body) if response is not None else 0,
                elapsed_ms=int(1000 * wire.elapsed) if wire else 0,
                ip=wire.ip if wire else None,
            )
        )


def missing(program: Path) -> str | None:
    """Return what a crawl with a browser lacks and what to do about it, or None."""
    if find_spec("playwright") is None:
        return "the extra `render` is not installed; run `make setup-render`, then crawl again"
    if not os.access(program, os.X_OK):
        return (
            f"there is no browser at {program}; install Debian's package chromium, or set "
            "NEWSMILL_CRAWL_BROWSER to the path of a Chromium, then crawl again"
        )
    return None


def renderable(order: Order, frontier: Frontier) -> Order:
    """Return the order without the sources that want a browser where there is none.

    Each of these is told of on stderr and in the crawl log.
    """
    wanting = [file for file in order.sources if file.source.render]
    if not wanting or order.listings_only or (why := missing(order.browser)) is None:
        return order
    for file in wanting:
        told = f"{file.path}: render = true wants a browser, and {why}"
        logger.error("%s", told)
        _tell(frontier, file.source, Fault.NO_BROWSER, told)
    rest = tuple(file for file in order.sources if not file.source.render)
    return replace(order, sources=rest)


def note_caps(frontier: Frontier, sources: Iterable[Source], pages: Counter[str]) -> None:
    """Tell in the crawl log of sources that have pages left beyond `limits.rendered`."""
    for source in sources:
        left = frontier.left([source.id]) if source.render else 0
        if left and pages[source.id] >= source.most_pages:
            told = (
                f"limits.rendered is {source.most_pages}; {left} addresses wait for the next crawl"
            )
            _tell(frontier, source, Fault.RENDER_CAP, told)


def _tell(frontier: Frontier, source: Source, fault: Fault, told: str) -> None:
    """Write a line about a source, under its home's address."""
    noted = Fetch(time.time(), source.id, source.home, 0, fault, told, None, 0, 0, None)
    frontier.settle([], [noted])


def _headers(response: Response) -> dict[str, str]:
    return {name: value for name in PASSED_ON if (value := header(response, name))}


def _usual_port(url: str, page: str) -> bool:
    """Return whether the port is the page's or the scheme's: scripts could try all of a host's."""
    try:
        return urlsplit(url).port in (None, urlsplit(page).port)
    except ValueError:
        return False
