"""Facts about what the warehouse tells of its sources."""

from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb

from articles.model import Article, Reason
from tests.warehouse.given import NOON, article, batch, delivery, load, rejection, rows
from warehouse.health import Fetches, Judgement, ailing, keep, overview, source_days

DAY = date(2026, 3, 1)
SHORT = "Eight words that are not a full body."


def fill(store: duckdb.DuckDBPyConnection) -> None:
    """Three articles of one source on one day, one of them well made, and a refusal."""
    made = {"source": "tidewater", "published_at": datetime(2026, 3, 1, 9, tzinfo=UTC)}
    load(
        store,
        batch(
            (replace(delivery("a"), source="tidewater"), of("a", "Tide. " * 60, made)),
            (replace(delivery("b"), source="tidewater"), of("b", SHORT, made | {"authors": ()})),
            (replace(delivery("c"), source="tidewater"), of("c", SHORT + "!", {"title": None})),
            (replace(delivery("d"), source="tidewater"), rejection("d")),
        ),
    )


def of(payload: str, body: str, facts: dict[str, object]) -> Article:
    return article(payload, body).model_copy(update={"source": "tidewater", **facts})


def test_day_of_a_source_is_counted_field_by_field(store: duckdb.DuckDBPyConnection) -> None:
    fill(store)

    [day] = source_days(store, DAY)

    assert (day.source, day.day, day.documents, day.articles, day.rejected) == (
        "tidewater",
        DAY,
        4,
        3,
        1,
    )
    assert (day.titled, day.distinct_titles, day.dated, day.recent) == (2, 1, 2, 2)
    assert (day.signed, day.full_bodies, day.unflagged) == (2, 1, 3)
    assert day.main_reason == Reason.NO_ARTICLE
    assert day.latency_hours == 3.0
    assert day.fetches is None


def test_articles_of_a_day_are_counted_by_the_sections_that_they_state(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(
        store,
        batch(
            *(
                (replace(delivery(name), source="tidewater"), of(name, name * 60, {"section": of_}))
                for name, of_ in (("a", "Sport"), ("b", " sport"), ("c", "Harbour"), ("d", None))
            )
        ),
    )

    [day] = source_days(store, DAY)

    assert day.sections == {"sport": 2, "harbour": 1}


def test_crawled_day_without_documents_is_a_day_too(store: duckdb.DuckDBPyConnection) -> None:
    store.execute(
        "insert into store.crawl_url (frontier_id, url, source, kind) "
        "values ('f', 'https://tide.example/feed', 'tidewater', 'feed')"
    )
    store.executemany(
        "insert into store.crawl_request (frontier_id, url, source, fetched_at, outcome) "
        "values ('f', ?, 'tidewater', timestamp '2026-03-01 08:00', ?)",
        [
            ("https://tide.example/robots.txt", "rules"),
            ("https://tide.example/feed", "forbidden"),
            ("https://tide.example/a", "timeout"),
        ],
    )

    [day] = source_days(store, DAY)

    assert (day.source, day.documents) == ("tidewater", 0)
    assert day.fetches == Fetches(requests=2, forbidden=1, failing=1, listings=1, listings_lost=1)


def test_latest_judgement_is_what_a_source_is(store: duckdb.DuckDBPyConnection) -> None:
    fill(store)

    keep(store, [judgement(1, "well")], NOON)
    keep(store, [judgement(2, "quiet"), judgement(3, "well")], NOON)
    keep(store, [judgement(3, "decayed")], NOON)

    assert [(each.state, each.since) for each in ailing(store)] == [("decayed", date(2026, 3, 2))]
    assert rows(store, "select state, cause, judged_day from sources") == [
        ("decayed", "layout change", date(2026, 3, 3))
    ]
    [shown] = overview(store)
    assert (shown["articles"], shown["rejected_rate"], shown["state"]) == (3, 0.25, "decayed")
    assert rows(store, "select day, documents, state from source_days order by day") == [
        (DAY, 4, "well"),
        (date(2026, 3, 2), 0, "quiet"),
        (date(2026, 3, 3), 0, "decayed"),
    ]

    keep(store, [judgement(4, "well")], NOON)

    assert ailing(store) == []


def judgement(day: int, state: str) -> Judgement:
    return Judgement.model_validate(
        {
            "source": "tidewater",
            "day": date(2026, 3, day),
            "state": state,
            "cause": None if state == "well" else "layout change",
        }
    )
