"""What would a new source look like, what would it fetch, and how do the known ones stand?

The answers behind `newsmill sources new`, `check` and `list`. Looking at a site is done with the
crawl's own guard, robots.txt and pace, and stores nothing.
"""

import asyncio
import re
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from articles.identity.urls import canonical_url, registered_domain
from spiders import report
from spiders.crawl import crawl
from spiders.guard import Guard
from spiders.order import Order
from spiders.report import Row, completeness, crawl_log, crawl_urls
from spiders.source import Limits, Source
from spiders.source_files import SourceFile, SourceRefused, source_of

LOOK_SECONDS = 60.0
"""A look at a site ends after this."""
LOOKS = 30
"""Listings read at most; the home page, its feeds and the newest sitemaps are among the first."""
SHOWN = 20
TITLE = re.compile(r"^(?:www|m|edition|amp)\.")


@dataclass(frozen=True, slots=True)
class Look:
    """What discovery finds on a site, without any page fetched."""

    source: Source
    listings: tuple[Row, ...]
    """Feeds, sitemaps and pages of links that were read, as in `crawl_urls`."""
    pages: tuple[Row, ...]
    """Pages that a crawl would fetch, newest first."""
    faults: tuple[Row, ...]
    """Fetches that failed, as in `crawl_log`."""

    @property
    def usable(self) -> bool:
        """Whether a crawl would find anything."""
        return bool(self.pages)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one source stands."""

    source: Source
    pages: report.Standing
    complete_ratio: float | None
    """Of what the site listed in the last 7 days; None when it listed nothing."""


def look(file: SourceFile, guard: Guard | None = None, proxy: str | None = None) -> Look:
    """Read a source's listings and return what a crawl would fetch; fetches no page."""
    limits = file.source.limits.model_copy(update={"listings": LOOKS})
    probe = replace(file, source=file.source.model_copy(update={"limits": limits}))
    with tempfile.TemporaryDirectory(prefix="newsmill-look-") as name:
        folder = Path(name)
        order = Order(
            sources=(probe,),
            frontier=folder / "frontier.sqlite",
            out=folder / "segments",
            run="look",
            listings_only=True,
            deadline=LOOK_SECONDS,
            guard=guard or Guard(),
            proxy=proxy,
        )
        asyncio.run(crawl(order, lambda _: None))
        urls = [row for chunk in crawl_urls(order.frontier) for row in chunk]
        log = [row for chunk in crawl_log(order.frontier) for row in chunk]
    waiting = [row for row in urls if row["kind"] == "page" and row["state"] == "waiting"]
    return Look(
        source=file.source,
        listings=tuple(row for row in urls if row["kind"] != "page" and row["outcome"]),
        pages=tuple(sorted(waiting, key=_newest)),
        faults=tuple(row for row in log if row["outcome"] not in ("rules", "redirect", "listed")),
    )


def draft(url: str, guard: Guard | None = None, proxy: str | None = None) -> tuple[str, Look]:
    """Look at the site at `url`; return the text of a source file for it, and what was seen.

    Raises `SourceRefused` when `url` is no address of the web.
    """
    home = canonical_url(url)
    if home is None:
        raise SourceRefused(f"{url}: no http or https address")
    name = _name(home)
    start = f'id = "{name}"\npublisher = "{name}"\nhome = "{home}"\n'
    seen = look(SourceFile(Path(f"{name}.toml"), source_of(start, name)), guard, proxy)
    return _drafted(start, seen), seen


def standings(
    files: Sequence[SourceFile], frontier_of: Callable[[str], Path], now: datetime
) -> list[Standing]:
    """Return how sources stand; `frontier_of` a group may not exist yet."""
    known: dict[Path, dict[str, report.Standing]] = {}
    ratios: dict[Path, dict[str, float]] = {}
    for frontier in {frontier_of(file.source.crew) for file in files}:
        there = frontier.exists()
        known[frontier] = report.standings(frontier) if there else {}
        ratios[frontier] = _ratios(frontier, now) if there else {}
    found = []
    for source in (file.source for file in files):
        frontier = frontier_of(source.crew)
        pages = known[frontier].get(source.id, report.Standing())
        found.append(Standing(source, pages, ratios[frontier].get(source.id)))
    return found


def _ratios(frontier: Path, now: datetime) -> dict[str, float]:
    since = datetime.fromtimestamp(now.timestamp() - 7 * 86_400, UTC).date()
    days = completeness(frontier, since)
    names = {day.source for day in days}
    sums = {
        name: (
            sum(day.fetched for day in days if day.source == name),
            sum(day.listed - day.gone for day in days if day.source == name),
        )
        for name in names
    }
    return {name: fetched / there for name, (fetched, there) in sums.items() if there}


def _drafted(start: str, seen: Look) -> str:
    read = [row for row in seen.listings if row["state"] == "done"]
    feeds = [row["url"] for row in read if row["kind"] == "feed"]
    lines = [start, "enabled = false  # read this file, then switch it on\n"]
    if feeds:
        lines.append("feeds = [\n" + "".join(f'    "{feed}",\n' for feed in feeds) + "]\n")
    lines.append('# sitemaps = "auto": those that robots.txt names\n')
    lines += [_comment(f"{row['kind']} {row['url']}: {row['detail']}") for row in read[:SHOWN]]
    lines.append(_comment(f"{len(seen.pages)} pages found, for instance:"))
    lines += [_comment(str(row["url"])) for row in seen.pages[:5]]
    text = "".join([*lines, f"\n[limits]\npages = {Limits().pages}\n"])
    tomllib.loads(text)  # a draft that is no TOML is our bug: found here and not by its reader
    return text


def _comment(text: str) -> str:
    return "# " + " ".join(text.split()) + "\n"


def _name(home: str) -> str:
    host = urlsplit(home).hostname or ""
    domain = registered_domain(home) or TITLE.sub("", host)
    return re.sub(r"[^a-z0-9_-]+", "-", domain.lower()).strip("-")[:63] or "source"


def _newest(row: Row) -> float:
    stated = row["stated_at"]
    return -stated.timestamp() if isinstance(stated, datetime) else 0.0
