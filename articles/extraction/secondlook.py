"""What do the first scores of a page tell about each of its blocks?

The first model sees a block and its neighbours; the second sees how the whole page was judged.
"""

import numpy as np
from numpy.typing import NDArray

from articles.extraction.domfeatures import DomFeatures
from articles.extraction.page import Column, Layout
from articles.extraction.textfeatures import (
    SPAN,
    Matrix,
    TextFeatures,
    clipped,
    gap,
    heaviest_run,
    matrix,
)
from articles.extraction.tokens import Floats

COLUMNS = (
    "score", "score_m1", "score_p1", "score_m2", "score_p2", "score_m3", "score_p3", "around_2",
    "around_4", "around_9", "before", "after", "since_first", "to_last", "in_run", "from_run",
    "to_run", "shared_with_body", "shared_amount", "gap_before", "gap_after", "highest",
    "body_words", "body_share",
)  # fmt: skip
DOM_COLUMNS = (
    "path_score", "path_lowest", "parent_score", "parent_highest", "grandparent_score",
    "tag_score", "parent_share", "from_best",
)  # fmt: skip
SURE = 0.5
RUN_SCORE = 0.4  # the score at which a block neither lengthens nor shortens the run


def second_look(text: TextFeatures, scores: Floats) -> Matrix:
    """Return the columns of `COLUMNS` for every block, given the first score of each."""
    weights = text.tokens.weights
    size, places = len(scores), np.arange(len(scores))
    mass = np.concatenate([[0.0], np.cumsum(scores * weights)])
    words = np.concatenate([[0.0], np.cumsum(weights)])
    total = max(1e-9, mass[-1])
    sure = scores > SURE
    found = np.flatnonzero(sure)
    first, last = (int(found[0]), int(found[-1])) if len(found) else (-99, -99)
    start, end = heaviest_run((scores - RUN_SCORE) * np.minimum(weights, 60))
    columns: list[NDArray[np.generic]] = [
        scores,
        *(_neighbour(scores, shift) for shift in (1, -1, 2, -2, 3, -3)),
    ]
    for reach in (2, 4, 9):
        low, high = np.maximum(0, places - reach), np.minimum(size, places + reach + 1)
        columns.append((mass[high] - mass[low]) / np.maximum(1e-9, words[high] - words[low]))
    columns += [
        mass[:-1] / total,
        1 - mass[1:] / total,
        clipped(places - first, -SPAN, SPAN),
        clipped(last - places, -SPAN, SPAN),
        (places >= start) & (places < end),
        clipped(places - start, -SPAN, SPAN),
        clipped(end - 1 - places, -SPAN, SPAN),
        *_shared(text, scores),
        gap(sure),
        gap(sure[::-1])[::-1],
        np.full(size, scores.max()),
        np.full(size, np.log1p(total)),
        np.full(size, sure.mean()),
    ]
    return matrix(columns)


def _neighbour(scores: Floats, shift: int) -> Floats:
    moved = np.zeros(len(scores))
    if len(scores) > abs(shift):
        if shift > 0:
            moved[shift:] = scores[:-shift]
        else:
            moved[:shift] = scores[-shift:]
    return moved


def _shared(text: TextFeatures, scores: Floats) -> tuple[Floats, Floats]:
    """Return how much of a block's content words stands in other blocks held to be body."""
    tokens = text.tokens
    words, blocks = tokens.pairs
    mass = np.bincount(words, scores[blocks], len(tokens.vocabulary))
    content = text.content[tokens.ids]
    elsewhere = np.maximum(mass[tokens.ids] - scores[tokens.blocks], 0) * content
    contents = np.maximum(tokens.sums(content), 1)
    return (
        tokens.sums(np.minimum(elsewhere, 1)) / contents,
        tokens.sums(np.log1p(elsewhere)) / contents,
    )


def second_look_at_dom(dom: DomFeatures, weights: Floats, layout: Layout, scores: Floats) -> Matrix:
    """Return the columns of `DOM_COLUMNS`: how the elements around each block were judged."""
    mass = scores * weights
    lowest = np.ones(int(dom.path.max()) + 1)
    np.minimum.at(lowest, dom.path, scores)
    highest = np.zeros(int(dom.parent.max()) + 1)
    np.maximum.at(highest, dom.parent, scores)
    mass_upto = np.concatenate([[0.0], np.cumsum(mass)])
    words_upto = np.concatenate([[0.0], np.cumsum(weights)])
    first, last = layout.first[dom.grandparent], layout.last[dom.grandparent]
    wide = np.maximum(words_upto[last] - words_upto[first], 1e-9)
    by_parent = np.bincount(dom.parent, mass)
    best = int(by_parent.argmax())
    away = np.abs(layout.depth[dom.parent] - layout.depth[best]) + 1
    columns: list[NDArray[np.generic]] = [
        _share(dom.path, mass, weights),
        lowest[dom.path],
        _share(dom.parent, mass, weights),
        highest[dom.parent],
        (mass_upto[last] - mass_upto[first]) / wide,
        _share(dom.tag, mass, weights),
        by_parent[dom.parent] / max(1e-9, float(mass_upto[-1])),
        np.where(dom.parent == best, 0, away),
    ]
    return matrix(columns)


def _share(group: Column, mass: Floats, weights: Floats) -> Floats:
    shares = np.bincount(group, mass) / np.maximum(np.bincount(group, weights), 1e-9)
    return shares[group].astype(np.float64, copy=False)
