"""What does a batch of 1,000 cost against a large warehouse?

    python -m bench.duplicates.scale --stored 100000 1000000
    python -m bench.duplicates.scale --stored --keys 3 30 300

Loads 2,000 made-up articles, fills the warehouse with rows of random words (texts of 240 shingles,
30 of them kept), then loads seven batches of 1,000 that go on from the 2,000: a fifth are copies,
many of stored articles, and seven more without looking for duplicates. CPU seconds of this process,
the least of the seven and the median: the whole load, and what the duplicates add to it.

`--keys` fills nothing but the sorted files of kept shingles, with so many millions, 30 an article
(about 8 GB of disk for 300), and looks up those of such a batch: CPU milliseconds.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np
import pyarrow as pa

from articles.identity.shingles import Traits
from articles.identity.uses import COMMON
from bench.duplicates.corpus import Row, corpus
from bench.duplicates.quality import result
from warehouse import db
from warehouse.batch import BatchTables
from warehouse.key_files import NUMBER_BITS, KeyFiles
from warehouse.load import load_batch
from warehouse.sorted_keys import NO_KEYS

NOW = datetime(2026, 2, 1, tzinfo=UTC)
SHINGLES, KEPT = 240, 30
AT_ONCE = 20_000
TURNS = 7
ARTICLES = """
insert into store.revision by name
select left(sha256('a' || i), 32) as article_id, 1 as revision, true as is_current,
    sha256('c' || i) as content_hash,
    cast('0x' || left(sha256('c' || i), 16) as ubigint) as content_key,
    '' as site, sha256('d' || i) as document_id,
    'Title ' || i as title, repeat('word ', 20) || i as body,
    make_timestamp(i * 1000000) as seen_at, 'fill' as batch_id
from range($first, $last + 1) as r(i)
"""
DOCUMENTS = """
insert into store.document by name
select sha256('d' || i) as document_id,
    cast('0x' || left(sha256('d' || i), 16) as ubigint) as document_key,
    'drop/' || i as origin, 'loaded' as outcome,
    left(sha256('a' || i), 32) as article_id, 'fill' as batch_id
from range($first, $last + 1) as r(i)
"""
FINGERPRINTS = """
insert into store.fingerprint by name
select i as number, left(sha256('a' || i), 32) as article_id, 240 as words, $kept as keys,
    cast(i % 65536 - 32768 as smallint) as lot,
    make_timestamp((1700000000 + i * 40) * 1000000) as published_at
from range($first, $last + 1) as r(i)
"""


def fill(store: db.Connection, count: int) -> None:
    """Store `count` articles of random words, with their shingles."""
    random = np.random.default_rng(1)
    [(highest,)] = store.execute("select max(number) from store.fingerprint").fetchall()
    for first in range(highest + 1, highest + count + 1, AT_ONCE):
        size = min(AT_ONCE, highest + count + 1 - first)
        store.execute("begin")
        values = {"first": first, "last": first + size - 1}
        store.execute(ARTICLES, values)
        store.execute(DOCUMENTS, values)
        store.execute(FINGERPRINTS, values | {"kept": KEPT})
        keys = random.integers(0, 2**64 - 1, (size, SHINGLES), np.uint64)
        keys[:, :KEPT] >>= np.uint64(3)
        keys.sort(axis=1)
        uses = {
            "key": (keys[:, :KEPT] >> NUMBER_BITS).ravel(),
            "number": np.repeat(np.arange(first, first + size, dtype=np.int32), KEPT),
        }
        store.register("use", pa.table(uses))
        store.execute("insert into store.shingle by name select key, number from use")
        store.unregister("use")
        KeyFiles.of(store).append(
            first, [Traits(each, NO_KEYS) for each in keys], [*keys[:, :KEPT]]
        )
        store.execute("commit")
    db.checkpoint(store)


def measure(store: db.Connection, stored: int) -> None:
    """Print one line of the table."""
    made = [BatchTables.of([result(row) for row in part]) for part in _batches(2 + 2 * TURNS)]
    _costs(store, "first", made[:2], stories=True)
    fill(store, stored - 2_000)
    costs = _costs(store, "with", made[2 : 2 + TURNS], stories=True)
    bare = _costs(store, "bare", made[2 + TURNS :], stories=False)
    least, middle = min(costs), median(costs)
    added = least - min(bare), middle - median(bare)
    print(f"| {stored:,} | {least:.3f} | {added[0]:.3f} | {middle:.3f} | {added[1]:.3f} |")


def _costs(
    store: db.Connection, name: str, batches: list[BatchTables], *, stories: bool
) -> list[float]:
    """Return what loading each of `batches` costs, in CPU seconds."""
    costs = []
    for turn, tables in enumerate(batches):
        begun = process_time()
        load_batch(store, f"{name}{turn}", tables, run_id="r", loaded_at=NOW, stories=stories)
        costs.append(process_time() - begun)
    return costs


def measure_keys(store: db.Connection, folder: Path, millions: int) -> None:
    """Print one line of the second table."""
    random = np.random.default_rng(1)
    appended = 0.0
    for first in range(1, millions * 1_000_000 // KEPT, AT_ONCE):
        kept = [*np.sort(random.integers(0, 2**61, (AT_ONCE, KEPT), np.uint64), axis=1)]
        begun = process_time()
        KeyFiles.of(store).append(first, [Traits(each, NO_KEYS) for each in kept], kept)
        appended = max(appended, process_time() - begun)
        for traits in folder.glob("traits-*"):
            traits.unlink()
    costs = []
    for _ in range(TURNS):
        wanted = np.sort(random.integers(0, 2**61, 30_000, np.uint64) >> NUMBER_BITS)
        begun = process_time()
        KeyFiles.of(store).users(wanted, COMMON + 1)
        costs.append(process_time() - begun)
    least, middle = min(costs) * 1000, median(costs) * 1000
    files = len(list(folder.glob("indexed-*")))
    print(f"| {millions} | {files} | {least:.0f} | {middle:.0f} | {appended:.1f} |", flush=True)


def _batches(count: int) -> list[list[Row]]:
    rows = list(corpus(count * 1_000))
    return [rows[at : at + 1_000] for at in range(0, len(rows), 1_000)]


def main() -> None:
    """Measure each size in a warehouse of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stored", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--keys", type=int, nargs="*", default=[], help="millions")
    options = parser.parse_args()
    print("| stored | load 1,000: least | of it duplicates | median | of it duplicates |")
    print("|---" * 5 + "|")
    for stored in options.stored:
        with _warehouse() as (store, _):
            measure(store, stored)
    print("| million keys | files | look-up: least, ms | median | longest merge, s |")
    print("|---" * 5 + "|")
    for millions in options.keys:
        with _warehouse() as (store, path):
            measure_keys(store, Path(f"{path}.shingles"), millions)


@contextmanager
def _warehouse() -> Iterator[tuple[db.Connection, Path]]:
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "warehouse.duckdb"
        with db.connect(path, memory_limit="2GB") as store:
            yield store, path


if __name__ == "__main__":
    main()
