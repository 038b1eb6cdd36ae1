"""What do RSS, Atom and sitemaps list?

Read as a stream, element by element, so that a sitemap of 50 MB costs no tree of 500. A document
that declares an entity is refused: feeds need none, and attacks do.
"""

import io
from collections.abc import Iterator

from lxml import etree

from spiders.discovery.listing import MOST_ENTRIES, Entry, Listing, ListingRefused, first, moment

ITEMS = {"item": "rss", "entry": "atom", "url": "sitemap", "sitemap": "sitemap_index"}
FORMS = {
    "rss": "rss",
    "rdf": "rss",
    "feed": "atom",
    "urlset": "sitemap",
    "sitemapindex": "sitemap_index",
}
DATES = ("lastmod", "updated", "modified", "publication_date", "pubdate", "published", "date")
"""In order of trust: what says when a page changed goes before what says when it appeared."""
DEEPEST = 24
MOST_ELEMENTS = 2_000_000
"""40 for each of the pages that a sitemap may list; what comes after is left."""
MOST_BESIDE = 2_000
"""Elements in one, items that were read not counted: 1,000 pictures are what a sitemap may have
for a page."""


def xml_listing(body: bytes) -> Listing:
    """Return what an XML document lists; raises `ListingRefused`.

    Broken markup is read as far as it goes: half a feed is better than none.
    """
    if b"<!ENTITY" in body[:65_536].replace(b"\0", b"").upper():
        raise ListingRefused("entity", "the document declares an entity")
    pages: list[Entry] = []
    sitemaps: list[Entry] = []
    form = "none"
    for name, element in _items(body):
        if form == "none":
            form = FORMS.get(_root(element), "none")
        entry = _entry(element)
        element.clear()
        _forget_before(element)
        if entry is not None:
            (sitemaps if name == "sitemap" else pages).append(entry)
        if len(pages) + len(sitemaps) >= MOST_ENTRIES:
            break
    return Listing(form, pages=tuple(pages), sitemaps=tuple(sitemaps))


def _items(body: bytes) -> Iterator[tuple[str, etree._Element]]:
    events = etree.iterparse(
        io.BytesIO(body),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    depth = count = 0
    try:
        for event, element in events:
            depth += 1 if event == "start" else -1
            count += 1
            if depth > DEEPEST:
                raise ListingRefused("depth", f"elements nested more than {DEEPEST} deep")
            if count > 2 * MOST_ELEMENTS:
                return
            if event == "start":
                continue
            if _name(element) in ITEMS and _is_item(element):
                yield _name(element), element
            elif _crowded(element.getparent()):
                raise ListingRefused("elements", f"over {MOST_BESIDE} beside each other")
    except etree.XMLSyntaxError as error:  # beyond what recovering can do
        if events.root is None:
            raise ListingRefused("xml", f"no XML: {error.msg}"[:200]) from error


def _crowded(parent: etree._Element | None) -> bool:
    return parent is not None and len(parent) > MOST_BESIDE


def _forget_before(element: etree._Element) -> None:
    """Take away the items that were read, which an incremental parse would keep."""
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _is_item(element: etree._Element) -> bool:
    """Tell an item of a list from an element of the same name inside one (media:item)."""
    parent = element.getparent()
    return parent is not None and _name(parent) in {*FORMS, "channel"}


def _root(element: etree._Element) -> str:
    return _name(element.getroottree().getroot())


def _entry(element: etree._Element) -> Entry | None:
    guid: str | None = None
    dates: dict[str, int | None] = {}
    for child in element.iter():
        name = _name(child)
        text = (child.text or "").strip()
        if name == "guid" and child.get("ispermalink", child.get("isPermaLink")) != "false":
            guid = text
        elif name in DATES and not _borrowed(child):
            dates.setdefault(name, moment(text))
    stated = next((dates[name] for name in DATES if dates.get(name) is not None), None)
    href = _href(element) or (guid if guid and guid.startswith("http") else None)
    return Entry(href, stated) if href else None


def _href(item: etree._Element) -> str | None:
    """Return the address of an item: Atom has it in `href` and several kinds, others as text.

    Pictures and translations have addresses too, below it or beside it, and may come first.
    """
    links = [child for child in item if _name(child) in ("link", "loc")]
    written = (link.text for link in links if link.get("href") is None)
    kinds = (link.get("href") for link in links if link.get("rel", "alternate") == "alternate")
    return first(written) or first(kinds)


def _borrowed(date: etree._Element) -> bool:
    """Return whether a date is that of the feed which an Atom entry was taken from."""
    parent = date.getparent()
    return parent is not None and _name(parent) == "source"


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
