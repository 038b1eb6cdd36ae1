"""Which blocks of a page make one piece of text?

Mostly every block is one. Some converters wrap a dump's paragraphs at a fixed
width; there the lines of a paragraph are judged together, or each would look like a fragment.
"""

import re
from typing import NamedTuple

from articles.extraction.page import Page
from articles.model import MediaType

_WORD = re.compile(r"\w")
WIDEST = 140  # characters; nobody wraps wider, and unwrapped paragraphs are longer
WRAPPED_LINES = 6  # full lines below which nothing is said of wrapping
WRAPPED_SHARE = 0.6  # of the long lines that must be full and go on in the next
LONG_LINE = 0.6  # of the width
DEEPEST = 200  # characters of an indent that are looked at


class Unit(NamedTuple):
    """One piece of a page's text."""

    text: str
    """White space folded; the lines of a wrapped paragraph joined by blanks."""
    first: int
    """Index of its first block."""
    end: int
    """Index of its last block, plus one."""
    blanks: int = 0
    """Blocks without a word right above it."""
    indent: int = 0
    """Blanks in front of its first line; a tab is as many as go to the next eighth column."""


def units_of(page: Page) -> list[Unit]:
    """Return the pieces of a page in reading order; lines of a dump without a word are in none."""
    if page.media_type is MediaType.HTML:
        return [Unit(block.text, block.index, block.index + 1) for block in page.blocks]
    lines = [" ".join(block.text.split()) if block.text else "" for block in page.blocks]
    joins = page.runs_on or _joins(lines)
    units: list[Unit] = []
    at, end = 0, 0
    while at < len(lines):
        last = at
        while last in joins:
            last += 1
        if lines[at] and _WORD.search(lines[at]):
            text = " ".join(lines[at : last + 1]) if last > at else lines[at]
            indent = _indent(page.blocks[at].text)
            units.append(Unit(text, at, last + 1, at - end, indent))
            end = last + 1
        at = last + 1
    return units


def run_ons(page: Page) -> frozenset[int]:
    """Return the places of a dump's lines that were broken only because there was no room."""
    if page.runs_on or page.layout is not None:
        return page.runs_on
    if max((len(block.text) for block in page.blocks), default=0) > WIDEST + DEEPEST:
        return frozenset()
    return _joins([" ".join(block.text.split()) for block in page.blocks])


def _indent(text: str) -> int:
    if not text[:1].isspace():
        return 0
    blanks = text[: len(text) - len(text.lstrip())][:DEEPEST]
    return len(blanks.expandtabs())


def _joins(lines: list[str]) -> frozenset[int]:
    """Return the places of the lines that were broken only because the next word had no room."""
    width = max(map(len, lines), default=0)
    if not 30 <= width <= WIDEST:
        return frozenset()
    long = [at for at, line in enumerate(lines[:-1]) if len(line) >= LONG_LINE * width]
    joins = frozenset(at for at in long if _had_no_room(lines[at], lines[at + 1], width))
    if len(joins) < WRAPPED_LINES or len(joins) < WRAPPED_SHARE * len(long):
        return frozenset()
    return joins


def _had_no_room(line: str, below: str, width: int) -> bool:
    if not below:
        return False
    word = below.split(" ", 1)[0]
    return len(line) + 1 + len(word) > width
