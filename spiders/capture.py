"""How do fetched pages get to the disk, so that each is delivered once?

Pages gather in a segment, a WARC file with one gzip member a record. Closing it is: write, fsync,
note it and its addresses in the frontier as done, rename. Killed before the note, the file is
thrown away and the addresses wait as before; killed after it, the next start does the rename.
"""

import json
import os
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from scrapy.http import Response
from warcio.statusandheaders import StatusAndHeaders

from archive.packing import packed_record
from archive.segment import SUFFIX, sync_folder
from articles.model import utc_text
from spiders.fetcher import WIRE, Wire
from spiders.frontier import Frontier
from spiders.rendering import Dom
from spiders.visits import Fetch, Settled, State

UNFINISHED = ".part"
PAGES = 500
LARGEST = 128 << 20
"""Bytes, packed; reached by pages of 10 MB only."""
SECONDS = (1.0, 2.0, 4.0, 7.0, 10.0)
"""Age at which the first segments of a crawl are closed: readers want the first pages soon."""
RENDERED = "Newsmill-Rendered"
"""On a response: `below`, the page is in the conversion that follows. On that: the browser."""
TAKEN_OFF = b"transfer-encoding"
"""Chunks are joined by the HTTP client; the header stays, under a name that says so."""


@dataclass(slots=True)
class Open:
    """The segment being written."""

    name: str
    stream: BinaryIO
    since: float
    pages: list[Settled] = field(default_factory=list)
    size: int = 0


class Capture:
    """Writes the segments of one crawl into a folder, and settles what they hold."""

    def __init__(self, folder: Path, frontier: Frontier, run: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._frontier, self._run = folder, frontier, run
        self._open: Open | None = None
        self._closed = 0
        self._settled: list[Settled] = []
        self._fetches: list[Fetch] = []
        self._put_off: set[int] = set()
        self.recovered = recover(folder, frontier)
        """Segments of a killed crawl that this one delivered."""

    def store(
        self,
        response: Response,
        settled: Settled,
        facts: dict[str, str],
        dom: Dom | None = None,
    ) -> str:
        """Write request and response; return the segment's name. `settled` waits for its close.

        `facts` are header fields of newsmill's own for the record that holds the page: the
        response, or what a browser made of it.
        """
        segment = self._segment()
        wire: Wire = response.meta[WIRE]
        for record in _records(response, wire, facts, dom):
            segment.stream.write(record)
            segment.size += len(record)
        segment.pages.append(settled)
        return segment.name

    def settle(self, settled: Settled) -> None:
        """Note what became of a visit that gave no page to store."""
        self._settled.append(settled)

    def log(self, fetch: Fetch) -> None:
        """Note a fetch for the crawl log."""
        self._fetches.append(fetch)

    def due(self) -> bool:
        """Return whether the open segment is large or old enough to be closed."""
        if self._open is None:
            return False
        oldest = SECONDS[min(self._closed, len(SECONDS) - 1)]
        full = len(self._open.pages) >= PAGES or self._open.size >= LARGEST
        return full or time.monotonic() - self._open.since >= oldest

    def flush(self) -> None:
        """Settle what needs no segment."""
        name = self._open.name if self._open is not None else None
        fetches = [fetch for fetch in self._fetches if name is None or fetch.segment != name]
        if not (self._settled or fetches):
            return
        settled, self._settled = self._settled, []
        self._fetches = [fetch for fetch in self._fetches if name and fetch.segment == name]
        self._frontier.settle(settled, fetches)
        self._put_off.update(one.visit.url_id for one in settled if one.state is State.WAITING)

    def put_off(self) -> set[int]:
        """Return the keys of what waits again, as far as the frontier knows it by now."""
        put_off, self._put_off = self._put_off, set()
        return put_off

    def close(self) -> tuple[Path, int] | None:
        """Deliver the open segment and settle everything noted; return its path and pages."""
        self.flush()
        segment, self._open = self._open, None
        if segment is None:
            return None
        fetches, self._fetches = self._fetches, []
        segment.stream.flush()
        os.fsync(segment.stream.fileno())
        segment.stream.close()
        noted = (segment.name, len(segment.pages), int(time.time()))
        self._frontier.settle(segment.pages, fetches, noted)
        self._closed += 1
        return _deliver(self._folder, segment.name), len(segment.pages)

    def _segment(self) -> Open:
        if self._open is None:
            name = f"{self._run}-{self._closed:05d}{SUFFIX}"
            stream = (self._folder / (name + UNFINISHED)).open("wb")
            self._open = Open(name, stream, time.monotonic())
        return self._open


def recover(folder: Path, frontier: Frontier) -> list[Path]:
    """Finish what a killed crawl left: rename what it noted as whole, throw away the rest."""
    delivered = []
    for path in sorted(folder.glob("*" + SUFFIX + UNFINISHED)):
        name = path.name.removesuffix(UNFINISHED)
        if frontier.has_segment(name):
            delivered.append(_deliver(folder, name))
        else:
            path.unlink()
    return delivered


def _deliver(folder: Path, name: str) -> Path:
    whole = (folder / (name + UNFINISHED)).rename(folder / name)
    sync_folder(folder)
    return whole


def _records(response: Response, wire: Wire, facts: dict[str, str], dom: Dom | None) -> list[bytes]:
    date = utc_text(datetime.fromtimestamp(wire.started_at, UTC))
    identity = f"<{uuid.uuid4().urn}>"
    digest = f"sha256:{sha256(response.body).hexdigest()}"
    headers = {"WARC-Date": date, "WARC-Record-ID": identity, "WARC-Payload-Digest": digest}
    shown = _shown(response.url, dom, facts, headers) if dom is not None else []
    headers |= {RENDERED: "below"} if dom is not None else facts
    if wire.ip:
        headers["WARC-IP-Address"] = wire.ip
    told = StatusAndHeaders(wire.status_line, _headers(wire), protocol="HTTP/1.1")
    answer = packed_record(response.url, "response", response.body, headers, http=told)
    path = response.url.partition("://")[2].partition("/")[2]
    asked = StatusAndHeaders(f"GET /{path} HTTP/1.1", list(wire.sent), is_http_request=True)
    concurrent = {"WARC-Date": date, "WARC-Concurrent-To": identity}
    request = packed_record(response.url, "request", b"", concurrent, http=asked)
    return [request, answer, *shown]


def _shown(url: str, dom: Dom, facts: dict[str, str], raw: dict[str, str]) -> list[bytes]:
    """Return the record of a page as a browser shows it, which refers to the page as it came."""
    headers = facts | {
        "WARC-Date": raw["WARC-Date"],
        "WARC-Refers-To": raw["WARC-Record-ID"],
        "WARC-Payload-Digest": f"sha256:{sha256(dom.html).hexdigest()}",
        RENDERED: dom.browser,
    }
    kind = "text/html; charset=utf-8"
    return [packed_record(url, "conversion", dom.html, headers, content_type=kind)]


def _headers(wire: Wire) -> list[tuple[str, str]]:
    return [
        (
            ("X-Crawl-" if name.lower() == TAKEN_OFF else "") + name.decode("latin-1"),
            value.decode("latin-1"),
        )
        for name, value in wire.headers
    ]


def facts(source: str, **more: str | None) -> dict[str, str]:
    """Return newsmill's own header fields of a page: its source, and what else is known."""
    fields = {"Newsmill-Source": source}
    noted = {name: value for name, value in more.items() if value is not None}
    return fields | ({"Newsmill-Crawl": json.dumps(noted)} if noted else {})
