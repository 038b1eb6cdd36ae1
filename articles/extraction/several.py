"""Does a page show several whole articles, and where does the main one stand?

The front page of a blog, or the page of a day: elements alike, each with a heading of its own, a
date or a name under it, and paragraphs. Of 306 labelled news pages none looks so. A dump has no
elements: `next_article.py`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.extraction.dom import TAGS
from articles.extraction.headlines import BYLINE_WORDS, HEADINGS, is_byline
from articles.extraction.lines import KEPT, SENTENCE_END, Line
from articles.extraction.next_article import main_of_dump
from articles.extraction.page import Layout, Page
from articles.extraction.title_claims import articles_of
from articles.model import Found, Role

LEAST_WORDS, MOST_WORDS = 3, 35  # of a heading
LINKED = 0.8
"""Of a heading's characters, where it leads to the article's own page."""
STAMP_LINES, STAMP_WORDS = 3, 14
"""Below a heading, where its date or author stands, and words of such a line."""
LEADING_LINES = 3
"""Of an article may stand above its heading: section, time."""
PARAGRAPHS, PARAGRAPH_WORDS, ARTICLE_WORDS = 2, 12, 40
"""What makes text under a heading an article; teasers have less."""
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""In the date of a post; the entries of a live blog have a time of day."""
ARTICLE = TAGS.index("article")
CONFIDENCE = 0.8


def main_of_several(page: Page, lines: Sequence[Line], title: int | None) -> int | None:
    """Return the heading's block of the main article where there are several, else None.

    The main one holds the page's headline, which stands in block `title`, or is the first. What
    reads like an article outside of it gets its role here.
    """
    layout = page.layout
    if layout is None:
        return main_of_dump(lines, title)
    found = _articles(lines, layout)
    if len(found) < 2:
        return None
    ranges = {e: range(int(layout.first[e]), int(layout.last[e])) for e in found}
    own = next((e for e, blocks in ranges.items() if title in blocks), None)
    if own is None and page.head is not None and articles_of(page.head):
        return None  # one article, of parts that look like several
    own = min(found) if own is None else own
    for line in lines:
        if line.score >= KEPT and line.block not in ranges[own]:
            line.role = Role.RELATED
    return lines[found[own]].block


def headed(
    page: Page, headlines: Sequence[Found[str]], title: int | None, heading: int
) -> list[Found[str]]:
    """Return the headlines with the main article's own first, unless the page's is in it."""
    if title is not None and title >= heading:
        return list(headlines)
    own = Found(page.blocks[heading].text, "heading_of_main", heading, confidence=CONFIDENCE)
    return [own, *(replace(one, stated=False) for one in headlines)]


def _articles(lines: Sequence[Line], layout: Layout) -> dict[int, int]:
    """Return the elements that hold an article each, and where its heading is among the lines.

    Of several groups of elements alike the one with the most text counts.
    """
    groups: dict[int, dict[int, int]] = {}
    for at, linked in _headings(lines, layout):
        element = int(layout.element[lines[at].block])
        while element > 0:
            if not linked or layout.tag[element] == ARTICLE:
                groups.setdefault(int(layout.path[element]), {}).setdefault(element, at)
            element = int(layout.parent[element])
    blocks = [line.block for line in lines]
    most: dict[int, int] = {}
    weight = 0.0
    for group in groups.values():
        if len(group) > 1:
            words = {e: _words(lines, blocks, layout, e, at) for e, at in group.items()}
            if sum(map(bool, words.values())) > 1 and sum(words.values()) > weight:
                most = {e: at for e, at in group.items() if words[e]}
                weight = sum(words.values())
    return most


def _headings(lines: Sequence[Line], layout: Layout) -> Iterator[tuple[int, bool]]:
    """Yield the places of headings as articles have them, and whether only a link tells so."""
    tags = layout.tag[layout.element].tolist()
    for at, line in enumerate(lines):
        if tags[line.block] not in HEADINGS or not LEAST_WORDS <= line.weight <= MOST_WORDS:
            continue
        near = [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 1 + STAMP_LINES]]
        if any(map(_is_stamp, near)):
            yield at, False
        elif layout.link_chars[line.block] >= LINKED * len(line.text):
            yield at, True


def _is_stamp(line: Line) -> bool:
    if line.weight > STAMP_WORDS or SENTENCE_END.search(line.text[-5:]):
        return False
    named = line.weight <= BYLINE_WORDS and is_byline(line.text)
    return named or YEAR.search(line.text) is not None


def _words(
    lines: Sequence[Line], blocks: Sequence[int], layout: Layout, element: int, heading: int
) -> float:
    """Return the words of the article in an element, 0 where it holds none under its heading."""
    first = bisect_left(blocks, int(layout.first[element]))
    last = bisect_left(blocks, int(layout.last[element]))
    paragraphs = [
        line.weight
        for line in lines[heading + 1 : last]
        if line.score >= KEPT and line.weight >= PARAGRAPH_WORDS
    ]
    whole = len(paragraphs) >= PARAGRAPHS and sum(paragraphs) >= ARTICLE_WORDS
    return sum(paragraphs) if whole and heading - first <= LEADING_LINES else 0.0
