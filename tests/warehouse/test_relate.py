"""Facts about inputs that a batch brings twice, as a tar with two members of one name does."""

import duckdb
import pytest

from tests.warehouse.given import NOON, article, batch, delivery, loaded, refusal, refused
from warehouse.batch import BatchTables
from warehouse.relate import UnknownBytes, relate


def test_same_bytes_twice_at_one_place_are_one_document(store: duckdb.DuckDBPyConnection) -> None:
    related = relate(store, batch(loaded("a"), loaded("a")))

    assert related.documents["outcome"].to_pylist() == ["loaded"]
    assert (related.articles.num_rows, related.evidence.num_rows, related.skipped) == (1, 1, 1)


def test_same_bytes_at_a_second_place_are_its_duplicate(store: duckdb.DuckDBPyConnection) -> None:
    related = relate(store, batch(loaded("a"), (delivery("a", "drop/again.txt"), article("a"))))

    assert related.documents["outcome"].to_pylist() == ["loaded", "duplicate"]
    assert len(set(related.documents["article_id"].to_pylist())) == 1
    assert (related.articles.num_rows, related.skipped) == (1, 0)


def test_refused_bytes_twice_at_one_place_are_refused_once(
    store: duckdb.DuckDBPyConnection,
) -> None:
    related = relate(store, batch(refused("a"), refused("a")))

    assert related.documents["outcome"].to_pylist() == ["rejected"]
    assert (related.rejects.num_rows, related.skipped) == (1, 1)


def test_input_without_bytes_twice_at_one_place_is_refused_once(
    store: duckdb.DuckDBPyConnection,
) -> None:
    twice = BatchTables.of([], [(refusal("pipe"), NOON), (refusal("pipe"), NOON)])

    related = relate(store, twice)

    assert (related.rejects.num_rows, related.skipped) == (1, 1)


def test_sighting_of_bytes_that_nobody_has_read_is_refused(
    store: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(UnknownBytes, match="came without article or refusal"):
        relate(store, batch((delivery("a"), None)))
