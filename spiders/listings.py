"""Which of the addresses that a site lists are to be visited?"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from scrapy.http import Response

from articles.identity.urls import canonical_url
from spiders.discovery.listing import Entry, Listing, ListingRefused
from spiders.discovery.read import listing
from spiders.faults import Fault, FetchFailed
from spiders.frontier import Frontier
from spiders.host import Host
from spiders.order import Order, Scope
from spiders.packing import gunzipped, unpacked
from spiders.page import charset, encodings
from spiders.robots import Robots
from spiders.source import Source
from spiders.source_files import SourceFile
from spiders.visits import How, Kind, Listed, Told, Visit, joined, origin_of

WELL_KNOWN = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml")
"""Asked for when robots.txt names no sitemap."""
MOST_SITEMAPS = 50
"""Of one robots.txt."""
UNDATED = (1 << 33) - 1
"""Seconds of the epoch, later than any: what states no time goes first, in the order given."""
MOST_SECTIONS = 20
"""Of a home page."""
LISTED_FORMS = frozenset({"rss", "atom", "json_feed", "sitemap", "sitemap_index", "text"})


class Listings:
    """Reads listings for one crawl, and keeps count of what each source may still cost."""

    def __init__(self, order: Order, frontier: Frontier, scopes: Mapping[str, Scope]) -> None:
        self._sources = {file.source.id: file.source for file in order.sources}
        self._order, self._frontier, self._scopes = order, frontier, scopes
        self.added: Callable[[Iterable[str]], None] = lambda _origins: None
        """Called with the origins at which something waits."""
        self.left_out: Counter[str] = Counter()
        self._looked: set[str] = set()
        self._noted: Counter[str] = Counter()

    def seed(self, file: SourceFile, now: datetime) -> None:
        """Let the source's own listings and addresses wait."""
        source = file.source
        pages = [Listed(url) for url in map(canonical_url, file.listed_urls()) if url]
        seeds: list[Listed] = []
        if source.front:
            seeds += self._as(Kind.FRONT, [source.home], 0)
        if not isinstance(source.feeds, str):
            seeds += self._as(Kind.FEED, source.feeds, 0)
        if not isinstance(source.sitemaps, str):
            seeds += self._as(Kind.SITEMAP, source.sitemaps, source.limits.sitemap_depth)
        for section in source.sections:
            deeper = 0 if "{page}" in section.url else section.pages - 1
            seeds += self._as(Kind.SECTION, section.addresses(), deeper)
        for archive in source.archives:
            seeds += self._as(Kind.SECTION, archive.addresses(now.date()), 0)
        self._add(source.id, [*pages, *self._looks(seeds)])

    def on_rules(self, host: Host, source: Source) -> None:
        """Let the sitemaps wait that robots.txt names, or those of the well-known places."""
        home = canonical_url(source.home) or source.home
        if source.sitemaps != "auto" or host.origin != origin_of(home):
            return
        robots = host.robots or Robots(None)
        if robots.unreachable is not None:
            return
        scope = self._scopes[source.id]
        named = [joined(home, href) or "" for href in robots.sitemaps()[:MOST_SITEMAPS]]
        depth = source.limits.sitemap_depth
        there = self._as(Kind.SITEMAP, named, depth)
        found = [one for one in there if scope.on_site(one.url)]
        if elsewhere := len(there) - len(found):
            self.left_out["sitemap_off_site"] += elsewhere
        if not named:
            guessed = self._as(Kind.SITEMAP, [host.origin + path for path in WELL_KNOWN], depth)
            found = [one for one in guessed if not self._frontier.gone(one.url)]
        self._add(source.id, self._looks(found))

    def read(self, visit: Visit, url: str, response: Response) -> Told:
        """Add what a listing lists to the frontier; return what that came to.

        Raises `FetchFailed` when the answer is no listing.
        """
        source, most = self._sources[visit.source], self._sources[visit.source].limits
        body = unpacked(response.body, encodings(response), most.listing_bytes)
        body = gunzipped(body, most.listing_bytes)
        try:
            found = listing(body, url, charset=charset(response))
        except ListingRefused as refused:
            raise FetchFailed(Fault.MALFORMED, str(refused)) from refused
        base = found.base or url
        pages = self._pages(source, found, base)
        self._noted[source.id] += len(pages)
        if self._noted[source.id] > most.addresses:
            told = f"its listings list over {most.addresses} addresses; see limits.addresses"
            raise FetchFailed(Fault.TOO_LARGE, told)
        new = self._frontier.news(pages)
        deeper = self._deeper(visit, source, found, base)
        self._add(source.id, [*pages, *self._looks(deeper)])
        if found.form in ("sitemap", "text"):
            self._frontier.relist(visit.url, [page.url for page in pages])
        return Told(f"{found.form}: {len(pages)} pages, {new} new", new > 0, bool(deeper))

    def _pages(self, source: Source, found: Listing, base: str) -> list[Listed]:
        scope = self._scopes[source.id]
        listed = How.LISTED if found.form in LISTED_FORMS else How.LINKED
        pages: dict[str, Listed] = {}
        for entry in found.pages:
            url = _completed(base, entry.href)
            if (why := self._leaves_out(url, scope)) is not None:
                self.left_out[why] += 1
            elif url is not None and url not in pages and not self._too_old(source, entry):
                how = listed | (How.DATED if entry.at is not None else How.LINKED)
                pages[url] = Listed(url, Kind.PAGE, entry.at, how)
        return list(pages.values())

    def _deeper(self, visit: Visit, source: Source, found: Listing, base: str) -> list[Listed]:
        """Return the listings that a listing names and that may still be followed."""
        deeper: list[Listed] = []
        if visit.depth > 0:
            deeper += self._as_entries(Kind.SITEMAP, found.sitemaps, base, visit.depth - 1)
        if visit.depth > 0 and visit.kind is Kind.SECTION:
            deeper += self._as_entries(Kind.SECTION, found.following[:1], base, visit.depth - 1)
        if visit.kind is Kind.FRONT:
            sections = found.sections[:MOST_SECTIONS] if not source.sections else ()
            deeper += self._as_entries(Kind.SECTION, sections, base, 0)
            if source.feeds == "auto":
                deeper += self._as_entries(Kind.FEED, found.feeds, base, 0)
        scope = self._scopes[source.id]
        return [one for one in deeper if self._leaves_out(one.url, scope) is None]

    def _leaves_out(self, url: str | None, scope: Scope) -> str | None:
        if url is None or self._order.guard.refuses_url(url) is not None:
            return "no_address"
        if not scope.on_site(url):
            return "off_site"
        return None if scope.takes(url) else "source_rules"

    def _too_old(self, source: Source, entry: Entry) -> bool:
        days = source.limits.sitemap_days
        if days is None or entry.at is None:
            return False
        return entry.at < datetime.now(UTC).timestamp() - days * 86_400

    def _as(self, kind: Kind, urls: Iterable[str], depth: int) -> list[Listed]:
        known = [url for url in map(canonical_url, urls) if url is not None]
        return [
            Listed(url, kind, UNDATED - place, depth=depth)
            for place, url in enumerate(dict.fromkeys(known))
        ]

    def _as_entries(
        self, kind: Kind, entries: Iterable[Entry], base: str, depth: int
    ) -> list[Listed]:
        """Return listings that another names; those without a time may be the newest."""
        times = {_completed(base, entry.href): entry.at for entry in reversed([*entries])}
        found = self._as(kind, filter(None, reversed(times)), depth)
        return [replace(one, at=times[one.url] or one.at) for one in found]

    def _looks(self, listed: Iterable[Listed]) -> list[Listed]:
        """Return the listings that are to be looked at in this crawl, each once."""
        now = int(time.time())
        new = [one for one in listed if one.url not in self._looked]
        if self._order.due_only:
            new = [one for one in new if self._frontier.due(one.url, now)]
        self._looked.update(one.url for one in new)
        return new

    def _add(self, source: str, listed: Iterable[Listed]) -> None:
        self.added(self._frontier.add(source, listed))


def _completed(base: str, href: str) -> str | None:
    """Return the canonical form of a link that needs no password, or None."""
    if href.lower().startswith(("javascript:", "mailto:", "tel:", "data:", "#")):
        return None
    return canonical_url(href, base)
