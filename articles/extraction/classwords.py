"""Which words do the classes and ids of a page's elements use for articles, which for the rest?

Class names are English the world over: `article-body`, `caption`, `sidebar`. No list says so
here; as with the words of the text, their weights are learned from labelled pages.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from articles.extraction.page import Layout
from articles.extraction.textfeatures import Matrix
from articles.extraction.tokens import Floats

COLUMNS = ("own_lowest", "own_highest", "around_lowest", "around_highest", "around_sum")
MARK = "."
"""What tells a class word from a word of the text in the table of a model."""
RAREST = 4  # pages a class word must have been seen on
PRIOR = 0.7
_WORD = re.compile(r"[a-z]{2,24}")


def class_features(layout: Layout, table: Mapping[str, float]) -> Matrix:
    """Return the columns of `COLUMNS` for every block of a page."""
    said = {words: _say(words, table) for words in set(layout.path_words)}
    rows: list[tuple[float, float, float, float, float]] = []
    for outer, words in zip(layout.path_parent, layout.path_words, strict=True):
        low, high, own = said[words]
        _, _, lowest, highest, total = rows[outer] if outer >= 0 else (0.0,) * 5
        rows.append((low, high, min(low, lowest), max(high, highest), own + total))
    return np.array(rows, np.float32)[layout.path[layout.element]]


def _say(words: str, table: Mapping[str, float]) -> tuple[float, float, float]:
    """Return the lowest, the highest and the sum of the weights of a class's and an id's words."""
    found = [weight for word in _marked(words) if (weight := table.get(word)) is not None]
    return (min(found), max(found), sum(found)) if found else (0.0, 0.0, 0.0)


def learn_classes(pages: Iterable[tuple[Layout, Floats, Sequence[bool]]]) -> dict[str, float]:
    """Return the class words' weights learned from pages: layout, words and label of each block.

    A word's say is the share of body among the words below the elements that bear it, averaged
    over pages, as a logarithm of odds.
    """
    bodies: dict[str, float] = defaultdict(float)
    seen: dict[str, int] = defaultdict(int)
    for layout, weights, in_body in pages:
        path = layout.path[layout.element]
        size = len(layout.path_words)
        words = np.bincount(path, weights, size).tolist()
        kept = np.bincount(path, weights * np.asarray(in_body, np.float64), size).tolist()
        below: dict[str, list[float]] = {}
        for at in range(size - 1, -1, -1):
            outer = layout.path_parent[at]
            if outer >= 0:
                words[outer] += words[at]
                kept[outer] += kept[at]
        for at, text in enumerate(layout.path_words):
            for word in set(_marked(text)) if words[at] else ():
                sums = below.setdefault(word, [0.0, 0.0])
                sums[0] += kept[at]
                sums[1] += words[at]
        for word, (body, total) in below.items():
            bodies[word] += body / total
            seen[word] += 1
    return {
        word: math.log((bodies[word] + PRIOR) / (count - bodies[word] + PRIOR))
        for word, count in sorted(seen.items())
        if count >= RAREST
    }


@lru_cache(maxsize=4096)
def _marked(words: str) -> tuple[str, ...]:
    """Return the words of a class and an id; the pages of a site say the same again and again."""
    return tuple(MARK + word for word in _WORD.findall(words))
