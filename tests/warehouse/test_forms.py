"""A form with other figures is no copy, and a copy keeps its figures, whatever is known of days."""

import duckdb

from tests.warehouse.given import batch, load
from tests.warehouse.test_stories import story, told, words


def report(week: int) -> str:
    """A weekly report, most of its words the same every week and none of its figures."""
    lines = (f"{words(50 + n, 7)} {7 + n + 100 * week} {words(60 + n, 7)}" for n in range(4))
    return f"{words(40, 30)} {' '.join(lines)}"


def test_undated_form_with_other_figures_is_not_linked(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(*(story(f"{week}", report(week), "x.com", None) for week in (1, 2))))

    assert told(store) == []


def test_undated_trimmed_copy_keeps_its_figures(store: duckdb.DuckDBPyConnection) -> None:
    cut = " ".join([*report(1).split()[10:60], words(3, 30)])
    load(store, batch(story("a", report(1), "x.com", None), story("b", cut, "y.com", None)))

    assert told(store) == [("b", "a", "syndication")]


def test_form_of_these_days_is_told_by_its_figures(store: duckdb.DuckDBPyConnection) -> None:
    load(store, batch(story("a", report(1), "x.com"), story("b", report(2), "y.com", 5)))

    assert told(store) == []


def test_trimmed_copy_from_last_year_is_known_by_its_figures(
    store: duckdb.DuckDBPyConnection,
) -> None:
    cut = " ".join([*report(1).split()[10:60], words(3, 30)])
    load(store, batch(story("a", report(1), "x.com", -9000), story("b", cut, "y.com")))

    assert told(store) == [("b", "a", "syndication")]


def test_undated_stories_under_one_disclaimer_are_not_linked(
    store: duckdb.DuckDBPyConnection,
) -> None:
    lines = [words(90 + n, 25) for n in range(6)]
    bodies = [f"{' '.join(lines)} {words(n, 80)}" for n in range(2)]
    others = [f"{line} {words(10 + n, 300)}" for n, line in enumerate(lines)]
    load(
        store,
        batch(*(story(f"{n}", each, f"{n}.com", None) for n, each in enumerate(bodies + others))),
    )

    assert told(store) == []
