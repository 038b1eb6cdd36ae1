"""Where does a key stand among hundreds of millions that lie sorted in a file?

A binary search over 2 GB meets a page that is in no cache at every step. So the last key of every
STEP is a mark, and all marks stand together behind the keys: a search among them, then within one
page.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Self

import numpy as np

from articles.identity.uses import Numbers
from articles.identity.words import Keys

STEP = 512  # keys of 8 bytes: a page
FEW = 1 << 22  # keys that are searched as quickly without marks
BLOCK = 1 << 20  # keys of the largest file that are merged at once: 8 MB
NO_KEYS: Keys = np.zeros(0, np.uint64)


class SortedKeys(NamedTuple):
    """Keys in their order, with their marks."""

    keys: Keys
    marks: Keys
    """The last of every STEP keys; empty in files of the former kind."""

    @classmethod
    def of(cls, stored: Keys) -> Self:
        """Return what `marked` has written.

        >>> both = SortedKeys.of(np.concatenate(list(marked([np.arange(1000, dtype=np.uint64)]))))
        >>> len(both.keys), both.marks.tolist()
        (1000, [511])
        """
        end = len(stored) - len(stored) // (STEP + 1)
        return cls(stored[:end], stored[end:])

    def places(self, wanted: Keys) -> Numbers:
        """Return the place of each of `wanted`, or where it would stand."""
        if not len(self.marks) or len(self.keys) < FEW:
            return self.keys.searchsorted(wanted)
        at = self.marks.searchsorted(wanted) * STEP
        step = STEP // 2
        while step:
            before = self.keys.take(at + (step - 1), mode="clip") < wanted
            at += before * step
            step //= 2
        return np.minimum(at, len(self.keys))


def marked(blocks: Iterable[Keys]) -> Iterator[Keys]:
    """Yield sorted blocks as they are, then their marks."""
    met, marks = 0, [NO_KEYS]
    for block in blocks:
        marks.append(block[STEP - 1 - met % STEP :: STEP].copy())
        met += len(block)
        yield block
    yield np.concatenate(marks)


def merged(parts: Sequence[Keys]) -> Iterator[Keys]:
    """Yield what stands in sorted arrays in one order, a block at a time.

    Hashes lie evenly, so that a block holds as many of each array as is its share.

    >>> [block.tolist() for block in merged([np.array([1, 4]), np.array([2, 3, 5])])]
    [[1, 2, 3, 4, 5]]
    """
    bounds = max(parts, key=len)[BLOCK::BLOCK]
    places = [[0, *part.searchsorted(bounds).tolist(), len(part)] for part in parts]
    for at in range(len(bounds) + 1):
        pieces = [
            part[place[at] : place[at + 1]] for part, place in zip(parts, places, strict=True)
        ]
        yield np.sort(np.concatenate(pieces), kind="stable")  # joins runs that are sorted already
