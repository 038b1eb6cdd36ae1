"""Facts about what the warehouse knows of the lines that a source repeats."""

from datetime import timedelta

import duckdb

from tests.warehouse.given import NOON, batch, load, loaded, rows
from warehouse.templates import forget, learn, templates_at

SITE = "valepost.example"
PITCH = "Join 300 readers of the letter that we send each morning."
SUBJECTS = (
    "bridge", "harvest", "mayor", "ferry", "choir", "quarry", "orchard", "library", "harbour",
    "railway", "museum", "forest",
)  # fmt: skip


def body(number: int) -> str:
    """A story that says nothing its neighbours say but the pitch, with a number of its own."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    lines = [f"The {subject} of village {chr(65 + number)} {word}." for word in ("opened", "won")]
    return "\n".join([*lines, PITCH.replace("300", str(300 + number))])


def grow(store: duckdb.DuckDBPyConnection, first: int, end: int, site: str | None = SITE) -> None:
    results = [loaded(f"{site}-{n}", site, body(n)) for n in range(first, end)]
    load(store, batch(*results), batch_id=f"{site}-{first}")


def test_a_line_of_every_story_is_learned_and_named_with_its_version(
    store: duckdb.DuckDBPyConnection,
) -> None:
    grow(store, 0, 10)

    [learned] = learn(store, NOON)

    assert (learned.source, learned.stories, len(learned.lines)) == (SITE, 10, 1)
    assert templates_at(store).version == 1
    assert templates_at(store).lines == {
        SITE: frozenset({"join 0 readers of the letter that we send each morning."})
    }
    assert rows(store, "select source, stories, of_stories, since, is_used from templates") == [
        (SITE, 10, 10, 1, True)
    ]


def test_a_source_is_looked_over_again_when_it_has_grown_by_a_quarter(
    store: duckdb.DuckDBPyConnection,
) -> None:
    grow(store, 0, 8)
    learn(store, NOON)
    grow(store, 8, 9)
    soon = learn(store, NOON)
    grow(store, 9, 11)
    later = learn(store, NOON)

    assert (soon, [each.stories for each in later]) == ([], [11])
    assert templates_at(store).version == 1, "nothing new was learned, so nothing is renumbered"


def test_a_page_without_a_source_teaches_nothing(store: duckdb.DuckDBPyConnection) -> None:
    grow(store, 0, 12, site=None)

    assert learn(store, NOON) == []
    assert templates_at(store).lines == {}


def test_what_is_forgotten_stays_forgotten_and_old_versions_still_know_it(
    store: duckdb.DuckDBPyConnection,
) -> None:
    grow(store, 0, 8)
    learn(store, NOON)

    gone = forget(store, SITE, NOON + timedelta(hours=1), [PITCH])
    grow(store, 8, 12)
    learn(store, NOON + timedelta(hours=2))

    assert gone == 1
    assert templates_at(store).lines == {}
    assert list(templates_at(store, version=1).lines) == [SITE]
    assert rows(store, "select since, until, is_used from templates") == [(1, 2, False)]


def test_naming_the_source_learns_again_what_was_forgotten(
    store: duckdb.DuckDBPyConnection,
) -> None:
    grow(store, 0, 8)
    learn(store, NOON)
    forget(store, SITE, NOON)

    [again] = learn(store, NOON, SITE)

    assert len(again.lines) == 1
    assert templates_at(store).version == 3
    assert rows(store, "select since, until from templates order by since") == [(1, 2), (3, None)]


def test_versions_of_one_story_count_once(store: duckdb.DuckDBPyConnection) -> None:
    """A story corrected ten times repeats itself; that makes no template."""
    results = [
        loaded(f"v{n}", SITE, f"{body(3)}\nLine {chr(65 + n)} was added.") for n in range(10)
    ]
    load(store, batch(*results))
    store.execute("update store.revision set story_id = 'one'")

    assert learn(store, NOON) == []
