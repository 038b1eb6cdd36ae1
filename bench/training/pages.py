"""Which labelled pages are there, and what is one?

A file of pages is gzipped JSON lines with id, set, html, body, and where known lang, url, title
and publisher, which is how the scrapinghub, fundus and wcxb sets are prepared (README.md).
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

SHARED = frozenset(("co", "com", "org", "net", "or", "ne", "ac", "go", "gov", "edu"))
"""Second labels that countries share out: `co` of co.uk is no publisher."""
HOST = re.compile(r"^https?://(?:www\.)?([^/:]+)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page whose true body is known."""

    id: str
    set: str
    html: str
    body: str
    title: str
    language: str
    publisher: str
    """What is never split between training and scoring: the site, else the publisher's name."""
    url: str = ""
    days: frozenset[str] = frozenset()
    """ISO days that are right: the day as labelled, and the UTC day of a labelled zone."""

    def part(self, parts: int, salt: str = "") -> int:
        """Return in which of so many parts the publisher falls."""
        digest = sha256(f"{salt}{self.publisher}".encode()).hexdigest()
        return int(digest[:12], 16) % parts


def read_pages(folder: Path) -> Iterator[Labelled]:
    """Yield the labelled pages of every `*.jsonl.gz` in a folder, by file name."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        yield from read_file(path)


def read_file(path: Path) -> Iterator[Labelled]:
    """Yield the pages of one file that have a page and a body."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("body") and row.get("html"):
                yield _labelled(row)


def _labelled(row: dict[str, str | None]) -> Labelled:
    return Labelled(
        id=row["id"] or "",
        set=row["set"] or "",
        html=row["html"] or "",
        body=row["body"] or "",
        title=row.get("title") or "",
        language=row.get("lang") or "?",
        publisher=_site(row.get("url") or "") or row.get("publisher") or row["id"] or "",
        url=row.get("url") or "",
        days=_days(row.get("date") or ""),
    )


def _site(url: str) -> str:
    """Return the domain that a publisher has registered: sets name one publisher differently."""
    host = HOST.match(url)
    labels = host[1].lower().split(".") if host else []
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SHARED
    return ".".join(labels[-3:] if shared else labels[-2:])


def _days(date: str) -> frozenset[str]:
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:  # no label, or one that is no date
        return frozenset()
    zoned = moment.astimezone(UTC) if moment.tzinfo else moment
    return frozenset({moment.date().isoformat(), zoned.date().isoformat()})
