"""Which kind of listing is this document, and what does it list?"""

import json
from collections.abc import Mapping

from articles.reading.decode import Decoded, decode
from spiders.discovery.links import html_listing
from spiders.discovery.listing import MOST_ENTRIES, Entry, Listing, ListingRefused, moment
from spiders.discovery.xml import xml_listing

LARGEST_JSON = 4 << 20
"""Bytes; as objects they take 40 times as much. A feed of 100 whole articles has under 1 MB."""


def listing(body: bytes, url: str, *, charset: str | None = None) -> Listing:
    """Return what a document at `url` lists; raises `ListingRefused` for one that lists nothing.

    `charset` is what the server declares, for HTML only: XML and JSON say their own.
    """
    head = body[:2_000].lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n").replace(b"\0", b"")
    if not head:
        raise ListingRefused("empty", "the document is empty")
    lower = head.lower()
    if lower.startswith((b"{", b"[")):
        return _json_feed(body)
    if lower.startswith((b"http://", b"https://")):
        return _text_sitemap(body)
    if lower.startswith(b"<!doctype html") or b"<html" in lower or b"<body" in lower:
        return html_listing(_text(body, charset), url)
    if lower.startswith(b"<"):
        found = xml_listing(body)
        return found if found.form != "none" or found.pages else _as_html(body, url, charset)
    raise ListingRefused("form", f"no feed, sitemap or page: {head[:40]!r}")


def _json_feed(body: bytes) -> Listing:
    if len(body) > LARGEST_JSON:
        raise ListingRefused("size", f"a JSON Feed of {len(body)} bytes")
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ListingRefused("json", f"no JSON: {error}"[:200]) from error
    items = feed.get("items") if isinstance(feed, Mapping) else None
    if not isinstance(items, list):
        raise ListingRefused("json_feed", "no JSON Feed: it has no list of items")
    entries = [_json_entry(item) for item in items[:MOST_ENTRIES] if isinstance(item, Mapping)]
    return Listing("json_feed", pages=tuple(entry for entry in entries if entry is not None))


def _json_entry(item: Mapping[str, object]) -> Entry | None:
    href = item.get("url") or item.get("external_url") or item.get("id")
    if not isinstance(href, str) or not href.startswith(("http", "/")):
        return None
    stated = item.get("date_modified") or item.get("date_published")
    return Entry(href, moment(stated if isinstance(stated, str) else None))


def _text_sitemap(body: bytes) -> Listing:
    lines = body.decode("utf-8-sig", "replace").split("\n", MOST_ENTRIES)[:MOST_ENTRIES]
    urls = [line.strip() for line in lines]
    return Listing("text", pages=tuple(Entry(url) for url in urls if url.startswith("http")))


def _as_html(body: bytes, url: str, charset: str | None) -> Listing:
    """Read markup that is no XML listing as a page; it has links or it lists nothing."""
    found = html_listing(_text(body, charset), url)
    if not (found.pages or found.sections or found.feeds):
        raise ListingRefused("form", "markup without a list of pages")
    return found


def _text(body: bytes, charset: str | None) -> str:
    """Return a page's text; what no charset explains is read as UTF-8 with marks, for its links."""
    decoded = decode(body, charset, html=True)
    return decoded.text if isinstance(decoded, Decoded) else body.decode("utf-8", "replace")
