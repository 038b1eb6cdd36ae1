"""Which learned ranker chooses among the candidates of a field?

`fields.json.gz` holds small LightGBM models as text, each with the columns it was trained on; it is
written by `python -m bench.training`.
"""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from articles.extraction.booster import Booster

FILE = "fields.json.gz"
_stand_in: ContextVar[bytes | None] = ContextVar("stand_in", default=None)


@dataclass(frozen=True, slots=True, eq=False)
class Ranker:
    """Judges candidates by their rows of numbers."""

    booster: Booster
    least: float
    """A best candidate below this chance is not stated by the page."""

    def chances(self, rows: NDArray[np.float64]) -> list[float]:
        """Return for each row the chance, 0 to 1, that its candidate is the right one."""
        judged: list[float] = self.booster.predict(rows.astype(np.float32)).tolist()
        return judged


class RankerColumnsError(RuntimeError):
    """The model file was trained on other columns than this code computes; train it anew."""


class _Stored(TypedDict):
    """A model as the file holds it."""

    columns: list[str]
    least: float
    trees: str


@contextmanager
def standing_in(packed: bytes) -> Iterator[None]:
    """Read fields by the rankers of another file, for benchmarks on what the shipped ones saw."""
    token = _stand_in.set(packed)
    try:
        yield
    finally:
        _stand_in.reset(token)


def ranker(name: str, columns: tuple[str, ...]) -> Ranker:
    """Return the ranker of that name, read once a process.

    Raises `RankerColumnsError` when it was trained on other columns than `columns`.
    """
    return _read(_stand_in.get(), name, columns)


@cache
def _read(packed: bytes | None, name: str, columns: tuple[str, ...]) -> Ranker:
    model = _models(packed)[name]
    if tuple(model["columns"]) != columns:
        message = f"{FILE} was trained on other columns for {name}: run bench.training"
        raise RankerColumnsError(message)
    return Ranker(Booster(model["trees"]), model["least"])


@cache
def _models(packed: bytes | None) -> dict[str, _Stored]:
    shipped = files("articles.extraction").joinpath(FILE)
    models: dict[str, _Stored] = json.loads(gzip.decompress(packed or shipped.read_bytes()))
    return models
