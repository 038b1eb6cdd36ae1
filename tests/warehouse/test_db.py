"""Opening the warehouse: what is made, what is refused, and what the refusal says."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.given import rows
from warehouse import db, migrate
from warehouse.db import WarehouseLocked
from warehouse.migrate import UnknownSchema

CONTRACT = {
    "articles": "article_id title body authors publisher publisher_domain section language "
    "published_at published_precision modified_at url canonical_url source agency dateline "
    "word_count flags story_id is_canonical revision content_hash document_id first_seen_at "
    "last_seen_at extractor_version",
    "revisions": "article_id revision content_hash title body valid_from changed_ratio cause",
    "duplicates": "article_id canonical_article_id relation containment jaccard reason",
    "stories": "story_id canonical_article_id articles publishers first_published_at "
    "last_published_at",
    "documents": "document_id origin source media_type bytes first_seen_at archive_file "
    "archive_offset outcome article_id line_roles",
    "rejects": "document_id origin member line byte stage reason rule detail status run_id seen_at",
    "evidence": "document_id field value chosen stated rule block confidence",
    "runs": "run_id flow_run_id flow started_at ended_at status seen loaded duplicate rejected "
    "held skipped versions",
}


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in CONTRACT])
def test_published_face_has_the_columns_of_the_contract(
    store: duckdb.DuckDBPyConnection, name: str
) -> None:
    described = store.execute(f"select * from {name}").description

    assert " ".join(column[0] for column in described) == CONTRACT[name]


def test_every_view_and_column_of_the_face_is_explained(store: duckdb.DuckDBPyConnection) -> None:
    silent = rows(
        store,
        "select view_name from duckdb_views() where not internal and comment is null union all "
        "select table_name || '.' || column_name from duckdb_columns() "
        "where schema_name = 'main' and not internal and comment is null",
    )

    assert silent == []


def test_no_table_has_a_key_an_index_or_a_sequence(store: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        store,
        "select table_name from duckdb_constraints() union all "
        "select index_name from duckdb_indexes() union all "
        "select sequence_name from duckdb_sequences()",
    )

    assert found == []


def test_new_file_is_in_the_format_that_both_duckdbs_write(
    store: duckdb.DuckDBPyConnection,
) -> None:
    (tags,) = rows(store, "select tags['storage_version'] from duckdb_databases() where path <> ''")

    assert tags == ("v1.5.0+",)


def test_opening_again_applies_nothing(path: Path) -> None:
    applied = "select name, checksum, applied_at from store.migration order by name"
    with db.connect(path) as store:
        first = rows(store, applied)

    with db.connect(path) as store:
        assert rows(store, applied) == first


def test_changed_view_is_laid_anew_with_its_comments(path: Path) -> None:
    with db.connect(path) as store:
        store.execute("update store.migration set checksum = 'old' where name = 'stories.sql'")
        store.execute("create or replace view stories as select 1 as one")

    with db.connect(path) as store:
        assert rows(store, "select comment from duckdb_views() where view_name = 'stories'") != []
        assert len(rows(store, "describe stories")) == 6


def test_changed_migration_is_refused(path: Path) -> None:
    with db.connect(path) as store:
        store.execute("update store.migration set checksum = 'x' where name = '0001_store.sql'")

    with pytest.raises(UnknownSchema, match="put the file back"), db.connect(path):
        pass


def test_newer_schema_is_refused(path: Path) -> None:
    with db.connect(path) as store:
        store.execute("insert into store.migration values ('migrations', '9999_x.sql', '', null)")

    with pytest.raises(UnknownSchema, match="update newsmill"), db.connect(path):
        pass


def test_migration_that_fails_leaves_nothing() -> None:
    with duckdb.connect() as store:
        store.execute("create schema store")
        store.execute("create table store.batch (old integer)")

        with pytest.raises(duckdb.CatalogException):
            migrate.migrate(store)

        assert rows(store, "select table_name from duckdb_tables()") == [("batch",)]


def test_file_of_another_kind_is_refused(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)

    with pytest.raises(UnknownSchema, match="move it away"), db.connect(path):
        pass


def test_second_writer_is_told_who_holds_the_warehouse(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from warehouse import db\n"
        "try:\n"
        "    with db.connect(Path(sys.argv[1])): pass\n"
        "except db.WarehouseLocked as error: print(error)"
    )
    with db.connect(path):
        other = subprocess.run(
            [sys.executable, "-c", program, str(path)], capture_output=True, text=True
        )

    assert f"process {os.getpid()} holds" in other.stdout


def test_reader_in_the_same_process_is_refused_by_name(path: Path) -> None:
    with db.connect(path), pytest.raises(WarehouseLocked), db.connect(path, memory_limit="2GB"):
        pass


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("select * from read_text('/etc/passwd')", id="read-a-file"),
        pytest.param("copy (select 1) to 'x.csv'", id="write-a-file"),
        pytest.param("attach 'x.duckdb'", id="attach"),
        pytest.param("install httpfs", id="install"),
        pytest.param("set enable_external_access = true", id="unlock"),
    ],
)
def test_writer_reaches_nothing_but_its_file(store: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        store.execute(sql)


def test_path_with_quotes_and_newline_is_opened(tmp_path: Path) -> None:
    odd = tmp_path / 'it\'s a\n"home"' / "warehouse.duckdb"

    with db.connect(odd) as store:
        assert rows(store, "select count(*) from articles") == [(0,)]
