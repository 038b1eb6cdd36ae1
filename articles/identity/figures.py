"""Which figures does a text give, and in which words?

A form repeats its sentences with other figures; an edited copy keeps those it has. So a figure is
remembered with the two words on either side of it: where these recur, it must recur too. Figures
that agree anywhere in two texts tell little, since reports of one kind share many.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from articles.identity.words import BASE, Keys, Places, Words, mixed

VALUE_BITS = 24
"""Of a figure that tell which it is; the others tell the words beside it. Two unlike figures agree
by chance once in sixteen million."""
FIGURE = np.uint64(1)  # stands for any figure beside another one
OUTSIDE = np.uint64(2)  # stands for a word before the first or after the last
PLACES = BASE ** np.arange(64, dtype=np.uint64)
"""What tells "4 5" from "5 4"; longer rows of figures begin anew."""


class Agreement(NamedTuple):
    """What became of the figures of two texts where the words beside them are the same."""

    kept: int
    """Places that have a figure in common."""
    changed: int
    """Places that have none in common."""


SILENT = Agreement(0, 0)


def figures(read: Words) -> Iterator[Keys]:
    """Yield the figures of each text: a hash of the two words on either side, then of the figure.

    Words that begin with a digit are one figure where they follow each other: "1,250.5", a row of
    a table.
    """
    begins, ends, values = _rows(read)
    texts = np.searchsorted(read.ends, begins, side="right")
    first, last = np.append(0, read.ends)[texts], read.ends[texts]
    beside = np.zeros(len(begins), np.uint64)
    for place in (begins - 2, begins - 1, ends, ends + 1):
        word = read.hashes.take(place, mode="clip")
        word[read.figures.take(place, mode="clip")] = FIGURE
        word[(place < first) | (place >= last)] = OUTSIDE
        beside = beside * BASE + word
    found = mixed(beside) >> np.uint64(VALUE_BITS) << np.uint64(VALUE_BITS) | values >> np.uint64(
        40
    )
    order = np.lexsort((found, texts))
    found = found[order]
    fresh = np.append(True, (found[1:] != found[:-1]) | (texts[1:] != texts[:-1]))[: len(found)]
    found, texts = found[fresh], texts[fresh]
    limits = np.searchsorted(texts, np.arange(len(read.ends) + 1)).tolist()
    for begin, end in pairwise(limits):
        yield found[begin:end]


def agreement(one: Keys, other: Keys) -> Agreement:
    """Return what became of the figures of two texts where the words beside them are the same.

    >>> from articles.identity.words import words
    >>> [a, b] = figures(next(words(["It rose 4 pct to 7.5 mln.", "It rose 5 pct to 7.5 mln."])))
    >>> agreement(a, b)
    Agreement(kept=1, changed=1)
    """
    if not len(one) or not len(other):
        return SILENT
    ours, theirs = one.tolist(), other.tolist()  # sets: a text has ten figures
    kept = {figure >> VALUE_BITS for figure in set(ours).intersection(theirs)}
    places = {figure >> VALUE_BITS for figure in ours}
    common = places.intersection(figure >> VALUE_BITS for figure in theirs)
    return Agreement(len(kept), len(common) - len(kept))


def _rows(read: Words) -> tuple[Places, Places, Keys]:
    """Return where rows of figures begin, where they end, and a number for each."""
    at = np.flatnonzero(read.figures)
    if not len(at):
        return at, at, read.hashes[at]
    texts = np.searchsorted(read.ends, at, side="right")
    heads = np.flatnonzero(np.append(True, (np.diff(at) != 1) | (np.diff(texts) != 0)))
    sizes = np.diff(np.append(heads, len(at)))
    follows = np.arange(len(at)) - np.repeat(heads, sizes)
    values = np.add.reduceat(read.hashes[at] * PLACES[follows % len(PLACES)], heads)
    return at[heads], at[heads] + sizes, mixed(values)
