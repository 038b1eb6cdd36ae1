"""What may a text dump of a page look like?

Converters differ in blank lines, indents, what they put on one line, and where they wrap. The
looks here are our own; the dumps of real converters are kept for scoring.
"""

import textwrap
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

import numpy as np

from articles.extraction.dom import STRUCTURE, TAGS
from articles.extraction.page import Layout, Page

Line = tuple[str, bool]
"""The text of a line, and whether it is body."""

_LIST = 1 << STRUCTURE.index("list")
_CELLS = {TAGS.index("td"), TAGS.index("th")}
_ITEMS = _CELLS | {TAGS.index("li")}
WHOLLY = 0.85  # of a block's characters inside links: all of it is one
MOST_SPANS = 8
_PARAGRAPH = TAGS.index("p")
_MARGINS = [
    _PARAGRAPH,
    *(TAGS.index(tag) for tag in ("h1", "h2", "h3", "h4", "blockquote", "figcaption")),
]
"""Browsers set a margin around these; some converters around paragraphs only."""


def spaced(page: Page, labels: list[bool], _dice: Random) -> list[Line]:
    """One block a line, a blank line after each."""
    return [line for block in _blocks(page, labels) for line in (block, ("", False))]


def tight(page: Page, labels: list[bool], _dice: Random) -> list[Line]:
    """One block a line, no blank lines."""
    return _blocks(page, labels)


def grouped(page: Page, labels: list[bool], dice: Random) -> list[Line]:
    """A blank line or two where the block element's parent changes."""
    lines: list[Line] = []
    gap = dice.randint(1, 3)
    layout = _layout(page)
    parents = layout.parent[layout.element].tolist()
    for at, line in enumerate(_blocks(page, labels)):
        if at and parents[at] != parents[at - 1]:
            lines += [("", False)] * gap
        lines.append(line)
    return lines


def indented(page: Page, labels: list[bool], dice: Random) -> list[Line]:
    """Lists indented with bullets, blank lines around everything else."""
    step, bullet = dice.choice([2, 3, 4, 6]), dice.choice(["* ", "- ", "  ", "• "])
    lines: list[Line] = []
    layout = _layout(page)
    in_list = (layout.structure[layout.element] & _LIST > 0).tolist()
    for at, (text, body) in enumerate(_blocks(page, labels)):
        if in_list[at]:
            lines.append((" " * step + bullet + text, body))
        else:
            lines += [("", False), (text, body), ("", False)]
    return lines


def joined(page: Page, labels: list[bool], dice: Random) -> list[Line]:
    """Cells and short items of one parent on one line, a blank line between others."""
    glue = dice.choice([" ", "  ", " | ", " · ", "\t"])
    layout = _layout(page)
    tags = layout.tag[layout.element].tolist()
    parents = layout.parent[layout.element].tolist()
    lines: list[Line] = []
    for at, (text, body) in enumerate(_blocks(page, labels)):
        same = at and parents[at] == parents[at - 1] and tags[at] in _ITEMS
        short = len(text) < 40 or tags[at] in _CELLS
        if same and short and lines and len(lines[-1][0]) < 300:
            before, was_body = lines[-1]
            lines[-1] = (before + glue + text, body if len(text) > len(before) else was_body)
        else:
            lines += [("", False), (text, body)]
    return lines


def wrapped(page: Page, labels: list[bool], dice: Random) -> list[Line]:
    """Paragraphs broken at a fixed width, a blank line between them."""
    width = dice.choice([60, 72, 78, 80, 100])
    lines: list[Line] = []
    for text, body in _blocks(page, labels):
        pieces = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        lines += [*((piece, body) for piece in pieces), ("", False)]
    return lines


def paragraphs(page: Page, labels: list[bool], dice: Random) -> list[Line]:
    """A blank line around paragraphs and what else has a margin, none between other blocks."""
    return _with_margins(page, labels, dice, [""] * len(page.blocks))


def nested(page: Page, labels: list[bool], dice: Random) -> list[Line]:
    """The same, every line as far to the right as its element lies deep, items with a sign."""
    layout = _layout(page)
    step, bullet = dice.choice([1, 2, 3]), dice.choice(["* ", "- ", "", "• "])
    depth = layout.depth[layout.element]
    depth = np.minimum(np.maximum(depth - dice.randint(2, 6), 0), 12).tolist()
    tags = layout.tag[layout.element].tolist()
    signs = [
        " " * (step * far) + (bullet if tag in _ITEMS else "")
        for far, tag in zip(depth, tags, strict=True)
    ]
    return _with_margins(page, labels, dice, signs)


def pieces(page: Page, labels: list[bool], dice: Random) -> list[Line]:
    """A line for every run of text: links and what is bold are cut out of their paragraphs."""
    layout = _layout(page)
    gap = dice.choice([0, 0, 1])
    lines: list[Line] = []
    for at, (text, body) in enumerate(_blocks(page, labels)):
        spans = int(layout.links[at]) or int(layout.bold_chars[at] > 0)
        chars = int(layout.link_chars[at]) or int(layout.bold_chars[at])
        whole = chars >= WHOLLY * len(text)
        cut = [text] if whole or not spans else _cut(text, min(spans, MOST_SPANS), chars, dice)
        for piece in cut:
            lines += [(piece, body), *[("", False)] * gap]
    return lines


def _cut(text: str, spans: int, chars: int, dice: Random) -> list[str]:
    """Return the text cut before and after so many spans of so many characters in all.

    Where they stand is not known; they begin and end with a word.
    """
    words = text.split(" ")
    length = max(1, round(chars / spans / (len(text) / len(words))))
    edges = {0, len(words)}
    for start in dice.sample(range(len(words)), min(spans, len(words))):
        edges |= {start, min(start + length, len(words))}
    ordered = sorted(edges)
    return [" ".join(words[a:b]) for a, b in pairwise(ordered)]


def _with_margins(page: Page, labels: list[bool], dice: Random, signs: Sequence[str]) -> list[Line]:
    """Set each block behind its sign, a blank line where an element with a margin meets another."""
    layout = _layout(page)
    margins = {tag for tag in _MARGINS if tag == _PARAGRAPH or dice.random() < 0.6}
    gap = dice.choice([1, 1, 1, 2])
    tags = layout.tag[layout.element].tolist()
    lines: list[Line] = []
    for at, (text, body) in enumerate(_blocks(page, labels)):
        same = at and layout.element[at] == layout.element[at - 1]
        if at and not same and (tags[at] in margins or tags[at - 1] in margins):
            lines += [("", False)] * gap
        lines.append((signs[at] + text, body))
    return lines


LOOKS: dict[str, Callable[[Page, list[bool], Random], list[Line]]] = {
    "spaced": spaced,
    "tight": tight,
    "grouped": grouped,
    "indented": indented,
    "joined": joined,
    "wrapped": wrapped,
    "paragraphs": paragraphs,
    "nested": nested,
    "pieces": pieces,
}


def _blocks(page: Page, labels: list[bool]) -> list[Line]:
    return [(block.text, body) for block, body in zip(page.blocks, labels, strict=True)]


def _layout(page: Page) -> Layout:
    if page.layout is None:
        raise ValueError("looks are made of HTML pages; this page is a dump")
    return page.layout
