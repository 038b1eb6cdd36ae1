"""What does an HTML page claim about itself, in its head and by marked elements?"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.extraction.page import Figure, Head, Mark

METAS = 400
MARKS = 120
"""At most so many are read; news pages have 20 to 120 metas and under 100 marks of a kind."""
SCRIPT_CHARS = 2_000_000
OBJECTS = 2_000
JSON_DEPTH = 40
MARK_CHARS = 300
FIGURES = 60
CAPTION_CHARS = 1_000
ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src")
"""Where pages write an image's address; what stands first is a placeholder where it is data."""

TAGGED = 'meta[content], script[type="application/ld+json"], h1, time'
"""What is told by its tag, found in one walk over the tree; every selector costs another."""
MARKED = {
    "author": (
        "[rel~=author], [itemprop=author], [itemprop=creator], [class*=byline], "
        "[class*=author], [class*=Byline], [class*=Author]"
    ),
    "published": "[itemprop=datePublished], [property='article:published_time']:not(meta)",
    "modified": "[itemprop=dateModified]",
    "headline": "[itemprop=headline]",
    "breadcrumb": "[class*=breadcrumb] a, [itemtype*=Breadcrumb] [itemprop=name]",
}
"""The kinds of `Mark` besides `h1` and `time`, each with the selector of its elements."""
RARE = ("published", "modified", "headline")
"""Kinds that most pages have none of, which one question tells."""
_ANY_RARE = ", ".join(MARKED[kind] for kind in RARE)
_LOOSE_COMMA = re.compile(r",(\s{0,50}[}\]])")
_CONTROL = re.compile(r"[\x00-\x1f]")


def read_head(
    tree: LexborHTMLParser, texts: Sequence[str], figures: Sequence[tuple[LexborNode, int]] = ()
) -> Head:
    """Return the claims of a parsed page; `texts` are its blocks, which the marks point into.

    `figures` are its `figure` elements with their numbers.
    """
    title = tree.css_first("title")
    canonical = tree.css_first("link[rel=canonical]")
    root = tree.root
    tagged: dict[str, list[LexborNode]] = defaultdict(list)
    for node in tree.css(TAGGED):
        tagged[node.tag or ""].append(node)
    return Head(
        title_tag=_folded(title.text()) or None if title is not None else None,
        metas=tuple(_metas(tagged["meta"])),
        json_ld=tuple(_json_ld(tagged["script"])),
        canonical=canonical.attributes.get("href") if canonical is not None else None,
        lang=root.attributes.get("lang") if root is not None else None,
        marks=tuple(_marks(tree, tagged, texts)),
        figures=tuple(_figures(figures)),
    )


def _folded(text: str) -> str:
    return " ".join(text.split())


def _metas(nodes: Sequence[LexborNode]) -> list[tuple[str, str]]:
    metas = []
    for node in nodes[:METAS]:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            metas.append((name.strip().lower(), content.strip()))
    return metas


def _json_ld(nodes: Sequence[LexborNode]) -> list[Mapping[str, object]]:
    objects: list[Mapping[str, object]] = []
    for node in nodes:
        text = node.text()
        if text.strip() and len(text) < SCRIPT_CHARS:
            _collect(_parsed(text), objects)
    return objects


def _parsed(text: str) -> object:
    """Return the JSON of a script, or None; many sites leave a comma or a line break too many."""
    value: object = None
    for attempt in (text, _CONTROL.sub(" ", _LOOSE_COMMA.sub(r"\1", text.strip().rstrip(";")))):
        try:
            value = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):  # 100,000 opening brackets exhaust the parser
            continue
        break
    return value


def _collect(parsed: object, objects: list[Mapping[str, object]]) -> None:
    """Add every object inside `parsed`, outer before inner, without recursion."""
    waiting = [(parsed, 0)]
    while waiting and len(objects) < OBJECTS:
        value, depth = waiting.pop()
        if depth > JSON_DEPTH:
            continue
        if isinstance(value, dict):
            objects.append(value)
            inner = [v for v in value.values() if isinstance(v, dict | list)]
        elif isinstance(value, list):
            inner = [v for v in value if isinstance(v, dict | list)]
        else:
            continue
        waiting.extend((v, depth + 1) for v in reversed(inner))


def _marks(
    tree: LexborHTMLParser, tagged: Mapping[str, list[LexborNode]], texts: Sequence[str]
) -> list[Mark]:
    places: dict[str, int] = {}
    for place, text in enumerate(texts):
        places.setdefault(text, place)
    rare = tree.css_first(_ANY_RARE) is not None
    found = {kind: tagged[kind] for kind in ("h1", "time")}
    found |= {kind: tree.css(MARKED[kind]) for kind in MARKED if rare or kind not in RARE}
    return [_mark(kind, node, places) for kind, nodes in found.items() for node in nodes[:MARKS]]


def _mark(kind: str, node: LexborNode, places: Mapping[str, int]) -> Mark:
    text = _folded((node.text(separator=" ") or "")[: MARK_CHARS * 4])[:MARK_CHARS]
    attributes = node.attributes
    value = attributes.get("datetime") or attributes.get("content") or attributes.get("href")
    return Mark(kind, text, value, places.get(text))


def _figures(found: Sequence[tuple[LexborNode, int]]) -> Iterator[Figure]:
    for node, element in found[:FIGURES]:
        image, caption = node.css_first("img"), node.css_first("figcaption")
        address = _address(image) if image is not None else ""
        if address:
            text = (caption.text(separator=" ") or "") if caption is not None else ""
            yield Figure(address, _folded(text[: CAPTION_CHARS * 2])[:CAPTION_CHARS], element)


def _address(image: LexborNode) -> str:
    """Return an image's address as written, or "" when it has none that leads anywhere."""
    attributes = image.attributes
    addresses = [(attributes.get(name) or "").strip() for name in ADDRESSES]
    for name in ("srcset", "data-srcset"):
        addresses += (attributes.get(name) or "").split(None, 1)[:1]
    return next((one.rstrip(",") for one in addresses if one and not one.startswith("data:")), "")
