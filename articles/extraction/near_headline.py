"""What do the lines around the headline say of when the story is from?

Its own date stands there. Far from it stand the header's clock, the dates of comments and those of
other stories, however much they look like dates of publication.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.extraction.relative import is_age
from articles.extraction.stamp_places import Placed
from articles.model import Block

ABOVE, BELOW = 12, 12
"""Blocks with text. Of 388 stated dates about so near 371 are right, on dumps of labelled pages; of
54 farther off, 39."""
UNDER = 3
LINE_CHARS = 80
BESIDE = 0.4
"""The chance from which a date beside the headline tells that those far off are others'."""
OF_FAR = 0.5
"""What is then left of theirs: header clocks had 0.6 of 1, dates of comments 0.9."""
_CLOCK = re.compile(r"\W*[0-2]?\d[:.][0-5]\d(?:\s?(?:uhr|h|hrs|[ap]\.?m\.?))?\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The blocks around the headline."""

    blocks: frozenset[int]
    """Their places; none where the headline is not known."""
    under: frozenset[int] = frozenset()
    """Those right under it, where a date is hardly anything but the story's."""
    tells_age: bool = False
    """Whether a line of them gives an age or a bare time of day, which only the reader of that day
    can turn into a date."""


def neighbourhood(blocks: Sequence[Block], title_at: int | None) -> Neighbourhood:
    """Return what stands around the headline; `title_at` is the block that shows it."""
    if title_at is None:
        return Neighbourhood(frozenset())
    filled = [block for block in blocks if block.text and not block.text.isspace()]
    at = next(place for place, block in enumerate(filled) if block.index >= title_at)
    near = filled[max(0, at - ABOVE) : at + BELOW + 1]
    below = [block.text.strip() for block in filled[at + 1 : at + BELOW + 1]]
    ages = (len(text) <= LINE_CHARS and (_CLOCK.fullmatch(text) or is_age(text)) for text in below)
    return Neighbourhood(
        frozenset(block.index for block in near),
        frozenset(block.index for block in filled[at + 1 : at + UNDER + 1]),
        any(ages),
    )


def by_headline(placed: Sequence[Placed], chances: list[float], near: Neighbourhood) -> list[float]:
    """Return the chances with less for dates far from the headline, where one stands beside it.

    Nothing is left of them where the headline's own lines give an age or a bare time of day.
    """
    by = [one.block in near.blocks for one in placed]
    pairs = list(zip(chances, by, strict=True))
    if any(close and chance >= BESIDE for chance, close in pairs):
        return [chance if close else chance * OF_FAR for chance, close in pairs]
    if near.tells_age and not any(by):
        return [0.0 for _ in chances]
    return chances
