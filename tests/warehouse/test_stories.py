"""Which articles become one story, whatever the order in which they came."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import duckdb
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from articles.model import Article
from tests.warehouse.given import article, batch, delivery, load, rows, sha256, split
from warehouse import db, migrate
from warehouse.batch import BatchTables, Delivery, Result
from warehouse.load import load_batch
from warehouse.maintain import rejudge

HOW_IT_WORKS = Path(__file__).parents[2] / "docs/how-it-works.md"
DAY = datetime(2026, 3, 2, 6, tzinfo=UTC)
LATER = datetime(2026, 6, 1, tzinfo=UTC)


def words(seed: int, count: int = 90) -> str:
    """Prose that shares nothing with that of another seed."""
    return " ".join("w" + sha256(f"{seed}/{n}")[:9] for n in range(count))


def story(
    payload: str, body: str, site: str | None, hours: float | None = 0
) -> tuple[Delivery, Result]:
    at = None if hours is None else DAY + timedelta(hours=hours)
    return delivery(payload), article(payload, body, site, at, title=f"Headline of {payload}")


def told(store: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Who repeats whom, by the name of the document."""
    return rows(
        store,
        "select a.title[13:], c.title[13:], d.relation from duplicates d "
        "join articles a using (article_id) "
        "join articles c on c.article_id = d.canonical_article_id order by all",
    )


def test_trimmed_copy_elsewhere_is_syndication(store: duckdb.DuckDBPyConnection) -> None:
    whole = words(1)
    cut = " ".join(whole.split()[:45])
    load(store, batch(story("a", whole, "x.com")), "b1")
    load(store, batch(story("b", f"Subscribe to our paper now.\n{cut}", "y.com", 2)), "b2")

    assert told(store) == [("b", "a", "syndication")]
    [(containment, jaccard, reason)] = rows(
        store, "select containment, jaccard, reason from duplicates"
    )
    assert (containment, jaccard) == (41 / 46, 41 / 91)
    assert reason == ("0.89 of the shorter text, 1.00 of what they share used on no other days")


def test_second_report_of_the_same_site_is_a_revision(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(story("a", words(1), "x.com"), story("b", words(1) + " more", "x.com", 2)))

    assert told(store) == [("b", "a", "revision")]


def test_other_story_is_not_linked(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(story("a", words(1), "x.com"), story("b", words(2), "y.com")))

    assert told(store) == []


def form(week: int) -> str:
    """A report in the same words every week, with other figures."""
    return f"{words(7, 60)} {words(100 + week, 20)}"


def test_recurring_form_is_told_from_a_copy_once_it_recurs(
    store: duckdb.DuckDBPyConnection,
) -> None:
    for week in range(3):
        load(store, batch(story(f"{week}", form(week), "x.com", 168 * week)), f"b{week}")
    rejudge(store, LATER)

    assert told(store) == []


def test_copy_from_last_year_is_found(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(story("old", words(1), "x.com", -9000)), "b1")
    load(store, batch(story("new", words(1) + " A line more.", "y.com")), "b2")

    assert told(store) == [("new", "old", "syndication")]


@pytest.mark.slow  # 300 papers
def test_story_that_three_hundred_papers_ran_is_one(store: duckdb.DuckDBPyConnection) -> None:
    copies = [
        story(f"{n}", f"{words(1)} {words(1000 + n, 8)}", f"paper{n}.com", (n * 7) % 30 + 1)
        for n in range(300)
    ]
    for n in range(3):
        load(store, batch(*copies[n::3]), f"b{n}")
    load(store, batch(story("first", words(1), "agency.com")), "b3")

    assert rows(
        store,
        "select c.title, s.articles, s.publishers from stories s "
        "join articles c on c.article_id = s.canonical_article_id",
    ) == [("Headline of first", 301, 301)]


def test_short_text_under_a_long_disclaimer_makes_no_story_of_those_who_print_it(
    store: duckdb.DuckDBPyConnection,
) -> None:
    disclaimer = words(9, 100)
    bodies = [words(1, 1000), *(words(n, 110) for n in range(2, 6)), words(6, 40)]
    load(
        store,
        batch(
            *(
                story(f"{n}", f"{disclaimer} {own}", f"{n}.com", None)
                for n, own in enumerate(bodies)
            )
        ),
    )
    rejudge(store, LATER)

    assert len(told(store)) <= 1


def test_earlier_article_takes_the_lead_of_a_story(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(story("a", words(1), "x.com", 5), story("b", words(1) + " x", "y.com", 6)))
    load(store, batch(story("c", words(1) + " y", "z.com", 1)), "b2")

    assert told(store) == [("a", "c", "syndication"), ("b", "c", "syndication")]


def test_changed_text_of_the_newest_article_is_found_by_its_new_words(tmp_path: Path) -> None:
    def page(payload: str, body: str) -> tuple[Delivery, Result]:
        met, found = story(payload, body, "x.com")
        assert isinstance(found, Article)
        return met, found.model_copy(update={"url": "https://x.com/1", "title": "Headline of a"})

    with db.connect(tmp_path / "w.duckdb") as store:
        load(store, batch(page("a", words(1))))
        load(store, batch(page("later", f"{words(1, 30)} {words(2)}")), "b2")
        load(store, batch(story("c", words(2), "y.com", 2)), "b3")

        assert told(store) == [("c", "a", "syndication")]


def test_form_that_proves_old_is_judged_anew_and_the_change_recorded(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(store, batch(story("mon", form(1), "x.com"), story("tue", form(2), "x.com", 24)))
    assert told(store) == [("tue", "mon", "revision")]
    load(store, batch(story("last year", form(0), "x.com", -9000)), "b2")

    assert rejudge(store, LATER).changed == 1
    assert told(store) == []
    assert rows(store, "select canonical_article_id, reason from store.rejudgement") == [
        (None, "stands for itself")
    ]
    assert rejudge(store, LATER + timedelta(days=1)).changed == 0


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


PART = st.tuples(st.integers(0, 4), st.integers(8, 40))
"""A passage: whose words, and how many of them."""
PAPER = st.tuples(
    st.lists(PART, min_size=1, max_size=3, unique_by=lambda part: part[0]),
    st.sampled_from(["x.com", "y.com", "z.com"]),
    st.one_of(st.none(), st.integers(0, 400), st.integers(-20_000, 0)),
    st.sampled_from([None, None, "/live", "/page"]),
)
"""What it consists of, its site, its hour (these days, years ago, unknown), its address."""


def paper(
    number: int, parts: list[tuple[int, int]], site: str, hours: int | None, path: str | None
) -> tuple[Delivery, Result]:
    met, found = story(
        f"{number}", f"{' '.join(words(*part) for part in parts)} own{number}", site, hours
    )
    assert isinstance(found, Article)
    return met, found.model_copy(update={"url": path and f"https://{site}{path}"})


def shuffled(
    papers: Sequence[tuple[Delivery, Result]], order: Random
) -> list[tuple[Delivery, Result]]:
    """Return the papers in another order, save that versions of a page stay in theirs."""
    mixed = order.sample(range(len(papers)), len(papers))
    pages = [n for n in range(len(papers)) if isinstance(a := papers[n][1], Article) and a.url]
    in_order = iter(pages)
    return [papers[next(in_order) if n in pages else n] for n in mixed]


def test_which_of_texts_equally_short_came_first_decides_nothing(
    bare: duckdb.DuckDBPyConnection,
) -> None:
    texts = [[(0, 8)]] * 5 + [[(1, 8)], [(1, 22)], [(1, 26), (2, 8), (0, 8)], [(1, 29), (0, 8)]]
    came = [paper(number, parts, "x.com", None, None) for number, parts in enumerate(texts)]
    faces = set()
    for turn in range(9):
        store = emptied(bare)
        load(store, BatchTables.of([*came[turn:], *came[:turn]]), "b")
        faces.add(repr(rows(store, "from duplicates order by all")))

    assert len(faces) == 1


@pytest.mark.slow  # ten seconds of generated cases
@settings(max_examples=12, deadline=None)
@for_all(
    papers=st.lists(PAPER, min_size=1, max_size=9),
    order=st.randoms(use_true_random=False),
    cuts=st.lists(st.integers(0, 20), max_size=4),
)
def test_any_order_and_any_batches_give_the_same_stories_once_judged_anew(
    bare: duckdb.DuckDBPyConnection,
    papers: list[tuple[list[tuple[int, int]], str, int | None, str | None]],
    order: Random,
    cuts: Sequence[int],
) -> None:
    came = [paper(n, *each) for n, each in enumerate(papers)]
    another = shuffled(came, order)
    faces = []
    for parts, stories in (
        ([came], True),
        (split(another, cuts), True),
        ([[each] for each in shuffled(came, order)], True),
        ([another], False),
    ):
        store = emptied(bare)
        for n, part in enumerate(parts):
            load_batch(
                store, f"b{n}", BatchTables.of(part), run_id="r", loaded_at=LATER, stories=stories
            )
        rejudge(store, LATER)
        faces.append(
            [sorted(map(repr, rows(store, f"from {view}"))) for view in ("duplicates", "stories")]
        )

    assert faces == faces[:1] * 4
