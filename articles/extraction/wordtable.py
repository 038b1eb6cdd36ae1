"""Which words stand in articles rather than around them?

A word's weight is the logarithm of how much more often labelled bodies hold it than boilerplate.
Besides words the table knows first words (`^by`) and whole short lines (`=read more`).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

import numpy as np

from articles.extraction.textfeatures import Matrix, matrix
from articles.extraction.tokens import Tokens

COLUMNS = ("mean", "lowest", "highest", "whole_line", "first_word", "known")
WHOLE_WORDS = 8  # a longer line is never the same on two sites
RAREST = 4  # blocks a word must have been seen in
PRIOR = 0.7


def word_features(tokens: Tokens, table: Mapping[str, float]) -> Matrix:
    """Return the columns of `COLUMNS` for every block of a page."""
    vocabulary = tokens.vocabulary
    size = len(tokens.texts)
    found = map(table.get, vocabulary, repeat(math.nan))
    weights = np.fromiter(found, np.float64, len(vocabulary))
    known_word = ~np.isnan(weights)
    known = known_word[tokens.ids]
    values = np.nan_to_num(weights)[tokens.ids]
    hits = np.bincount(tokens.blocks, known, size)
    mean = np.bincount(tokens.blocks, values, size) / np.maximum(hits, 1)
    lowest, highest = np.zeros(size), np.zeros(size)
    if known.any():
        met = tokens.blocks[known]
        starts = np.flatnonzero(np.r_[True, met[1:] != met[:-1]])
        lowest[met[starts]] = np.minimum.reduceat(values[known], starts)
        highest[met[starts]] = np.maximum.reduceat(values[known], starts)
    whole, first = [0.0] * size, [0.0] * size
    words, end = tokens.words, 0
    for at, count in enumerate(tokens.counts.tolist()):
        start, end = end, end + count
        if count:
            first[at] = table.get("^" + words[start], 0.0)
            if count <= WHOLE_WORDS:
                whole[at] = table.get("=" + " ".join(words[start:end]), 0.0)
    columns = [mean, lowest, highest, whole, first, hits / np.maximum(tokens.counts, 1)]
    return matrix([np.asarray(column) for column in columns])


def learn_table(
    pages: Iterable[tuple[Sequence[Sequence[str]], Sequence[bool]]],
) -> dict[str, float]:
    """Return the word weights learned from pages: the words of each block, and which are body.

    A word counts once for the bodies and once for the boilerplate of a page.
    """
    bodies: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for blocks, in_body in pages:
        seen: tuple[set[str], set[str]] = (set(), set())
        for words, body in zip(blocks, in_body, strict=True):
            if words:
                seen[bool(body)].update(words, ("^" + words[0],))
                if len(words) <= WHOLE_WORDS:
                    seen[bool(body)].add("=" + " ".join(words))
        others.update(seen[0])
        bodies.update(seen[1])
    return {
        word: math.log((bodies[word] + PRIOR) / (others[word] + PRIOR))
        for word in sorted(bodies.keys() | others.keys())
        if bodies[word] + others[word] >= RAREST
    }
