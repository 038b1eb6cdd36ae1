"""Who follows an article whose text changes, and whom does everybody follow after every batch?"""

from random import Random

import duckdb
import pytest

from articles.model import Article
from tests.warehouse.given import batch, load, rows
from tests.warehouse.test_stories import story, told, words
from warehouse.batch import Delivery, Result

REPEATED = """
select l.article_id
from store.link as l
semi join store.link as m on l.canonical_number = m.number
"""
"""Articles that follow one which follows another."""


def page(
    payload: str, body: str, site: str = "x.com", hours: float | None = 5, name: str = "a"
) -> tuple[Delivery, Result]:
    """A version of the page that `name` stands for."""
    met, found = story(payload, body, site, hours)
    assert isinstance(found, Article)
    address = {"url": f"https://{site}/{name}", "title": f"Headline of {name}"}
    return met, found.model_copy(update=address)


def test_followers_of_an_article_whose_text_has_changed_go_with_it(
    store: duckdb.DuckDBPyConnection,
) -> None:
    load(store, batch(page("a", words(1)), story("b", words(1) + " x", "y.com", 6)))
    load(store, batch(page("later", words(1) + " corrected")), "b2")
    assert told(store) == [("b", "a", "syndication")]
    load(store, batch(story("c", words(1) + " y", "z.com", 1)), "b3")

    assert told(store) == [("a", "c", "syndication"), ("b", "c", "syndication")]


def test_follower_whose_text_changes_as_its_story_loses_its_lead(
    store: duckdb.DuckDBPyConnection,
) -> None:
    first = page("b", words(1) + " x", name="b")
    later = page("later", words(1) + " corrected", name="b")
    load(store, batch(story("a", words(1), "z.com", 3), first))
    load(store, batch(story("c", words(1) + " y", "y.com", 1), later), "b2")

    assert told(store) == [("a", "c", "syndication"), ("b", "c", "syndication")]


def test_followers_go_with_a_lead_whose_text_changes_as_an_earlier_article_comes(
    store: duckdb.DuckDBPyConnection,
) -> None:
    later = page("later", words(1) + " corrected")
    load(store, batch(page("a", words(1)), story("b", words(1) + " x", "y.com", 6)))
    load(store, batch(story("c", words(1) + " y", "z.com", 1), later), "b2")

    assert told(store) == [("a", "c", "syndication"), ("b", "c", "syndication")]
    assert rows(store, "select articles from stories") == [(3,)]


@pytest.mark.parametrize("seed", [5, 20, 25])
def test_nobody_follows_a_follower_after_any_batch(
    store: duckdb.DuckDBPyConnection, seed: int
) -> None:
    random = Random(seed)
    for turn in range(4):
        versions = [some_version(random, f"p{turn}-{n}") for n in range(random.randint(1, 4))]
        load(store, batch(*versions), f"b{turn}")

        assert rows(store, REPEATED) == []


def some_version(random: Random, payload: str) -> tuple[Delivery, Result]:
    """A page of one of seven sites that prints a part of one of two texts, and words of its own."""
    site, text = random.randint(0, 6), random.randint(1, 2)
    begin, end = random.choice([0, 0, 0, 10, 30]), random.choice([90, 90, 90, 80, 60])
    part = " ".join(words(text).split()[begin:end]) + " more" * random.randint(0, 3)
    own = words(random.randint(100, 999), random.choice([0, 5, 20, 60]))
    hours = random.choice([None, site, site + 1, random.randint(0, 20)])
    return page(payload, f"{part} {own}", f"s{site}.com", hours, str(text))
