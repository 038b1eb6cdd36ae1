"""Facts about phrases that are looked for in the published texts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import duckdb
import pytest

from articles.model import Article, Evidence
from tests.warehouse.given import article, batch, delivery, load
from warehouse import db, query
from warehouse.search import NothingToSearch, Passage, Sought, passages, search

SPRING, SUMMER = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
WIRE = "The harbour wall cost 12,400 crowns, the mayor said on Monday, and it is not done yet."
TEXTS = {
    "late": (f"{WIRE} More of it tomorrow in this paper.", "y.com", SUMMER, "Wall done"),
    "first": (WIRE, "x.com", SPRING, "Wall done"),
    "undated": ("Nobody asked about the\nHarbour Wall’s price.", "z.com", None, "Price"),
    "other": ("The harbour wallpaper is new.", "x.com", SPRING, "Paper"),
    "accents": ("Zażółć gęślą jaźń, said the café.", "x.com", SPRING, "Words"),
    "titled": ("Nothing more is known.", "x.com", SPRING, "A dike breaks"),
    "stands": ("Ringers come from nine parishes.", "x.com", SPRING, "Bells of Marl"),
    "korean": ("정부는 어제 항구의 벽을 고친다고 밝혔다.", "x.com", SPRING, "벽"),
    "japanese": ("昨日、東京都で地震がありました。", "x.com", SPRING, "地震"),
}

STANDFIRSTS = {"stands": ("A tower without stairs",)}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("search") / "articles.duckdb"
    with db.connect(path) as store:
        load(store, batch(*((delivery(key), printed(key)) for key in TEXTS)))
        db.checkpoint(store)
    with query.connect(path) as connection:
        yield connection


def printed(key: str) -> Article:
    """Return a text as an article, what it says under its headline as evidence."""
    found = article(key, *TEXTS[key])
    told = [
        Evidence(field="standfirst", value=text, chosen=True, stated=True, rule="standfirst")
        for text in STANDFIRSTS.get(key, ())
    ]
    return found.model_copy(update={"evidence": (*found.evidence, *told)})


def bodies(published: duckdb.DuckDBPyConnection, sought: Sought) -> list[str]:
    """Return the names of the texts that are found, in order."""
    names = {told[0]: key for key, told in TEXTS.items()}
    ids = [row["article_id"] for row in search(published, sought).rows]
    texts = query.ask(published, "select article_id, body from articles").tuples
    by_id = {article_id: names[str(body)] for article_id, body in texts}
    return [by_id[article_id] for article_id in ids]


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        pytest.param("harbour wall", ["first", "late", "undated"], id="earliest-first"),
        pytest.param("HARBOUR-WALL", ["first", "late", "undated"], id="any-case-any-gap"),
        pytest.param("wall", ["first", "late", "undated"], id="whole-words"),
        pytest.param("12,400 crowns", ["first", "late"], id="figures"),
        pytest.param("harbour mayor", [], id="words-apart-are-no-phrase"),
        pytest.param("zazolc gesla", ["accents"], id="without-accents"),
        pytest.param("café", ["accents"], id="with-accents"),
        pytest.param("cafe\u0301", ["accents"], id="combining-accents"),
        pytest.param("dike", ["titled"], id="title"),
        pytest.param("without stairs", ["stands"], id="standfirst"),
        pytest.param("東京", ["japanese"], id="no-spaces-between-words"),
        pytest.param("정부", ["korean"], id="before-a-particle"),
        pytest.param(".*", None, id="no-word"),
    ],
)
def test_phrase_is_found_as_words(
    published: duckdb.DuckDBPyConnection, phrase: str, found: list[str] | None
) -> None:
    if found is None:
        with pytest.raises(NothingToSearch, match="neither a letter nor a digit"):
            search(published, Sought((phrase,)))
    else:
        assert bodies(published, Sought((phrase,))) == found


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        pytest.param(Sought(("harbour wall", "price")), ["undated"], id="every-phrase"),
        pytest.param(Sought(("wall",), to_day=date(2026, 3, 1)), ["first"], id="until"),
        pytest.param(Sought(("wall",), from_day=date(2026, 6, 1)), ["late"], id="since"),
        pytest.param(
            Sought(("wall",), to_day=date(2026, 6, 1)),
            ["first", "late"],
            id="until-the-end-of-the-day",
        ),
        pytest.param(Sought(("wall",), publisher="Y.com"), ["late"], id="publisher"),
        pytest.param(Sought(("wall",), language="cy"), [], id="language"),
    ],
)
def test_what_is_sought_can_be_narrowed(
    published: duckdb.DuckDBPyConnection, sought: Sought, found: list[str]
) -> None:
    assert bodies(published, sought) == found


def test_passage_of_a_standfirst_is_shown(published: duckdb.DuckDBPyConnection) -> None:
    [row] = search(published, Sought(("without stairs",))).rows

    assert passages(published, [row], "tower", 2)[row["article_id"]] == Passage(
        "A ", "tower", " wi"
    )


def test_copies_are_counted_as_one_story(published: duckdb.DuckDBPyConnection) -> None:
    found = search(published, Sought(("harbour wall",)))

    assert (len(found.rows), found.stories, found.publishers, found.undated) == (3, 2, 3, 1)


def test_passage_is_cut_around_the_phrase(published: duckdb.DuckDBPyConnection) -> None:
    [row] = search(published, Sought(("nobody asked",))).rows

    assert passages(published, [row], "the harbour wall", 6)[row["article_id"]] == Passage(
        " about ", "the\nHarbour Wall", "’s pric"
    )
