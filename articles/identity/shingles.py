"""Which runs of words does a text consist of?

Two texts that share a passage share the runs of five words in it, wherever it stands. Each run
becomes one number, so that a whole batch is compared as arrays.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from articles.identity.figures import figures
from articles.identity.words import BASE, Keys, Places, Words, mixed, words

WORDS = 5  # a shingle; on our copies 3 merges more forms, 8 loses edited copies


class Traits(NamedTuple):
    """What a text is compared by."""

    shingles: Keys
    figures: Keys


NO_TRAITS = Traits(np.zeros(0, np.uint64), np.zeros(0, np.uint64))


def traits(texts: Sequence[str]) -> list[Traits]:
    """Return the shingles and the figures of each text."""
    return [
        Traits(*both)
        for read in words(texts)
        for both in zip(_shingles(read), figures(read), strict=True)
    ]


def shingles(texts: Sequence[str]) -> list[Keys]:
    """Return the shingles of each text: 64-bit hashes of its runs of WORDS words.

    A text of fewer words is one run; one without a word has none. Quotes, dashes, punctuation,
    case, spaces and line breaks make no difference.

    >>> a, b = shingles(["One two three four five six.", "ONE, two - three four five seven"])
    >>> len(a), len(b), len(np.intersect1d(a, b))
    (2, 2, 1)
    """
    return [keys for read in words(texts) for keys in _shingles(read)]


def _shingles(read: Words) -> Iterator[Keys]:
    return _distinct(_runs(read.hashes, read.ends), read.ends)


def _runs(hashes: Keys, words: Places) -> Keys:
    """Return a number for each word and the four that follow it in its text.

    `words` tells where those of each text end.
    """
    counts = np.diff(words, prepend=0)
    padded = np.append(hashes, np.zeros(WORDS, np.uint64))
    runs = hashes.copy()
    own_end = np.repeat(words, counts) if counts.min(initial=WORDS) < WORDS else None
    for at in range(1, WORDS):
        runs *= BASE
        follows = padded[at : at + len(hashes)]
        if own_end is not None:
            follows = np.where(np.arange(at, at + len(hashes)) < own_end, follows, 0)
        runs += follows
    return mixed(runs)


def _distinct(runs: Keys, words: Places) -> Iterator[Keys]:
    """Yield the runs of each text sorted, each once, without those that reach past its end.

    `runs` has one for each word, those of a text together, and is sorted in place; `words` tells
    where those of each text end.
    """
    counts = np.diff(words, prepend=0)
    firsts = words - counts
    ends = np.where(counts < WORDS, np.minimum(firsts + 1, words), words - WORDS + 1)
    for first, end in zip(firsts.tolist(), ends.tolist(), strict=True):
        runs[first:end].sort()
    fresh = np.ones(len(runs), bool)
    fresh[1:] = runs[1:] != runs[:-1]
    fresh[firsts[counts > 0]] = True
    fresh &= np.arange(len(runs)) < np.repeat(ends, counts)
    distinct = runs[fresh]
    limits = np.append(0, np.cumsum(fresh))[words].tolist()
    for first, end in zip([0, *limits], limits, strict=False):
        yield distinct[first:end]
