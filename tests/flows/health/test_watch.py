"""Facts about the watch over a home: two days are judged, and each fall is told once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from flows.health.watch import alarms, assess
from warehouse import db, health

NOW = datetime(2026, 3, 18, 15, tzinfo=UTC)  # a Wednesday
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with db.connect(tmp_path / "warehouse.duckdb") as connection:
        yield connection


def deliver(
    store: duckdb.DuckDBPyConnection, source: str, days: range, *, title: str | None = "A title"
) -> None:
    """Eight articles a day of one source, on days counted back from now."""
    made = [
        {
            "article_id": f"{source} {back} {number}",
            "document_id": f"{source} {back} {number}",
            "source": source,
            "seen_at": (NOW - back * DAY - timedelta(hours=1)).replace(tzinfo=None),
            "title": title and f"{title} {number}",
        }
        for back in days
        for number in range(8)
    ]
    store.register("made", pa.Table.from_pylist(made))
    store.execute(
        "insert into store.document by name select document_id, article_id as origin, source, "
        "seen_at, 'loaded' as outcome, article_id from made"
    )
    store.execute(
        "insert into store.revision by name select *, 1 as revision, true as is_current, "
        "seen_at as first_seen_at, seen_at as published_at, repeat('Words. ', 60) as body, "
        "['Ada Bell'] as authors, []::varchar[] as flags, 60 as word_count, 600 as page_chars "
        "from made"
    )
    store.unregister("made")


def told(store: duckdb.DuckDBPyConnection, at: datetime) -> list[tuple[str, str, str | None]]:
    """Judge at a time, and return the alarms that it raises."""
    before = health.ailing(store)
    assess(store, at, {})
    return [(a.source, a.state, a.cause) for a in alarms(before, health.ailing(store))]


def test_silent_source_is_told_once_and_a_day_that_goes_on_does_not_end_it(
    store: duckdb.DuckDBPyConnection,
) -> None:
    deliver(store, "tidewater", range(60))
    deliver(store, "eastmere", range(2, 60))

    assert told(store, NOW) == [("eastmere", "quiet", "nothing was delivered")]
    assert told(store, NOW) == []
    assert [each.source for each in health.ailing(store)] == ["eastmere"]


def test_source_that_delivers_again_for_a_day_is_well(store: duckdb.DuckDBPyConnection) -> None:
    deliver(store, "eastmere", range(2, 60))
    told(store, NOW)

    deliver(store, "eastmere", range(-1, 1))

    assert told(store, NOW + DAY) == []
    assert health.ailing(store) == []


def test_titles_lost_today_are_told_today(store: duckdb.DuckDBPyConnection) -> None:
    deliver(store, "tidewater", range(1, 60))
    deliver(store, "tidewater", range(1), title=None)

    assert told(store, NOW) == [("tidewater", "decayed", "layout change")]
    assert [each.since for each in health.ailing(store)] == [NOW.date()]


def test_disabled_source_is_left_alone(store: duckdb.DuckDBPyConnection) -> None:
    deliver(store, "eastmere", range(2, 60))

    assess(store, NOW, {}, frozenset({"eastmere"}))

    assert health.ailing(store) == []


def test_file_of_a_source_says_what_it_promises(tmp_path: Path) -> None:
    from flows.health.judge import Expected
    from flows.health.promises import promises

    head = 'publisher = "Tidewater Post"\nhome = "https://tide.example/"\n'
    (tmp_path / "tide.toml").write_text(
        f'id = "tide"\n{head}[expectations]\narticles_a_day = [4, 40]\ntitle = 0.9\n'
    )
    (tmp_path / "old.toml").write_text(f'id = "old"\n{head}enabled = false\n')

    (tmp_path / "wrong.toml").write_text("id = 1\n")

    assert promises(tmp_path) == (
        {"tide": Expected((4, 40), {"title": 0.9}), "old": Expected()},
        frozenset({"old"}),
    )
    assert promises(tmp_path / "nowhere") == ({}, frozenset())
