"""How near is an extracted body to the true one?

Shingle scores follow the public article benchmark of Scrapinghub: overlap of 4-token shingles per
page, precision and recall averaged over pages.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

TOKEN = re.compile(r"\w+")
Counts = tuple[float, float, float]
"""True positives, false positives and false negatives of a page, as shares of their sum."""


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Return the multiset of runs of `size` tokens; a shorter text is one run."""
    tokens = TOKEN.findall(text)
    if not tokens:
        return Counter()
    last = max(1, len(tokens) - size + 1)
    return Counter(tuple(tokens[at : at + size]) for at in range(last))


def page_counts(true: str, kept: str) -> Counts:
    """Return how the shingles of a kept text agree with those of the true one."""
    wanted, found = shingles(true), shingles(kept)
    hits = sum((wanted & found).values())
    extra, missing = sum(found.values()) - hits, sum(wanted.values()) - hits
    total = hits + extra + missing
    return (hits / total, extra / total, missing / total) if total else (0.0, 0.0, 0.0)


def shingle_f1(pages: Sequence[Counts]) -> float:
    """Return F1 of the mean precision and the mean recall over pages."""
    precision = [
        hits / (hits + extra) if hits + extra else 0.0 for hits, extra, _ in pages if hits + extra
    ]
    recall = [
        hits / (hits + missing) if hits + missing else 0.0
        for hits, _, missing in pages
        if hits + missing
    ]
    p = sum(precision) / len(precision) if precision else 0.0
    r = sum(recall) / len(recall) if recall else 0.0
    return 2 * p * r / (p + r) if p + r else 0.0


def line_f1(pairs: Iterable[tuple[bool, bool]]) -> float:
    """Return F1 over lines, each given as (truly body, kept)."""
    counts = Counter(pairs)
    hits = counts[True, True]
    wrong = counts[True, False] + counts[False, True]
    return 2 * hits / (2 * hits + wrong) if hits else 0.0
