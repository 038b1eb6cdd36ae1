"""Which links of a front page or section lead to articles?

An article's address has a slug, a date or a number and its link a headline; a section's address
is short and its link a word. What is neither is not followed: calendars, searches, tag clouds and
paths that grow have no end.
"""

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from spiders.discovery.listing import Entry, Listing, ListingRefused
from spiders.visits import joined

LONGEST_BODY = 4 << 20
"""Characters looked at; a front page is rarely over 2 MB."""
MOST_LINKS = 5_000
LONGEST_HREF = 2_000
"""Characters; what is longer is a script or data."""
DEEPEST = 2_000
"""Open elements; building the tree takes the square of it, and a page of news has some 40."""
TAG = re.compile(r"<(/?)([a-z][^\s/>]*)", re.IGNORECASE)
UNCOUNTED = re.compile(
    r"a|area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
    r"|p|li|dt|dd|option|optgroup|tr|td|th|thead|tbody|tfoot|colgroup|rt|rp",
    re.IGNORECASE,
)
"""Elements that have no end, whose end may be left out, or that end where the next begins."""
FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"}
)
NEVER = re.compile(
    r"/(?:search|suche|login|log-in|signin|sign-in|register|subscribe|subscription|account|cart"
    r"|calendar|events|tags?|tagged|authors?|autor|contributors?|profile|about|contact|privacy"
    r"|terms|cookies?|advertise|jobs|newsletters?|rss|feeds?|print|share|comments?|wp-admin"
    r"|gallery|video|videos|live-tv|weather|horoscopes?|crosswords?|games|shop)(?:/|$|\.)",
    re.IGNORECASE,
)
FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|pdf|mp[34]|m4a|webm|zip|gz|docx?|xlsx?|pptx?"
    r"|apk|exe|dmg)$",
    re.IGNORECASE,
)
DATED = re.compile(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2]|[a-z]{3})(?:/|-)|/(?:19|20)\d{6}[/-]")
SLUG = re.compile(r"(?<![^\W_])[^\W_]+(?:[-_][^\W_]+){3,}")
NUMBERED = re.compile(r"\d{5,}")
ENDING = re.compile(r"\.(?:s?html?|php|aspx?|stm|cms|ece)$", re.IGNORECASE)
HEADLINE_CHARS = 25
SECTION_CHARS = 30
QUERY_NAMES = frozenset({"id", "p", "article", "story", "news_id", "newsid", "aid"})
"""Query names that may tell articles apart; other queries lead to searches and sorted lists."""


def html_listing(text: str, url: str) -> Listing:
    """Return the links of a page of links, each once, in reading order.

    Raises `ListingRefused` for a page that no tree can be built of in time.
    """
    text = text[:LONGEST_BODY]
    if _too_deep(text):
        raise ListingRefused("depth", f"over {DEEPEST} elements are open at once")
    tree = LexborHTMLParser(text)
    base = tree.css_first("base[href]")
    here = (joined(url, base.attributes.get("href") or "") if base else None) or url
    pages: dict[str, Entry] = {}
    sections: dict[str, Entry] = {}
    following: dict[str, Entry] = {}
    for node in tree.css("a[href], link[rel][href]")[:MOST_LINKS]:
        href = node.attributes.get("href") or ""
        if len(href) > LONGEST_HREF:
            continue
        if "next" in (node.attributes.get("rel") or "").lower().split():
            following[href] = Entry(href)
        if node.tag == "link" or href in following:
            continue
        kind = link_kind(
            joined(here, href) or "", node.text(deep=True, strip=True), in_nav=_nav(node)
        )
        if kind is not None:
            (pages if kind == "article" else sections).setdefault(href, Entry(href))
    return Listing(
        "html",
        pages=tuple(pages.values()),
        sections=tuple(sections.values()),
        following=tuple(following.values()),
        feeds=tuple(_feeds(tree)),
        base=here,
    )


def link_kind(url: str, text: str, *, in_nav: bool) -> str | None:
    """Return `article`, `section` or None for a link by its address and its text.

    >>> link_kind("https://example.org/2026/11/01/rates-rise-again-in-march", "Rates", in_nav=False)
    'article'
    >>> link_kind("https://example.org/calendar/2026/11", "November", in_nav=False)
    """
    parts = urlsplit(url)
    path = parts.path
    if parts.scheme not in ("http", "https") or NEVER.search(path) or FILES.search(path):
        return None
    names = {pair.partition("=")[0].lower() for pair in parts.query.split("&") if pair}
    if names - QUERY_NAMES:
        return None
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) != len(set(segments)) or len(segments) > 8:
        return None  # "/a/b/a/b/": a relative link that was read again and again
    if _article_points(path, segments, text, names) >= 2 + in_nav:
        return "article"
    short = len(segments) in (1, 2) and not names and not ENDING.search(path)
    plain = segments and not any(re.search(r"\d", segment) for segment in segments)
    return "section" if short and plain and 2 < len(text) <= SECTION_CHARS else None


def _too_deep(text: str) -> bool:
    depth = 0
    for tag in TAG.finditer(text):
        if UNCOUNTED.fullmatch(tag[2]) is None:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > DEEPEST:
                return True
    return False


def _article_points(path: str, segments: list[str], text: str, names: set[str]) -> int:
    last = segments[-1] if segments else ""
    return (
        (2 if SLUG.search(last) else 0)
        + (1 if DATED.search(path) and len(segments) > 3 else 0)
        + (1 if NUMBERED.search(last) or names & QUERY_NAMES else 0)
        + (1 if ENDING.search(path) and len(last) > 12 else 0)
        + (1 if len(text) >= HEADLINE_CHARS else 0)
    )


def _nav(node: LexborNode) -> bool:
    parent = node.parent
    for _ in range(6):
        if parent is None:
            return False
        if parent.tag in ("nav", "header", "footer"):
            return True
        parent = parent.parent
    return False


def _feeds(tree: LexborHTMLParser) -> list[Entry]:
    return [
        Entry(node.attributes.get("href") or "")
        for node in tree.css("link[rel~=alternate][href]")[:50]
        if (node.attributes.get("type") or "").lower() in FEED_TYPES
    ]
