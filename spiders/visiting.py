"""What comes of one visit: its redirects, its faults, its page?"""

import time
from dataclasses import dataclass, field, replace
from typing import Protocol

from scrapy.http import Response

from articles.identity.urls import canonical_url
from spiders.capture import Capture, facts
from spiders.faults import PASSING, REDIRECTS, Fault, FetchFailed, fault_of_status
from spiders.fetcher import WIRE, Wire
from spiders.fetching import Fetching
from spiders.frontier import Frontier
from spiders.order import Scope
from spiders.page import Page, header, location, opt_out, page_in, page_of, refreshed
from spiders.politeness import retry_after
from spiders.rendering import Dom, Rendering
from spiders.revisits import next_look, next_poll, next_try
from spiders.source import Source
from spiders.visits import Fetch, Kind, Settled, State, Told, Visit, joined, url_key

HOPS = 8
"""Redirects that are followed. A browser follows 20; chains of news sites have up to 5."""
RETRY_SECONDS = (1, 3, 10, 60, 300)
"""Before the second try, the third, and so on; a Retry-After that asks for more gets more."""
SLOW_DOWN_TRIES = 4
"""Times the tries of other faults: a host that says 429 is not at fault, we are."""
REFUSED_SECONDS = 6 * 3600
"""Before a page that was no page is tried again, should it still be listed."""


class ReadsListings(Protocol):
    """Takes note of what feeds, sitemaps and pages of links list."""

    def read(self, visit: Visit, url: str, response: Response) -> Told:
        """Add what the answer lists to the frontier; return what that came to."""


@dataclass(slots=True)
class Trail:
    """The way of one visit over its redirects."""

    visit: Visit
    source: Source
    url: str
    started: float
    hop: int = 0
    passed: list[str] = field(default_factory=list)
    response: Response | None = None
    """The answer to `url`."""
    page: Page | None = None
    dom: Dom | None = None
    """The page as a browser shows it, if the source wants one; then `page` is of it."""

    @property
    def drawn(self) -> bool:
        """Whether a browser draws what is found."""
        return self.source.render and self.visit.kind is Kind.PAGE

    def sent_home(self, target: str) -> bool:
        """Whether a page leads to the home page, as sites do with stories they took away."""
        page = self.visit.kind is Kind.PAGE
        return page and canonical_url(target) == canonical_url(self.source.home) != self.visit.url

    def go(self, target: str, *, cookies: bool) -> None:
        """Step to where a redirect leads; raises `FetchFailed` for loops and long chains.

        The same address may come again when a cookie was set on the way: consent pages do that.
        """
        if target in (self.url, *self.passed) and not cookies:
            raise FetchFailed(Fault.REDIRECT_LOOP, f"back to {target}"[:300])
        if self.hop == HOPS:
            raise FetchFailed(Fault.REDIRECT_CHAIN, f"more than {HOPS} redirects")
        self.passed.append(self.url)
        self.url, self.hop, self.started = target, self.hop + 1, time.time()
        self.response = self.page = None


class Visiting:
    """Makes the visits of one crawl."""

    def __init__(
        self,
        fetching: Fetching,
        frontier: Frontier,
        capture: Capture,
        listings: ReadsListings,
        rendering: Rendering,
    ) -> None:
        self._fetching, self._frontier, self._capture = fetching, frontier, capture
        self._listings, self._rendering = listings, rendering
        self._arrived: set[int] = set()
        """Keys of the addresses at which a page was met in this crawl."""

    async def visit(self, visit: Visit, source: Source, scope: Scope) -> Settled | None:
        """Make one visit and return what came of it; None leaves it waiting as it is."""
        trail = Trail(visit, source, visit.url, time.time())
        try:
            if await self._follow(trail, scope):
                return self._alias(trail)
            if trail.drawn:
                await self._draw(trail, scope)
            return self._arrive(trail)
        except FetchFailed as failed:
            return self._failed(trail, failed)

    async def _follow(self, trail: Trail, scope: Scope) -> bool:
        """Follow redirects to the end; return whether they end at a page met before."""
        most = trail.source.limits
        while True:
            size = most.page_bytes if trail.visit.kind is Kind.PAGE else most.listing_bytes
            trail.response = response = await self._fetching.fetch(
                trail.url, trail.source, size, None if trail.drawn else trail.visit
            )  # that a page to be drawn is the same tells nothing about its text
            if (target := self._target(trail, response)) is None:
                return self._met_before(trail.url, trail.visit, here=True)
            if not scope.on_site(target):
                raise FetchFailed(Fault.OFF_SITE, f"leads to {target}"[:300])
            if trail.sent_home(target):
                raise FetchFailed(Fault.GONE, "leads to the home page")
            self._log(trail, "redirect", target)
            trail.go(target, cookies=b"Set-Cookie" in response.headers)
            if self._met_before(target, trail.visit, here=False):
                return True

    async def _draw(self, trail: Trail, scope: Scope) -> None:
        if trail.response is None or trail.page is None:
            raise AssertionError("a page ended the way")
        trail.dom = await self._rendering.dom(
            trail.url, trail.source, scope, trail.response, trail.page.body
        )
        shown = page_in(trail.dom.html)
        # a script cannot take back what the site said before it ran
        trail.page = replace(shown, metas=shown.metas | trail.page.metas)

    def _target(self, trail: Trail, response: Response) -> str | None:
        """Return where an answer leads, or None when it is the end; raises `FetchFailed`."""
        if (fault := fault_of_status(response.status)) is not None:
            raise FetchFailed(fault, f"HTTP status {response.status}")
        if response.status in REDIRECTS:
            href = location(response)
        elif trail.visit.kind is Kind.PAGE and response.status == 200:
            href = refreshed(header(response, "Refresh")) or ""
            if joined(trail.url, href) == trail.url:
                trail.page = page_of(response, trail.source.limits.page_bytes)
                href = trail.page.refresh() or ""
        else:
            return None
        target = joined(trail.url, href)
        if target is None:
            raise FetchFailed(Fault.MALFORMED, f"leads to {href[:100]!r}, which is no address")
        if response.status in REDIRECTS and not href:
            raise FetchFailed(Fault.MALFORMED, f"status {response.status} without a Location")
        return None if target == trail.url and response.status == 200 else target

    def _met_before(self, url: str, visit: Visit, *, here: bool) -> bool:
        """Return whether a page is known by another address that was visited already."""
        if visit.kind is not Kind.PAGE:
            return False
        key = visit.url_id if url == visit.url else url_key(canonical_url(url) or url)
        if key in self._arrived:
            return True
        if here:
            self._arrived.add(key)
        return key != visit.url_id and self._frontier.stored(key)

    def _arrive(self, trail: Trail) -> Settled:
        response = trail.response
        if response is None:
            raise AssertionError("an answer ended the way")
        if trail.visit.kind is not Kind.PAGE:
            return self._listing(trail, response)
        page = trail.page
        if response.status == 304 or page is None:
            return self._unchanged(trail, "304")
        said = opt_out(response, page.metas)
        if said is not None and trail.source.politeness.purpose == "training":
            raise FetchFailed(Fault.OPTED_OUT, said)
        if page.body_hash == trail.visit.body_hash:
            return self._unchanged(trail, "same bytes")
        if page.text_hash is not None and page.text_hash == trail.visit.text_hash:
            return self._unchanged(trail, "same text")
        return self._store(trail, response, page, said)

    def _store(self, trail: Trail, response: Response, page: Page, said: str | None) -> Settled:
        now = int(time.time())
        settled = self._settled(
            trail,
            State.DONE,
            "stored",
            body_hash=page.body_hash,
            text_hash=page.text_hash,
            changed_at=now,
            revisit_every=next_look(trail.visit, trail.source.revisit, now, changed=True),
        )
        host = self._fetching.host(trail.url, trail.source)
        shut_out = host.robots is not None and host.robots.ai_opt_out(trail.url)
        noted = facts(
            trail.source.id,
            opt_out=said,
            ai_robots="disallowed" if shut_out else None,
            listed_as=trail.visit.url if trail.hop else None,
            rendered=trail.dom.browser if trail.dom else None,
        )
        name = self._capture.store(response, settled, noted, trail.dom)
        self._log(trail, "stored", trail.dom.told if trail.dom else None, name)
        host.tally.pages += 1
        return settled

    def _unchanged(self, trail: Trail, why: str) -> Settled:
        now = int(time.time())
        every = next_look(trail.visit, trail.source.revisit, now, changed=False)
        bytes_met = trail.page.body_hash if trail.page else None
        return self._noted(
            trail, State.DONE, "unchanged", why, revisit_every=every, body_hash=bytes_met
        )

    def _listing(self, trail: Trail, response: Response) -> Settled:
        visit, revisit = trail.visit, trail.source.revisit
        if response.status == 304:
            every = next_poll(visit, revisit, news=False)
            return self._noted(trail, State.DONE, "unchanged", "304", revisit_every=every)
        told = self._listings.read(visit, trail.url, response)
        every = next_poll(visit, revisit, news=told.news)
        # asked only whether it changed, an index would hide what its sitemaps have
        mark = {"etag": None, "modified": None} if told.leads_on else {}
        return self._noted(trail, State.DONE, "listed", told.summary, revisit_every=every, **mark)

    def _alias(self, trail: Trail) -> Settled:
        return self._noted(trail, State.DONE, "alias", None)

    def _failed(self, trail: Trail, failed: FetchFailed) -> Settled | None:
        fault, now, tries = failed.fault, int(time.time()), trail.visit.tries
        page = trail.visit.kind is Kind.PAGE
        self._log(trail, fault, failed.detail)
        if fault in (Fault.ROBOTS_UNREACHABLE, Fault.PAUSED):
            return None
        if fault is Fault.GONE:
            again = next_try(trail.visit, trail.source.revisit) if page else None
            return self._settled(trail, State.GONE, fault, failed.detail, revisit_every=again)
        most = trail.source.limits.tries * (SLOW_DOWN_TRIES if fault is Fault.SLOW_DOWN else 1)
        if fault in PASSING and tries + 1 < most:
            wait = RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)]
            asked = trail.response and retry_after(header(trail.response, "Retry-After"), now)
            later = now + 1 + int(max(wait if fault is not Fault.SLOW_DOWN else 1, asked or 0))
            return self._settled(trail, State.WAITING, fault, failed.detail, not_before=later)
        wait = REFUSED_SECONDS if page else trail.source.revisit.poll_least
        again = None if fault is Fault.ROBOTS else now + wait
        return self._settled(trail, State.REFUSED, fault, failed.detail, not_before=again)

    def _noted(
        self, trail: Trail, state: State, outcome: str, detail: str | None, **more: object
    ) -> Settled:
        self._log(trail, outcome, detail)
        return self._settled(trail, state, outcome, detail, **more)

    def _settled(
        self, trail: Trail, state: State, outcome: str, detail: str | None = None, **more: object
    ) -> Settled:
        response, visit = trail.response, trail.visit
        # an alias carries no page: were its target done with it, and the crawl killed before the
        # target's own segment is closed, the page would be lost
        arrived = state is State.DONE and trail.hop > 0 and outcome in ("stored", "unchanged")
        end = (canonical_url(trail.url) or trail.url) if arrived else visit.url
        values: dict[str, object] = {
            "visit": visit,
            "at": int(time.time()),
            "state": state,
            "outcome": str(outcome),
            "detail": detail,
            "status": response.status if response is not None else None,
            "final_url": trail.url if trail.hop else None,
            "aliases": (end,) if end != visit.url else (),
        }
        if response is not None and state is State.DONE:
            values["etag"] = header(response, "ETag")[:500] or None
            values["modified"] = header(response, "Last-Modified")[:100] or None
        return Settled(**(values | more))  # type: ignore[arg-type]

    def _log(
        self, trail: Trail, outcome: str, detail: str | None, segment: str | None = None
    ) -> None:
        response = trail.response
        wire: Wire | None = response.meta[WIRE] if response is not None else None
        self._capture.log(
            Fetch(
                at=trail.started,
                source=trail.source.id,
                url=trail.url,
                hop=trail.hop,
                outcome=str(outcome),
                detail=detail,
                status=response.status if response is not None else None,
                bytes=len(response.body) if response is not None else 0,
                elapsed_ms=int(1000 * (wire.elapsed if wire else time.time() - trail.started)),
                ip=wire.ip if wire else None,
                segment=segment,
            )
        )
