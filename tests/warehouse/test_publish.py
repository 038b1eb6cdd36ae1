"""Publishing: readers keep what they opened, and never see half a file."""

from pathlib import Path

import pytest

from tests.warehouse.given import batch, load, loaded
from warehouse import db, query
from warehouse.migrate import UnknownSchema
from warehouse.publish import publish

COUNT = "select count(*) as articles from articles"


def count(published: Path) -> object:
    with query.connect(published) as connection:
        return query.ask(connection, COUNT).tuples[0][0]


def test_reader_keeps_the_old_file_while_a_new_one_is_published(path: Path, tmp_path: Path) -> None:
    published = tmp_path / "articles.duckdb"
    with db.connect(path) as store:
        load(store, batch(loaded("a")))
    publish(path, published)

    with query.connect(published) as reader:
        with db.connect(path) as store:
            load(store, batch(loaded("b")), "b2")
        publish(path, published)

        assert query.ask(reader, COUNT).tuples == ((1,),)
    assert count(published) == 2


def test_publishing_leaves_nothing_half_done(path: Path, tmp_path: Path) -> None:
    with db.connect(path) as store:
        load(store, batch(loaded("a")))

    publish(path, tmp_path / "articles.duckdb")

    names = sorted(file.name for file in tmp_path.iterdir())
    assert names == ["articles.duckdb", "warehouse.duckdb", "warehouse.duckdb.shingles"]


def test_failed_publishing_leaves_the_old_file(path: Path, tmp_path: Path) -> None:
    with db.connect(path) as store:
        load(store, batch(loaded("a")))
    published = tmp_path / "articles.duckdb"
    publish(path, published)

    with pytest.raises(UnknownSchema):
        publish(_not_a_database(tmp_path / "broken.duckdb"), published)

    assert count(published) == 1


def _not_a_database(path: Path) -> Path:
    path.write_bytes(b"x" * 20_000)
    return path
