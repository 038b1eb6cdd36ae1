"""Which text of an article stands, when a page was met more than once."""

import re
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from articles.model import Article, Precision
from tests.warehouse.given import NOON, article, batch, delivery, load, rows
from tests.warehouse.test_stories import DAY, LATER, story, told, words
from warehouse.batch import Delivery, Result
from warehouse.maintain import rejudge

HOW_IT_WORKS = Path(__file__).parents[2] / "docs/how-it-works.md"


def test_new_text_at_the_same_address_is_a_revision(store: duckdb.DuckDBPyConnection) -> None:
    for n, body in enumerate([words(1), words(1), words(1) + " and more"]):
        load(store, batch(paged(f"v{n}", body)), f"b{n}")

    assert rows(store, "select revision, changed_ratio from revisions order by 1") == [
        (1, None),
        (2, pytest.approx(2 / 188, abs=0.01)),
    ]
    assert rows(store, "select revision, right(body, 8) from articles") == [(2, "and more")]
    assert rows(store, "select outcome from documents order by origin") == [
        ("loaded",),
        ("duplicate",),
        ("loaded",),
    ]


def test_other_story_at_the_same_address_is_an_article_of_its_own(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(store, batch(paged("monday", words(1)), paged("tuesday", words(2))))

    assert rows(store, "select count(*), max(revision) from articles") == [(2, 1)]


def test_three_versions_in_one_batch_leave_the_last_one_current(
    store: duckdb.DuckDBPyConnection,
) -> None:
    versions = [paged(f"v{n}", words(1) + " more" * n) for n in range(3)]
    load(store, batch(*versions))

    assert rows(
        store,
        "select revision, is_current, article_id = first(article_id) over () "
        "from store.revision order by revision",
    ) == [(1, False, True), (2, False, True), (3, True, True)]


def test_text_as_of_a_day_is_the_last_version_until_then(
    store: duckdb.DuckDBPyConnection,
) -> None:
    for n in range(3):
        met, page = paged(f"v{n}", words(1) + " more" * n)
        load(store, batch((met, page)), f"b{n}")
        store.execute(
            "update store.revision set seen_at = seen_at + ? where revision = ?",
            [timedelta(days=n), n + 1],
        )

    [as_of] = re.findall(r"```sql\n(.*?);\n```", HOW_IT_WORKS.read_text("utf-8"), re.DOTALL)

    assert rows(store, f"select revision from ({as_of})") == [(2,)]


def paged(payload: str, body: str) -> tuple[Delivery, Result]:
    found = article(payload, body, "x.com", DAY).model_copy(
        update={"canonical_url": "https://x.com/live"}
    )
    return delivery(payload), found


def stated(
    payload: str,
    body: str,
    hours: float | None = None,
    changed: float | None = None,
    precision: Precision | None = None,
) -> tuple[Delivery, Result]:
    """A page at the usual address that says when it was published and changed."""
    met, found = paged(payload, body)
    assert isinstance(found, Article)
    at = {
        "published_at": None if hours is None else DAY + timedelta(hours=hours),
        "modified_at": None if changed is None else DAY + timedelta(hours=changed),
    }
    return met, found.model_copy(update=at | {"published_precision": precision})


OLD, NEW = words(1) + " old", words(1) + " new"


@pytest.mark.parametrize(
    ("first", "second", "body"),
    [
        pytest.param(stated("a", NEW, 0, 5), stated("b", OLD, 0, 2), NEW, id="changed-before"),
        pytest.param(stated("a", NEW, 5), stated("b", OLD, 0), NEW, id="published-before"),
        pytest.param(stated("a", OLD, 0, 2), stated("b", NEW, 0, 5), NEW, id="changed-after"),
        pytest.param(stated("a", OLD, 0, 2), stated("b", NEW, 0), NEW, id="silent-of-changes"),
        pytest.param(stated("a", OLD), stated("b", NEW, -99), NEW, id="undated-before"),
        pytest.param(stated("a", OLD, 5), stated("b", NEW), NEW, id="undated-after"),
        pytest.param(
            stated("a", OLD, 5),
            stated("b", NEW, -6, precision=Precision.DAY),
            NEW,
            id="a-day-that-may-hold-the-hour",
        ),
    ],
)
@pytest.mark.parametrize("apart", [True, False])
def test_page_that_says_it_is_older_does_not_become_the_current_version(
    store: duckdb.DuckDBPyConnection,
    first: tuple[Delivery, Result],
    second: tuple[Delivery, Result],
    body: str,
    *,
    apart: bool,
) -> None:
    for n, each in enumerate([[first], [second]] if apart else [[first, second]]):
        load(store, batch(*each), f"b{n}")

    assert rows(store, "select body from articles") == [(body,)]
    assert rows(store, "select count(*) from revisions") == [(2,)]
    assert rows(store, "select count(*) from store.revision where is_current") == [(1,)]


def test_older_version_that_came_late_is_valid_from_when_it_says_it_was_changed(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(store, batch(stated("new", NEW, 0, 5)), "b1")
    load(store, batch(stated("old", OLD, 0, 2)), "b2")

    assert rows(store, "select revision, valid_from from revisions order by revision desc") == [
        (2, (DAY + timedelta(hours=2)).replace(tzinfo=None)),
        (1, NOON.replace(tzinfo=None)),
    ]


def test_late_version_leaves_no_trace_among_stories(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(stated("new", words(1), 0, 5)), "b1")
    load(store, batch(stated("old", f"{words(1, 60)} {words(2)}", 0, 2)), "b2")
    load(store, batch(story("other", words(2), "y.com", 6)), "b3")
    before = told(store)

    assert rejudge(store, LATER).changed == 0
    assert before == told(store) == []
