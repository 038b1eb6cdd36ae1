"""Facts about a replay: what it compares, what it writes, and how it goes on after a kill."""

from datetime import UTC, date, datetime

import duckdb

from articles.model import Article, Rejection
from tests.warehouse.given import (
    article,
    balanced,
    batch,
    delivery,
    load,
    loaded,
    refused,
    rejection,
    rows,
)
from warehouse.db import transaction
from warehouse.replay import (
    Comparison,
    Scope,
    at_all_places,
    changed_tables,
    compare,
    documents,
    finish,
    progress,
)
from warehouse.rewrite import Part, write_part

LATER = datetime(2026, 3, 9, tzinfo=UTC)
ALL = Scope()


def read_again(
    store: duckdb.DuckDBPyConnection, today: dict[str, Article | Rejection], scope: Scope = ALL
) -> Comparison:
    """Compare the stored documents with what `today` gives for their origins."""
    found = documents(store, scope, "", 100)
    return compare(store, [(each, today[each.delivery.origin]) for each in found])


def write(store: duckdb.DuckDBPyConnection, comparison: Comparison) -> None:
    part = Part("r2-001", "r2", ALL, "code", LATER)
    with transaction(store):
        write_part(store, part, comparison, changed_tables(comparison))


def test_changed_text_makes_a_revision_and_keeps_the_article(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(store, batch(loaded("a", body="Menu. The ferry sank.")))
    [(before,)] = rows(store, "select article_id from articles")

    write(store, read_again(store, {"drop/a.txt": article("a", "The ferry sank.")}))

    assert rows(store, "select article_id, revision, body from articles") == [
        (before, 2, "The ferry sank.")
    ]
    assert rows(
        store, "select revision, body, cause, changed_ratio > 0 from revisions order by revision"
    ) == [(1, "Menu. The ferry sank.", "page", None), (2, "The ferry sank.", "replay", True)]
    assert rows(store, "select outcome, changed from rereads") == [("loaded", ["body"])]
    assert balanced(store, "r2", 1).loaded == 1


def test_changed_field_alone_is_mended_without_a_revision(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(store, batch(loaded("a")))
    mended = article("a").model_copy(update={"authors": ("Ada Bell",), "section": "Harbour"})

    write(store, read_again(store, {"drop/a.txt": mended}))

    assert rows(store, "select revision, authors, section from articles") == [
        (1, ["Ada Bell"], "Harbour")
    ]
    assert rows(store, "select outcome, changed from rereads") == [
        ("duplicate", ["authors", "section"])
    ]
    assert rows(store, "select count(*) from evidence") == [(1,)]
    assert balanced(store, "r2", 1).duplicate == 1


def test_same_reading_changes_nothing(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(loaded("a"), loaded("b")))
    before = rows(store, "select * from articles order by article_id")

    write(store, read_again(store, {f"drop/{n}.txt": article(n) for n in "ab"}))

    assert rows(store, "select * from articles order by article_id") == before
    assert balanced(store, "r2", 2).skipped == 2


def test_article_that_would_be_refused_today_stays_and_is_named(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(store, batch(loaded("a")))

    write(store, read_again(store, {"drop/a.txt": rejection("a")}))

    assert rows(store, "select outcome from documents") == [("loaded",)]
    assert rows(store, "select count(*) from articles") == [(1,)]
    assert rows(store, "select outcome, reason from rereads") == [("skipped", "no_article")]
    assert balanced(store, "r2", 1).skipped == 1


def test_refused_document_that_is_sound_today_comes_back_at_all_its_places(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(store, batch(refused("a"), (delivery("a", "drop/second.txt"), None)))

    found = read_again(store, {"drop/a.txt": article("a")})

    assert [stored.reason for stored, _ in found.passed] == ["no_article"]
    assert [(d.origin, r is None) for d, r in at_all_places(store, found.passed)] == [
        ("drop/a.txt", False),
        ("drop/second.txt", True),
    ]


def test_copies_and_old_versions_are_not_read_again(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(loaded("a", body="Same."), loaded("b", body="Same.")))

    assert [each.delivery.origin for each in documents(store, ALL, "", 9)] == ["drop/a.txt"]


def test_scope_names_days_and_reasons(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(loaded("a"), refused("b")))

    def origins(scope: Scope) -> list[str]:
        return [each.delivery.origin for each in documents(store, scope, "", 9)]

    assert origins(Scope(reason="no_article")) == ["drop/b.txt"]
    assert origins(Scope(reason="timeout")) == []
    assert origins(Scope(from_day=date(2026, 3, 2))) == []
    assert len(origins(Scope(from_day=date(2026, 3, 1), to_day=date(2026, 3, 1)))) == 2
    assert origins(Scope(source="tidewater")) == []


def test_killed_replay_goes_on_and_a_finished_one_begins_anew(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(store, batch(loaded("a")))
    write(store, read_again(store, {"drop/a.txt": article("a")}))

    assert progress(store, ALL, "code") == "a.warc.gz 00000000000000"
    assert progress(store, ALL, "other code") == ""
    assert progress(store, Scope(source="tidewater"), "code") == ""

    finish(store, ALL, "code", "r2")

    assert progress(store, ALL, "code") == ""
