r"""What does a dump say once the marks of Markdown are off it?

Many converters write links, headings and emphasis as Markdown and break its paragraphs at a fixed
width. The marks are no words of the page: "[Home](/en/2024/05/12)" is a link and no date, and
"12\. May 2024" is a date. What is read here is for judging only; the body keeps its lines as they
stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from articles.extraction.page import Page

WIDTH = 78  # at which html2text wraps, even headings
FEWEST_MARKS = 3  # links and headings that make a page Markdown; one may be chance
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>|~-])")
_HEADING = re.compile(r"^([ \t]*(?:[*+-][ \t]+)?)#{1,6}[ \t]+", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\]\(([^()]{0,1500})\)")
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\(((?:[^()]|\([^()\n]{0,200}\)){0,1500})\)")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])[*_](?=[^\s*_])|(?<=[^\s*_])[*_](?![\w*])")
_QUOTE = re.compile(r"^[ \t]{0,8}(?:>[ \t]?){1,4}", re.MULTILINE)
_STARTS = re.compile(r"\s*(?:$|[*+-]\s|\d{1,3}[.)]\s|#{1,6}\s|>|\||!\[|[-*_]{3})")
"""How a line begins that does not go on from the one above."""


def plain_page(page: Page) -> Page:
    """Return a dump's page as it reads without marks, block for block; others as they are.

    A page of Markdown also tells which of its lines go on in the next.
    """
    if page.layout is not None:
        return page
    text = "\n".join(block.text for block in page.blocks)
    plain = _HEADING.sub(r"\1", text) if "# " in text else text
    runs_on = page.runs_on
    if _is_markdown(text):
        runs_on = frozenset(_runs_on([block.text for block in page.blocks]))
        plain = _unmarked(plain)
    if "\\" in plain:
        plain = _ESCAPE.sub(r"\1", plain)
    if plain == text:
        return page
    blocks = zip(page.blocks, plain.split("\n"), strict=True)
    shown = tuple(replace(block, text=line) for block, line in blocks)
    return replace(page, blocks=shown, runs_on=runs_on)


def _is_markdown(text: str) -> bool:
    if "](" not in text:
        return False
    return sum(1 for _ in zip(range(FEWEST_MARKS), _LINK.finditer(text), strict=False)) == (
        FEWEST_MARKS
    )


def _unmarked(text: str) -> str:
    """Return the text of as many lines without images, addresses, quotes and emphasis."""
    text = _IMAGE.sub(lambda image: _breaks(image[0]), text)
    text = _LINK.sub(lambda link: link[1] + _breaks(link[2]), text)
    return _EMPHASIS.sub("", _QUOTE.sub("", text))


def _breaks(text: str) -> str:
    return "\n" * text.count("\n")


def _runs_on(lines: Sequence[str]) -> Iterator[int]:
    """Yield the places of lines that end without ending their paragraph, as Markdown has it."""
    for at, (line, below) in enumerate(pairwise(lines)):
        ends = not line.strip() or line.endswith("  ") or _STARTS.match(below)
        if not ends and (not _HEADING.match(line) or _had_no_room(line, below)):
            yield at


def _had_no_room(line: str, below: str) -> bool:
    return len(line) + 1 + len(below.split(maxsplit=1)[0]) > WIDTH
