"""When were articles published that use the same words, and how many shingles are kept of them?"""

from collections.abc import Sequence
from typing import NamedTuple, Self

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from articles.identity.uses import UNDATED, Hours, Numbers
from warehouse.sql import statement

HOUR_US = 3_600_000_000
FAR = 2**63 - 1  # us since 1970: ranks undated articles last


class Standing(NamedTuple):
    """Some articles whose words are kept, as columns, by number."""

    numbers: Numbers
    hours: Hours
    """When each was published; UNDATED where it does not say."""
    kept: Numbers
    """How many shingles are kept of each."""
    lots: Numbers
    """What decides where nothing else does: drawn from the content, so that the order in which
    articles came decides nothing."""

    @classmethod
    def of(cls, found: pa.Table) -> Self:
        """Return the rows of `users.sql` or `everybody.sql`."""
        published_us = found["published_us"].fill_null(FAR).to_numpy()
        hours = np.where(published_us == FAR, UNDATED, published_us // HOUR_US)
        others = (found[name].to_numpy().astype(np.int64) for name in ("number", "keys", "lot"))
        numbers, kept, lots = others
        return cls(numbers, hours, kept, lots)

    @property
    def shortest(self) -> Numbers:
        """The places of all, those of whom fewest shingles are kept first."""
        return np.lexsort((self.lots, self.kept))

    def places(self, users: Numbers) -> tuple[Numbers, npt.NDArray[np.bool_]]:
        """Return the place of each of `users`, and which of them stand at all."""
        place = np.full(max(users.max(initial=0), self.numbers.max(initial=0)) + 1, -1, np.int64)
        place[self.numbers] = np.arange(len(self.numbers))
        at = place[users]
        return at, at >= 0


def lot(article_id: str) -> int:
    """Return the lot of an article: 16 bits of its id, which hangs on what it says.

    >>> lot("00ff8d848e7331ad7d2d3fd3e35c90aa")
    -32513
    """
    return int(article_id[:4], 16) - (1 << 15)


def ask_about(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    numbers: Sequence[int] | Numbers,
) -> pa.Table:
    """Run `statements/<name>.sql` over `numbers`, which it reads as `asked`."""
    connection.register("asked", pa.table({"number": pa.array(numbers, pa.int32())}))
    found = connection.sql(statement(name)).to_arrow_table()
    connection.unregister("asked")
    return found


def distinct(numbers: Numbers) -> Numbers:
    """Return the numbers, small ones above 0, sorted and each once."""
    met = np.zeros(numbers.max(initial=0) + 1, bool)
    met[numbers] = True
    return np.flatnonzero(met)
