"""What do a learned model's trees say of each row?

A tree of fourteen leaves asks thirteen questions at most. All are asked of all rows at once, and
the answers, one bit each, are looked up in a table of the tree's leaves. That costs a fifth of
LightGBM's own prediction and sums the same leaves in the same order
(docs/adr/0145-trees-as-tables.md).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from articles.extraction.textfeatures import Matrix
from articles.extraction.tokens import Floats, Ints

MOST_LEAVES = 16  # of a tree; the table of its leaves doubles with each
TOGETHER = 512  # rows; their answers stay in the processor's cache
MOST_VALUES = 1 << 16  # leaves of all trees; their places are kept in two bytes
_LOW = 8  # answers that fit in a byte
_NUMERIC = {"0", "2"}
"""LightGBM's codes of a split that compares numbers, of which none is missing."""

_Bytes = NDArray[np.uint8]
_Bits = NDArray[np.uint16]


class ModelBrokenError(RuntimeError):
    """A model is none, or asks what cannot be answered; or a matrix has not its width."""


class Booster:
    """A LightGBM model for chances, read from its text form.

    Where a row is not a number the smaller side of a split is taken; no column of ours has such.
    """

    def __init__(self, model: str) -> None:
        head, *trees = model.split("\nTree=")
        stated = _fields(head)
        if not trees or stated.get("objective") != "binary sigmoid:1":
            raise ModelBrokenError(f"not a LightGBM model for chances: {model[:60]!r}")
        self.columns = int(stated["max_feature_idx"]) + 1
        grown = [_Tree(tree) for tree in trees]
        self._answers = max(1, *(len(tree.thresholds) for tree in grown))
        self._values = np.zeros((len(grown), self._answers + 1))
        if self._values.size > MOST_VALUES:
            raise ModelBrokenError(f"{len(grown)} trees, whose leaves a table has no room to name")
        leaves = _leaf_table(grown, self._answers)
        order = np.arange(len(grown))[:, None]
        self._leaves = leaves + (order * self._values.shape[1]).astype(np.uint16)
        """Of each tree and each number that answers spell: the place in `_values`."""
        self._first = order * leaves.shape[1]
        columns = np.zeros((self._answers, len(grown)), np.float64)
        thresholds = np.full(columns.shape, np.inf)
        for at, tree in enumerate(grown):
            self._values[at, : len(tree.values)] = tree.values
            columns[: len(tree.columns), at] = tree.columns
            thresholds[: len(tree.thresholds), at] = tree.thresholds
        pairs = np.stack([columns.ravel(), _single(thresholds).ravel()], 1)
        asked, places = np.unique(pairs, axis=0, return_inverse=True)
        self._place: Ints = places.reshape(columns.shape)
        self._column = asked[:, 0].astype(np.int64)
        self._threshold = asked[:, 1:].astype(np.float32)

    def predict(self, rows: Matrix) -> Floats:
        """Return the chance, 0 to 1, of each row; raises `ModelBrokenError` for a wrong width."""
        if rows.ndim != 2 or rows.shape[1] != self.columns:
            raise ModelBrokenError(f"the model has {self.columns} columns, the rows {rows.shape}")
        sums = np.zeros(len(rows))
        for start in range(0, len(rows), TOGETHER):
            part = np.ascontiguousarray(rows[start : start + TOGETHER].T, np.float32)
            sums[start : start + TOGETHER] = self._sums(part)
        chances: Floats = 1.0 / (1.0 + np.exp(-sums))
        return chances

    def _sums(self, columns: NDArray[np.float32]) -> Floats:
        """Return for each row the sum of the leaves it falls into, tree by tree."""
        answers = (columns.take(self._column, axis=0) > self._threshold).view(np.uint8)
        number = self._number(answers, self._place[-_LOW:])
        if len(self._place) > _LOW:
            high = self._number(answers, self._place[:-_LOW]).astype(np.uint16)
            high <<= _LOW
            number = high | number
        values = self._values.take(self._leaves.take(self._first + number))
        if values.shape[1] == 1:  # numpy would add one row's values pairwise, not in their order
            values = values.repeat(2, axis=1)
        sums: Floats = np.add.reduce(values, axis=0)
        return sums[: columns.shape[1]]

    @staticmethod
    def _number(answers: _Bytes, places: Ints) -> _Bytes:
        """Return the number that the answers at the places spell in binary, for tree and row."""
        number: _Bytes = answers.take(places[0], axis=0)
        for place in places[1:]:
            number += number
            number += answers.take(place, axis=0)
        return number


class _Tree:
    """A tree of a model's text: its questions, and its leaves from left to right."""

    def __init__(self, text: str) -> None:
        stated = _fields(text)
        if int(stated["num_leaves"]) > MOST_LEAVES:
            raise ModelBrokenError(f"a tree of {stated['num_leaves']} leaves, not {MOST_LEAVES}")
        if not _NUMERIC.issuperset(stated.get("decision_type", "").split()):
            raise ModelBrokenError("a tree asks for more than whether a number is greater")
        self.columns = list(map(int, stated.get("split_feature", "").split()))
        self.thresholds = list(map(float, stated.get("threshold", "").split()))
        self._left = list(map(int, stated.get("left_child", "").split()))
        self._right = list(map(int, stated.get("right_child", "").split()))
        values = list(map(float, stated["leaf_value"].split()))
        self._order: list[int] = []
        self.ruled_out = [0] * len(self.columns)
        """Of each question: the leaves, a bit each, that the answer "greater" rules out."""
        self._visit(0 if self.columns else ~0)
        self.values = [values[leaf] for leaf in self._order]

    def _visit(self, node: int) -> int:
        """Number the leaves below a node from left to right and return them as bits."""
        if node < 0:
            self._order.append(~node)
            return 1 << (len(self._order) - 1)
        self.ruled_out[node] = self._visit(self._left[node])
        return self.ruled_out[node] | self._visit(self._right[node])


def _leaf_table(trees: Sequence[_Tree], questions: int) -> _Bytes:
    """Return for each tree and each number that answers spell the leaf: the first not ruled out."""
    ruled_out = np.zeros((questions, len(trees)), np.uint16)
    for at, tree in enumerate(trees):
        ruled_out[: len(tree.ruled_out), at] = tree.ruled_out
    out: _Bits = np.zeros((len(trees), 1), np.uint16)
    for leaves in ruled_out[::-1]:
        out = np.concatenate([out, out | leaves[:, None]], 1)
    return _lowest_bits(questions + 1).take(~out & np.uint16((1 << questions + 1) - 1))


def _lowest_bits(size: int) -> _Bytes:
    """Return for each number of so many bits the place of its lowest one."""
    lowest = np.zeros(1 << size, np.uint8)
    for bit in range(1, size):
        lowest[1 << bit :: 1 << bit + 1] = bit
    return lowest


def _single(thresholds: Floats) -> Floats:
    """Return the greatest single-precision numbers up to the thresholds: rows are of those."""
    single = thresholds.astype(np.float32)
    return np.where(single > thresholds, np.nextafter(single, np.float32(-np.inf)), single)


def _fields(text: str) -> dict[str, str]:
    """Return the `name=value` lines of a model's text up to the first empty line."""
    lines = text.split("\n\n", 1)[0].split("\n")
    return dict(line.split("=", 1) for line in lines if "=" in line)
