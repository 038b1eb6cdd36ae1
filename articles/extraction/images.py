"""Which images does the article show, and what do their captions say?

Only of HTML: a dump tells of a caption, not of its image. What the head names as the article's
image counts, and the figures with a caption that stand inside the article. Teasers of other stories
between the paragraphs have images too, but hardly ever a caption.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urljoin, urlsplit

from articles.extraction.dom import STRUCTURE
from articles.extraction.page import Figure, Head, Layout, Page
from articles.extraction.title_claims import articles_of, meta_text
from articles.model import BODY_ROLES, Found, Image, Role

MOST = 20
"""Images of an article that are told; a picture gallery has more."""
ABOVE = 3
"""Blocks above the headline that may stand between it and its image: a kicker, a credit."""
BELOW = 1
"""Blocks below the last paragraph: the caption itself."""
LONGEST_ADDRESS, LONGEST_CAPTION = 2_000, 1_000  # characters
ELSEWHERE = frozenset({Role.RELATED, Role.COMMENT, Role.SPAM})
_FURNITURE = sum(1 << STRUCTURE.index(name) for name in ("nav", "footer", "aside", "hidden"))


def images(page: Page, roles: Sequence[Role], title_at: int | None) -> list[Found[Image]]:
    """Return the article's images, the one that the head names first, then in reading order.

    An image that the head names takes its caption from the figure that shows it.
    """
    if page.head is None or page.layout is None:
        return []
    base = page.url or page.head.canonical or ""
    shown = list(_shown(page, page.head, page.layout, roles, title_at, base))
    named = [Found(one, rule) for one, rule in _named(page.head, base)][:1]
    lead = [_captioned(one, shown) for one in named]
    same = {_name(one.value.url) for one in lead}
    return [*lead, *(one for one in shown if _name(one.value.url) not in same)][:MOST]


def _named(head: Head, base: str) -> Iterator[tuple[Image, str]]:
    """Yield the images that JSON-LD and metas call the article's own."""
    for thing in articles_of(head):
        claimed = thing.get("image")
        for one in claimed if isinstance(claimed, list) else [claimed]:
            caption = one.get("caption") if isinstance(one, Mapping) else None
            url = (one.get("url") or one.get("contentUrl")) if isinstance(one, Mapping) else one
            if isinstance(url, str) and (address := _absolute(url, base)):
                yield _image(address, caption if isinstance(caption, str) else ""), "ld_image"
    for name in ("og:image", "twitter:image"):
        if address := _absolute(meta_text(head, name), base):
            yield _image(address, ""), name.replace(":", "_")


def _shown(
    page: Page,
    head: Head,
    layout: Layout,
    roles: Sequence[Role],
    title_at: int | None,
    base: str,
) -> Iterator[Found[Image]]:
    """Yield the figures with a caption between headline and last paragraph."""
    kept = [block.index for block in page.blocks if roles[block.index] in BODY_ROLES]
    if not kept:
        return
    top = min(kept[0], kept[0] if title_at is None else title_at) - ABOVE
    for figure in head.figures:
        first, last = int(layout.first[figure.element]), int(layout.last[figure.element])
        inside = figure.caption and top <= first <= kept[-1] + BELOW
        address = _absolute(figure.address, base) if inside else ""
        if address and not _is_elsewhere(figure, layout, roles[first:last]):
            yield Found(_image(address, figure.caption), "figure", first)


def _is_elsewhere(figure: Figure, layout: Layout, roles: Sequence[Role]) -> bool:
    """Tell the image of another story, among the furniture or the related ones."""
    structure = int(layout.structure[figure.element])
    return bool(structure & _FURNITURE) or not ELSEWHERE.isdisjoint(roles)


def _captioned(lead: Found[Image], shown: Sequence[Found[Image]]) -> Found[Image]:
    """Return the lead image with the caption under the figure that shows it, if one does."""
    for one in shown:
        if _name(one.value.url) == _name(lead.value.url) and one.value.caption:
            return Found(_image(lead.value.url, one.value.caption), lead.rule, one.block)
    return lead


def _image(address: str, caption: str) -> Image:
    return Image(url=address, caption=" ".join(caption[:LONGEST_CAPTION].split()) or None)


def _absolute(address: str, base: str) -> str:
    """Return an address of http or https, resolved against the page's own, or ""."""
    if not address or len(address) > LONGEST_ADDRESS:
        return ""
    try:
        whole = urljoin(base, address.strip())
        split = urlsplit(whole)
    except ValueError:  # "http://[image]", as broken templates write it
        return ""
    return whole if split.scheme in {"http", "https"} and split.netloc else ""


def _name(address: str) -> str:
    """Return the file's name in an address: sizes stand in folders and queries around it.

    Without a file's ending the name is a program's, "/image?url=...", and the address tells all.
    """
    name = urlsplit(address).path.rpartition("/")[2].casefold()
    return name if "." in name else address
