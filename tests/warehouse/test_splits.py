"""However documents are split into batches, a load leaves the same behind."""

from collections.abc import Iterator
from datetime import UTC, datetime

import duckdb
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from articles.model import Outcome
from tests.warehouse.given import (
    article,
    delivery,
    face,
    load,
    rejection,
    rows,
    split,
)
from warehouse import migrate
from warehouse.batch import BatchTables, Delivery, Result

Known = dict[int, tuple[int, str | None, int | None]]
"""What document n is: its content, site and day; content 0 is a refusal."""

WORLD = st.fixed_dictionaries(
    {
        n: st.tuples(
            st.integers(0, 2), st.sampled_from([None, "x.com", "y.com", "z.com"]), st.integers(1, 3)
        )
        for n in range(6)
    }
)
MET = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), min_size=1, max_size=14)


def results_of(world: Known, met: list[tuple[int, int]]) -> list[tuple[Delivery, Result]]:
    results: list[tuple[Delivery, Result]] = []
    for minute, (number, place) in enumerate(met):
        content, site, day = world[number]
        payload, origin = f"page {number}", f"place {place}/{number}"
        at = datetime(2026, 5, day, tzinfo=UTC) if day else None
        became: Result = (
            article(payload, f"Story {content}.", site, at)
            if content
            else rejection(payload, origin)
        )
        results.append((delivery(payload, origin, minute), became))
    return results


@pytest.fixture(scope="module")
def bare() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as store:
        migrate.migrate(store)
        yield store


def emptied(store: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for (table,) in rows(
        store, "select table_name from duckdb_tables() where table_name <> 'migration'"
    ):
        store.execute(f"truncate store.{table}")
    return store


@pytest.mark.slow  # ten seconds of generated cases
@settings(max_examples=30, deadline=None)
@for_all(world=WORLD, met=MET, cuts=st.lists(st.integers(0, 20), max_size=4))
def test_any_split_into_batches_gives_the_same_warehouse(
    bare: duckdb.DuckDBPyConnection,
    world: Known,
    met: list[tuple[int, int]],
    cuts: list[int],
) -> None:
    results = results_of(world, met)
    faces, ledgers = [], []
    for parts in ([results], split(results, cuts)):
        store = emptied(bare)
        reports = [load(store, BatchTables.of(part), f"b{n}") for n, part in enumerate(parts)]
        faces.append(face(store))
        ledgers.append([sum(getattr(r, o) for r in reports) for o in ("seen", *Outcome)])

    assert faces[0] == faces[1]
    assert ledgers[0] == ledgers[1]
    assert ledgers[0][0] == len(met) == sum(ledgers[0][1:])
