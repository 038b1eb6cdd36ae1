"""Which dates of a page tell of something else: its header's clock, other stories below?

They show the day on which the page was fetched, which may be years after the story's. Labelled
pages were fetched on the day they were published: no ranker can learn it there (docs/adr/0185).
"""

from collections.abc import Sequence

from articles.extraction.near_headline import Neighbourhood
from articles.extraction.stamp_places import PUBLISHED, Placed
from articles.model import BODY_ROLES, Block, Role

TOP = 9
"""Blocks with text at the top of a page, among which the clock stands. Of 16 right dates above the
headline on 125 labelled dumps none is among the first 12."""
APART = 4
"""Blocks between such a date and the headline: closer by, it is the headline's."""
OWN = 0.3
"""The chance from which a date below the headline is the story's own."""
AFTER_TEXT = 2
"""Blocks below the text in which a bare date may close it."""
BARE = 0.7
"""Of a line's characters are the date's; with more words it may be a note on the text."""
OF_FOREIGN = 0.15
"""What is left of their chance: too little to be stated."""


def without_foreign(
    placed: Sequence[Placed],
    chances: Sequence[float],
    blocks: Sequence[Block],
    roles: Sequence[Role],
    near: Neighbourhood,
    title_at: int | None,
) -> list[float]:
    """Return the chances with less for dates of the header's clock and of other stories.

    A clock stands among the first blocks and apart from the headline; or anywhere above it, with a
    later day than all else on the page, where the story has a date of its own below the headline.
    The dates of other stories stand bare below the text.
    """
    filled = [block.index for block in blocks if block.text and not block.text.isspace()]
    foreign = _bare_below(placed, filled, roles)
    if title_at is not None:
        foreign |= _clocks(placed, chances, filled, near, title_at)
    return [chance * OF_FOREIGN if at in foreign else chance for at, chance in enumerate(chances)]


def _clocks(
    placed: Sequence[Placed],
    chances: Sequence[float],
    filled: Sequence[int],
    near: Neighbourhood,
    title_at: int,
) -> set[int]:
    title = next((at for at, index in enumerate(filled) if index >= title_at), len(filled))
    head = {*filled[: min(TOP, title - APART + 1)]} if title >= APART else set()
    below = [
        at for at, one in enumerate(placed) if one.block > title_at and one.block in near.blocks
    ]
    own = [placed[at].stamp.day for at in below if chances[at] >= OWN]
    latest = max((one.stamp.day for one in placed), default=None)
    return {
        at
        for at, one in enumerate(placed)
        if (one.block in head and not _labelled(one))
        or (own and one.block < title_at and one.stamp.day == latest and latest > max(own))
    }


def _bare_below(placed: Sequence[Placed], filled: Sequence[int], roles: Sequence[Role]) -> set[int]:
    kept = [at for at, index in enumerate(filled) if roles[index] in BODY_ROLES]
    end = kept[-1] + AFTER_TEXT if kept else len(filled)
    after = {*filled[end + 1 :]}
    return {at for at, one in enumerate(placed) if one.block in after and _is_bare(one)}


def _is_bare(one: Placed) -> bool:
    return one.stamp.end - one.stamp.start >= BARE * len(one.text.strip()) and not _labelled(one)


def _labelled(one: Placed) -> bool:
    """Tell whether a word such as "Published" stands before the date."""
    return PUBLISHED.search(one.text[: one.stamp.start]) is not None
