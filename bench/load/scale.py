"""What does a batch cost against a large warehouse?

    python -m bench.load.scale --stored 1000000

Fills a scratch warehouse with made-up rows by SQL, then asks for 10,000 known documents, asks for
10,000 new ones, and loads 1,000 new documents. CPU seconds of this process, best of three.
"""

import argparse
import hashlib
import resource
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from bench.load.records import records
from warehouse import db
from warehouse.batch import BatchTables
from warehouse.load import load_batch
from warehouse.relate import known_documents

FILL_DOCUMENTS = """
insert into store.document by name
select sha256('d' || i) as document_id,
    cast('0x' || left(sha256('d' || i), 16) as ubigint) as document_key,
    'drop/' || i as origin, 'text/plain' as media_type,
    2500 as bytes, make_timestamp(i * 1000000) as seen_at, 'loaded' as outcome,
    left(sha256('a' || i), 32) as article_id, 'fill' as batch_id
from range(?) as r(i)
"""
FILL_ARTICLES = """
insert into store.revision by name
select left(sha256('a' || i), 32) as article_id, 1 as revision, true as is_current,
    left(sha256('a' || i), 32) as story_id, sha256('c' || i) as content_hash, '' as site,
    cast('0x' || left(sha256('c' || i), 16) as ubigint) as content_key,
    sha256('d' || i) as document_id, 'Title ' || i as title, repeat('word ', 20) || i as body,
    make_timestamp(i * 1000000) as seen_at, 'fill' as batch_id
from range(?) as r(i)
"""


def cpu_s() -> float:
    """Return the CPU seconds this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def best_of_three(work: Callable[[int], object]) -> float:
    """Return the least CPU that one of three turns took."""
    costs = []
    for turn in range(3):
        before = cpu_s()
        work(turn)
        costs.append(cpu_s() - before)
    return min(costs)


def pairs(prefix: str, count: int) -> pa.Table:
    """Return `count` document ids with their origins."""
    ids = [hashlib.sha256(f"{prefix}{i}".encode()).hexdigest() for i in range(count)]
    return pa.table({"document_id": ids, "origin": [f"drop/{i}" for i in range(count)]})


def measure(connection: duckdb.DuckDBPyConnection, stored: int) -> None:
    """Fill the warehouse and print one line of the table."""
    connection.execute(FILL_DOCUMENTS, [stored])
    connection.execute(FILL_ARTICLES, [stored])
    db.checkpoint(connection)
    made = list(records(3_000))
    batches = [BatchTables.of(made[n : n + 1_000]) for n in (0, 1_000, 2_000)]
    known, new = pairs("d", 10_000), pairs("n", 10_000)

    def load(turn: int) -> None:
        at = datetime.now(UTC)
        load_batch(connection, f"b{turn}", batches[turn], run_id="r", loaded_at=at, stories=False)

    costs = [
        best_of_three(lambda _: known_documents(connection, known)),
        best_of_three(lambda _: known_documents(connection, new)),
        best_of_three(load),
    ]
    print(f"| {stored:,} | " + " | ".join(f"{cost:.3f}" for cost in costs) + " |", flush=True)


def main() -> None:
    """Measure each size in a warehouse of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stored", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    print("| stored | 10k known | 10k new | load 1,000 |\n|---|---|---|---|")
    for stored in parser.parse_args().stored:
        with (
            tempfile.TemporaryDirectory() as home,
            db.connect(Path(home) / "warehouse.duckdb", memory_limit="2GB") as connection,
        ):
            measure(connection, stored)


if __name__ == "__main__":
    main()
