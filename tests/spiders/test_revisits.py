"""Facts about when an address is looked at again."""

from dataclasses import replace

import pytest

from spiders.revisits import FIRST_POLL, next_look, next_poll, next_try
from spiders.source import Revisit
from spiders.visits import Kind, Visit

HOUR, DAY = 3_600, 86_400
NOW = 1_772_366_400
REVISIT = Revisit(first=HOUR, most=7 * DAY, until=30 * DAY, poll_least=300, poll_most=DAY)
PAGE = Visit(1, "https://gazette.example/a", "gazette", Kind.PAGE, body_hash=b"before")


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        pytest.param(60, HOUR, id="fresh"),
        pytest.param(4 * HOUR, 2 * HOUR, id="half-of-its-age"),
        pytest.param(20 * DAY, 7 * DAY, id="at-most"),
        pytest.param(30 * DAY, 7 * DAY, id="last-day"),
        pytest.param(30 * DAY + 1, None, id="old-enough-to-rest"),
    ],
)
def test_wait_grows_with_the_age_of_a_page(age: int, wait: int | None) -> None:
    page = replace(PAGE, changed_at=NOW - age)

    assert next_look(page, REVISIT, NOW, changed=False) == wait


def test_age_counts_from_the_later_of_change_and_statement() -> None:
    page = replace(PAGE, changed_at=NOW - 40 * DAY, stated=NOW - 4 * HOUR)

    assert next_look(page, REVISIT, NOW, changed=False) == 2 * HOUR
    assert next_look(PAGE, REVISIT, NOW, changed=False) == HOUR  # nothing is known of its age


def test_page_that_has_changed_is_looked_at_soon() -> None:
    old = replace(PAGE, changed_at=NOW - 90 * DAY)

    assert next_look(old, REVISIT, NOW, changed=True) == HOUR
    assert next_look(replace(old, body_hash=None), REVISIT, NOW, changed=True) is None


def test_page_that_never_was_there_is_asked_for_ever_more_rarely() -> None:
    never = replace(PAGE, body_hash=None)

    assert next_try(never, REVISIT) == HOUR
    assert next_try(replace(never, revisit_every=3 * DAY), REVISIT) == 6 * DAY
    assert next_try(replace(never, revisit_every=4 * DAY), REVISIT) is None
    assert next_try(PAGE, REVISIT) is None  # it was there, and has been taken away


@pytest.mark.parametrize(
    ("every", "news", "wait"),
    [
        pytest.param(None, True, FIRST_POLL // 2, id="first-with-news"),
        pytest.param(1_200, True, 600, id="news"),
        pytest.param(400, True, 300, id="not-sooner"),
        pytest.param(1_200, False, 1_800, id="nothing-new"),
        pytest.param(DAY, False, DAY, id="not-later"),
    ],
)
def test_listing_is_polled_as_it_brings_news(every: int | None, wait: int, *, news: bool) -> None:
    listing = replace(PAGE, kind=Kind.FEED, revisit_every=every)

    assert next_poll(listing, REVISIT, news=news) == wait
