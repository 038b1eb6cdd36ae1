"""What does this document list: pages, other listings, nothing?

What it is shows in its root element or first bytes, never in its address: feeds come as
text/html, sitemaps as octet-stream, and error pages as both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MOST_ENTRIES = 50_000
"""What the sitemap protocol allows in one file; feeds have far fewer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An address that a document lists."""

    href: str
    """As written; relative ones are completed by the caller."""
    at: int | None = None
    """When it changed or appeared, as stated: seconds of the epoch."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a document lists."""

    form: str
    """`rss`, `atom`, `json_feed`, `sitemap`, `sitemap_index`, `text`, `html`, `none`."""
    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    feeds: tuple[Entry, ...] = ()
    sections: tuple[Entry, ...] = ()
    following: tuple[Entry, ...] = ()
    """The next page of the same listing."""
    base: str | None = None
    """What relative addresses refer to, when the document says so."""


class ListingRefused(Exception):
    """A document is no listing to be read; `rule` names the check."""

    def __init__(self, rule: str, detail: str) -> None:
        super().__init__(f"{rule}: {detail}")
        self.rule = rule
        self.detail = detail


def moment(text: str | None) -> int | None:
    """Return a stated time as seconds of the epoch; None when it is none.

    RFC 822 as in RSS, ISO 8601 as in Atom and sitemaps; without a zone it counts as UTC.

    >>> moment("2026-11-01"), moment("Sun, 01 Nov 2026 00:00:00 GMT"), moment("yesterday")
    (1793491200, 1793491200, None)
    """
    text = (text or "").strip()[:64]
    if not text:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
            stamp = (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return int(stamp) if 0 < stamp < 1 << 33 else None
    return None


def first(texts: Iterator[str | None]) -> str | None:
    """Return the first text that is none and not empty."""
    return next((text.strip() for text in texts if text and text.strip()), None)
