"""What does a stored text consist of, as far as texts are compared?

One file a batch, never changed: where the shingles and the figures of each text end, then these. A
text is read by itself and not mapped: pages that were looked at in a mapped file count as memory.
"""

import os
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import numpy as np

from articles.identity.shingles import Traits
from articles.identity.words import Keys

OPEN = 128  # files that are open at once, with 16 kB each that tell where texts end
RECENT = 8_192  # texts held in memory, of 2 kB each: news resembles news of its days
BYTES = 8  # of a number
SPARSE = 2_700  # numbers for each text asked for, ten texts: beyond that each is read by itself


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A file: of `traits` what each text is compared by, of `uses` who has each kept shingle."""

    kind: str
    first: int
    last: int
    file: str


@dataclass(slots=True)
class TraitFiles:
    """The files of `traits` beside a warehouse."""

    folder: Path | None
    _kept: list[KeyFile] = field(default_factory=list)
    _firsts: list[int] = field(default_factory=list)
    """The first article of each of them."""
    _open: dict[str, "_OpenFile | None"] = field(default_factory=dict)
    """By name, None for a missing one; the one asked for last stands last."""
    _recent: OrderedDict[int, Traits] = field(default_factory=OrderedDict)
    """By article, the one asked for last stands last."""

    def keep(self, files: Sequence[KeyFile]) -> None:
        """Take `files`, sorted, for those that count."""
        self._kept = list(files)
        self._firsts = [each.first for each in files]

    def __contains__(self, number: int) -> bool:
        """Tell whether a file keeps what the text of an article is compared by."""
        return number in self._recent or self._of(number) is not None

    def get(self, number: int) -> Traits | None:
        """Return what the text of an article is compared by, None where no file keeps it."""
        found = self._recent.get(number)
        if found is not None:
            self._recent.move_to_end(number)
        elif (kept := self._of(number)) is not None:
            found = self._recent[number] = kept.traits(number)
            if len(self._recent) > RECENT:
                self._recent.popitem(last=False)
        return found

    def samples(self, sizes: Mapping[int, int]) -> dict[int, Keys]:
        """Return the first shingles of texts, as many of each as `sizes` says, in its order.

        Texts that no file keeps are left out.
        """
        found: dict[int, Keys] = {}
        for at, numbers in groupby(sizes, lambda number: bisect_right(self._firsts, number)):
            asked = list(numbers)
            if at and (kept := self._of(asked[0])) is not None:
                found |= kept.samples({n: sizes[n] for n in asked if n <= self._kept[at - 1].last})
        return found

    def _of(self, number: int) -> "_OpenFile | None":
        at = bisect_right(self._firsts, number) - 1
        if at < 0 or number > self._kept[at].last or self.folder is None:
            return None
        kept = self._kept[at]
        if kept.file in self._open:
            found = self._open.pop(kept.file)
        else:
            path = self.folder / kept.file
            found = _OpenFile(path, kept) if path.exists() else None
        self._open[kept.file] = found
        if len(self._open) > OPEN:
            del self._open[next(iter(self._open))]
        return found


class _OpenFile:
    """A file that is open until it is forgotten."""

    __slots__ = ("_descriptor", "_ends", "_first")

    def __init__(self, path: Path, kept: KeyFile) -> None:
        self._first = kept.first
        self._descriptor = os.open(path, os.O_RDONLY)
        head = 2 * (kept.last - kept.first + 1) + 1
        self._ends = (self._read(0, head) + np.uint64(head)).astype(np.int64)

    def __del__(self) -> None:
        os.close(self._descriptor)

    def traits(self, number: int) -> Traits:
        place = 2 * (number - self._first)
        first, middle, last = self._ends[place : place + 3].tolist()
        both = self._read(first, last)
        return Traits(both[: middle - first], both[middle - first :])

    def samples(self, sizes: Mapping[int, int]) -> dict[int, Keys]:
        begins = self._ends[[2 * (number - self._first) for number in sizes]].tolist()
        ends = [at + size for at, size in zip(begins, sizes.values(), strict=True)]
        first, last = begins[0], ends[-1]
        if last - first > SPARSE * len(sizes):
            parts = [self._read(*limits) for limits in zip(begins, ends, strict=True)]
        else:
            piece = self._read(first, last)
            parts = [piece[at - first : to - first] for at, to in zip(begins, ends, strict=True)]
        return dict(zip(sizes, parts, strict=True))

    def _read(self, first: int, last: int) -> Keys:
        return np.frombuffer(
            os.pread(self._descriptor, (last - first) * BYTES, first * BYTES), np.uint64
        )


def traits_of(texts: Sequence[Traits]) -> Keys:
    """Return what stands in the file of some texts."""
    parts = [part for both in texts for part in both]
    ends = np.cumsum([0, *(len(part) for part in parts)], dtype=np.uint64)
    return np.concatenate([ends, *parts])
