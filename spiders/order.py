"""What is one crawl asked to do?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from articles.identity.urls import registered_domain
from spiders.guard import Guard
from spiders.source import Source
from spiders.source_files import SourceFile, SourceRefused

BROWSER = Path("/usr/bin/chromium")
"""Where Debian's package puts it."""


class Again(StrEnum):
    """Which of the pages that were there when last visited are visited again."""

    DUE = "due"
    """Those whose next visit has come: what a schedule wants."""
    YOUNG = "young"
    """Those whose last version was stored within `revisit.until`: what a person wants who asks for
    a crawl. What was never visited comes first."""
    ALL = "all"
    """Those too that are old enough to rest."""


@dataclass(frozen=True, slots=True)
class Order:
    """One crawl: its sources, where things lie, and its bounds."""

    sources: tuple[SourceFile, ...]
    frontier: Path
    out: Path
    """Folder for the segments."""
    run: str
    """Name of the crawl, the start of its segments' names."""
    deadline: float = 3600.0
    """Seconds after which nothing new is fetched."""
    guard: Guard = field(default_factory=Guard)
    proxy: str | None = None
    concurrency: int = 32
    """Requests under way at once, all hosts together."""
    due_only: bool = False
    """Look only at listings whose time has come; else at all of them."""
    listings_only: bool = False
    """Find pages and fetch none."""
    revisit: Again = Again.YOUNG
    """Which known pages are visited again."""
    user_agent: str = "newsmill/0.1"
    """What the sites are told; starts with the name that robots.txt knows us by."""
    browser: Path = BROWSER
    """Draws the pages of sources with `render`."""

    def agent(self, source: Source) -> str:
        """Return the user agent for a source: who asks, and whom to tell."""
        return f"{self.user_agent} (+{source.contact})" if source.contact else self.user_agent


class Scope:
    """Which addresses belong to a source?"""

    def __init__(self, source: Source) -> None:
        named = {_host(url) for url in (source.home, *_listings(source))}
        self._hosts = named | {name.lower() for name in source.domains}
        self._domains = {registered_domain(source.home)} - {None}
        self._allow = [re.compile(pattern) for pattern in source.links.allow]
        self._deny = [re.compile(pattern) for pattern in source.links.deny]

    def on_site(self, url: str) -> bool:
        """Return whether the host is one of the source's, or lies below one."""
        host = _host(url)
        if any(host == own or host.endswith("." + own) for own in self._hosts):
            return True
        return bool(self._domains) and registered_domain(url) in self._domains

    def takes(self, url: str) -> bool:
        """Return whether a page's address passes the source's own rules."""
        if any(pattern.search(url) for pattern in self._deny):
            return False
        return not self._allow or any(pattern.search(url) for pattern in self._allow)


def grouped(files: Iterable[SourceFile]) -> dict[str, list[str]]:
    """Return the ids of the sources of each group; raises `SourceRefused`.

    Groups may be crawled at the same time, so no site may be in two: its pace would be halved.
    """
    groups: dict[str, list[str]] = {}
    sites: dict[str, SourceFile] = {}
    for file in files:
        groups.setdefault(file.source.crew, []).append(file.source.id)
        for url in (file.source.home, *_listings(file.source)):
            other = sites.setdefault(registered_domain(url) or _host(url), file)
            if other.source.crew != file.source.crew:
                raise SourceRefused(
                    f"{other.path} and {file.path}: both ask {_host(url)}, so they must be in one "
                    f"group, and not in {other.source.crew!r} and {file.source.crew!r}"
                )
    if not groups:
        raise SourceRefused("no source is enabled: name one, or set `enabled = true` in its file")
    return groups


def scopes(sources: Iterable[SourceFile]) -> dict[str, Scope]:
    """Return the scope of each source by its id."""
    return {file.source.id: Scope(file.source) for file in sources}


def _listings(source: Source) -> list[str]:
    """Return the listings that the source names itself: feeds often live on a host of their own."""
    given = (source.feeds, source.sitemaps)
    named = [url for urls in given if not isinstance(urls, str) for url in urls]
    named += [section.url for section in source.sections]
    return [*named, *(archive.url for archive in source.archives), *source.urls]


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
