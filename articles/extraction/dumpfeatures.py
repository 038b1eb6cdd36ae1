"""What can be told of a dump's line from the lines around it: blanks, indents, announcements?"""

from collections.abc import Sequence

import numpy as np

from articles.extraction import cues
from articles.extraction.textfeatures import SPAN, Matrix, TextFeatures, clipped, gap, matrix
from articles.extraction.tokens import Floats, Ints
from articles.extraction.units import Unit
from articles.model import Role

LAYOUT = (
    "blanks", "blanks_over_usual", "deeper", "indent_over_usual", "short_before", "short_after",
    "usual_blanks", "blanks_after", "prose_blanks",
)  # fmt: skip
ANNOUNCED = (
    Role.RELATED, Role.COMMENT, Role.DISCLAIMER, Role.CALL_TO_ACTION, Role.NAV, Role.BYLINE,
)  # fmt: skip
"""The roles that short lines announce, each a column; then how far back the last one stands."""
SHORT_WORDS = 6
PROSE_WORDS = 20  # of a unit that shows where paragraphs stand, whatever the look
WIDEST = 12  # blanks by which an indent may differ


def layout_features(units: Sequence[Unit], text: TextFeatures) -> Matrix:
    """Return the columns of `LAYOUT` for the units of a dump."""
    size = len(units)
    above = np.minimum(np.array([unit.blanks for unit in units]), 5)
    below = np.append(above[1:], 5)
    usual = np.full(size, _median(above))
    weights = text.tokens.weights
    indents = np.array([unit.indent for unit in units])
    over = indents - _of_prose(indents, weights)
    long = weights >= SHORT_WORDS
    columns = [
        above, above - usual, np.sign(over), clipped(over, -WIDEST, WIDEST), gap(long),
        gap(long[::-1])[::-1], usual, below, np.full(size, _of_prose(above, weights)),
    ]  # fmt: skip
    return matrix(columns)


def _of_prose(values: Ints, weights: Floats) -> float:
    """Return what is usual for paragraphs: converters differ in how they set the whole page."""
    prose = values[weights >= PROSE_WORDS]
    return _median(prose if len(prose) else values)


def _median(values: Ints) -> float:
    """Return the median of some numbers; that of `np.median` costs five times as much."""
    ordered = np.sort(values)
    return float(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def announcement_features(keys: Sequence[str], counts: Sequence[int]) -> Matrix:
    """Return for each block what it announces, and how far back each announcement lies."""
    own = np.zeros((len(keys), len(ANNOUNCED)), np.float32)
    for at, (key, count) in enumerate(zip(keys, counts, strict=True)):
        if count <= cues.LONGEST:
            role = cues.announced_by(key)
            if role in ANNOUNCED:
                own[at, ANNOUNCED.index(role)] = 1
    back = [gap(own[:, column] > 0) for column in range(4)]
    return np.concatenate([own, np.minimum(np.stack(back, 1), SPAN)], 1).astype(np.float32)
