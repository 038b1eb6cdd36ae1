"""Which blocks of a page stand in the labelled body?

A block is body when half of its 4-token shingles are, and it fits into the heaviest chain of
blocks whose places in the body rise: a teaser that repeats a sentence of the body is none.
"""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from articles.extraction.tokens import Tokens, read_tokens

SIZE = 4
COMMON = 4  # a shingle that stands in the body more often does not tell where


def words_of(texts: Sequence[str]) -> list[list[str]]:
    """Return the words of each text, ideographs one by one."""
    return words_by_text(read_tokens(texts))


def words_by_text(tokens: Tokens) -> list[list[str]]:
    """Return the words of each of the texts that were read."""
    words = [tokens.vocabulary[word] for word in tokens.ids]
    ends = np.cumsum(tokens.counts).tolist()
    starts = [0, *ends[:-1]]
    return [words[start:end] for start, end in zip(starts, ends, strict=True)]


def label(texts: Sequence[str], body: str) -> list[bool]:
    """Return for each text whether it belongs to the body."""
    blocks = words_of(texts)
    whole = [word for words in words_of(body.split("\n")) for word in words]
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(whole) - SIZE + 1):
        places.setdefault(tuple(whole[at : at + SIZE]), []).append(at)
    candidates = [
        (block, start, weight)
        for block, words in enumerate(blocks)
        for start, weight in _starts(words, places)
    ]
    chain = _heaviest_chain(candidates)
    labels = [False] * len(texts)
    covered: set[tuple[str, ...]] = set()
    for block, _ in chain:
        labels[block] = True
        covered.update(_shingles(blocks[block]))
    for block, _, _ in candidates:  # out of order, but nowhere else: still body
        own = _shingles(blocks[block])
        if not labels[block] and sum(one in covered for one in own) < len(own) / 2:
            labels[block] = True
            covered.update(own)
    for block, words in enumerate(blocks):
        if 0 < len(words) < SIZE and chain:
            labels[block] = _fits(block, words, chain, whole)
    return labels


def _shingles(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + SIZE]) for at in range(len(words) - SIZE + 1)]


def _starts(words: list[str], places: dict[tuple[str, ...], list[int]]) -> list[tuple[int, int]]:
    """Return where in the body a block may begin, each with the block's weight."""
    own = _shingles(words)
    hits = [(at, one) for at, one in enumerate(own) if one in places]
    if not own or len(hits) < len(own) / 2:
        return []
    starts = {
        place - at for at, one in hits[:40] if len(places[one]) < COMMON for place in places[one]
    }
    starts = starts or {places[hits[0][1]][0]}
    return [(start, len(hits) + SIZE - 1) for start in sorted(starts)[:60]]


def _heaviest_chain(candidates: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Return the blocks and body places of the heaviest chain in which both rise."""
    if not candidates:
        return []
    candidates = sorted(candidates, key=lambda c: (c[0], -c[1]))
    blocks = np.array([c[0] for c in candidates])
    starts = np.array([c[1] for c in candidates])
    weight = np.array([float(c[2]) for c in candidates])
    before = np.full(len(candidates), -1)
    total = weight.copy()
    for at in range(1, len(candidates)):
        allowed = (starts[:at] < starts[at]) & (blocks[:at] < blocks[at])
        if allowed.any():
            best = int(np.where(allowed, total[:at], -1).argmax())
            total[at], before[at] = total[best] + weight[at], best
    chain, at = [], int(total.argmax())
    while at >= 0:
        chain.append((int(blocks[at]), int(starts[at])))
        at = int(before[at])
    return chain[::-1]


def _fits(block: int, words: list[str], chain: list[tuple[int, int]], whole: list[str]) -> bool:
    """Say whether a short block stands in the body between its neighbours of the chain."""
    after = bisect_left([at for at, _ in chain], block)
    if after in (0, len(chain)):
        return False
    low, high = chain[after - 1][1], chain[after][1]
    span = whole[low : high + len(words)]
    return any(span[at : at + len(words)] == words for at in range(len(span)))
