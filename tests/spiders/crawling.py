"""Runs a crawl of a test site and shows what came of it."""

import asyncio
import ipaddress
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from spiders.crawl import crawl
from spiders.guard import Guard
from spiders.order import Order
from spiders.source_files import SourceFile, source_of
from tests.spiders.site import SITE_ADDRESS, Site

BRISK = "[politeness]\ndelay = 0.0\n[limits]\nseconds = 2.0\n"
FEED = 'sitemaps = "none"\nfeeds = ["{origin}/feed"]\n'
NAMES = {"news.test": SITE_ADDRESS, "other.test": SITE_ADDRESS, "inside.test": "127.0.0.1"}


@dataclass(frozen=True, slots=True)
class Record:
    """A page as a segment holds it."""

    url: str
    body: bytes
    headers: dict[str, str]
    http: dict[str, str]


@dataclass(slots=True)
class Crawled:
    """What came of a crawl."""

    reason: str
    out: Path
    frontier: Path
    events: list[dict[str, object]] = field(default_factory=list)

    def records(self) -> list[Record]:
        return [record for path in sorted(self.out.glob("*.warc.gz")) for record in read(path)]

    def paths(self) -> list[str]:
        return sorted("/" + record.url.split("/", 3)[3] for record in self.records())

    def outcomes(self) -> dict[str, str]:
        query = "select path, outcome from url join visited using (url_id) where kind = 0"
        with sqlite3.connect(self.frontier) as db:
            return dict(db.execute(query))

    def log(self) -> list[tuple[str, int | None, str]]:
        query = "select url, status, outcome from crawl_log order by log_id"
        with sqlite3.connect(self.frontier) as db:
            return [
                ("/" + url.split("/", 3)[3], status, told)
                for url, status, told in db.execute(query)
            ]


def read(path: Path) -> list[Record]:
    with path.open("rb") as stream:
        return [
            Record(
                record.headers["WARC-Target-URI"],
                record.reader.read(),
                dict(record.headers),
                dict(record.http_headers or {}),
            )
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response)
        ]


def source(site: Site, more: str = FEED) -> SourceFile:
    """Return a source that reads what `more` says; the front page only if that names it."""
    text = f'id = "news"\npublisher = "News"\nhome = "{site.origin}/"\n'
    text += "" if "front" in more else "front = false\n"
    told = text + more.replace("{origin}", site.origin)
    told += "" if "[politeness]" in told else BRISK
    return SourceFile(Path("news.toml"), source_of(told, "news"))


def crawled(site: Site, folder: Path, file: SourceFile | None = None, **order: object) -> Crawled:
    """Crawl the site into `folder`; a second time, what the first left is known."""
    events: list[dict[str, object]] = []
    values = {
        "sources": (file or source(site),),
        "frontier": folder / "frontier.sqlite",
        "out": folder / "segments",
        "run": f"run{len(list(folder.glob('segments/*')))}",
        "deadline": 20.0,
        "guard": Guard((ipaddress.ip_network(SITE_ADDRESS),), NAMES),
    } | order
    asked = Order(**values)  # type: ignore[arg-type]
    reason = asyncio.run(crawl(asked, events.append))
    return Crawled(reason, asked.out, asked.frontier, events)
