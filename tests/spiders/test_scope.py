"""Facts about the addresses that belong to a source, and those that it takes."""

import pytest

from spiders.order import Scope
from spiders.source import Links, Source

GAZETTE = Source(
    id="gazette",
    publisher="The Gazette",
    home="https://www.gazette.example/",
    feeds=("https://feeds.press.example/rss",),
    domains=("gazette-live.example",),
    links=Links(allow=("/news/", "/sport/"), deny=("/sport/scores/", r"\?print=")),
)


@pytest.mark.parametrize(
    ("url", "is_ours"),
    [
        pytest.param("https://www.gazette.example/a", True, id="home"),
        pytest.param("https://sport.gazette.example/a", True, id="below-its-domain"),
        pytest.param("https://feeds.press.example/a", True, id="host-of-a-feed"),
        pytest.param("https://www.press.example/a", False, id="beside-the-host-of-a-feed"),
        pytest.param("https://m.gazette-live.example/a", True, id="named-domain"),
        pytest.param("https://notgazette.example/a", False, id="ends-alike"),
        pytest.param("https://gazette.example.org/a", False, id="begins-alike"),
    ],
)
def test_host_is_one_of_the_sources_or_lies_below_one(url: str, *, is_ours: bool) -> None:
    assert Scope(GAZETTE).on_site(url) == is_ours


@pytest.mark.parametrize(
    ("path", "is_taken"),
    [
        pytest.param("/news/ferry", True, id="allowed"),
        pytest.param("/sport/ferry-cup", True, id="allowed-too"),
        pytest.param("/sport/scores/1", False, id="denied-though-allowed"),
        pytest.param("/news/ferry?print=1", False, id="denied-by-its-query"),
        pytest.param("/shop/", False, id="not-allowed"),
    ],
)
def test_denied_addresses_are_left_and_of_the_others_the_allowed_taken(
    path: str, *, is_taken: bool
) -> None:
    assert Scope(GAZETTE).takes(f"https://www.gazette.example{path}") == is_taken


def test_source_without_rules_takes_everything() -> None:
    free = GAZETTE.model_copy(update={"links": Links()})

    assert Scope(free).takes("https://www.gazette.example/shop/")
