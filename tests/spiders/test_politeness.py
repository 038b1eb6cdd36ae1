"""Facts about the pace at which a host is asked."""

import asyncio
import itertools
import time

import pytest

from spiders.politeness import Pace, retry_after

NOON = 1_772_366_400.0  # 2026-03-01 12:00:00 UTC


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        pytest.param("120", 120.0, id="seconds"),
        pytest.param("Sun, 01 Mar 2026 12:00:30 GMT", 30.0, id="date"),
        pytest.param("Sun, 01 Mar 2026 11:00:00 GMT", 0.0, id="past"),
        pytest.param("99999999999", 604_800.0, id="years"),
        pytest.param("soon", None, id="word"),
        pytest.param("-5", None, id="negative"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="missing"),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOON) == seconds


def starts(pace: Pace, requests: int, each: float = 0.0) -> list[float]:
    """Return when each of some requests went out, all asked for at once."""
    began: list[float] = []

    async def request() -> None:
        async with pace.turn():
            began.append(time.monotonic())
            await asyncio.sleep(each)

    async def run() -> None:
        await asyncio.gather(*(request() for _ in range(requests)))

    asyncio.run(run())
    return began


def most_under_way(pace: Pace, requests: int) -> int:
    """Return how many of some requests, all asked for at once, were under way together."""
    under_way, counts = 0, [0]

    async def request() -> None:
        nonlocal under_way
        async with pace.turn():
            under_way += 1
            counts.append(under_way)
            await asyncio.sleep(0.05)
            under_way -= 1

    async def run() -> None:
        await asyncio.gather(*(request() for _ in range(requests)))

    asyncio.run(run())
    return max(counts)


def test_as_many_requests_are_under_way_as_the_source_allows() -> None:
    assert most_under_way(Pace(0.0, 4), 8) == 4


def test_site_that_states_a_delay_gets_one_request_at_a_time() -> None:
    pace = Pace(0.0, 4)
    pace.obey(0.001)

    assert most_under_way(pace, 4) == 1


def test_host_that_complained_gets_half_as_many_requests_at_once() -> None:
    pace = Pace(0.0, 4)
    pace.penalty = 0.001

    assert most_under_way(pace, 8) == 2


def test_penalty_lies_between_two_requests_where_it_is_longer_than_the_delay() -> None:
    pace = Pace(0.0, 2)
    pace.penalty = 0.05

    began = starts(pace, 3)

    assert all(later - sooner >= 0.049 for sooner, later in itertools.pairwise(began))


def test_host_that_asks_again_for_less_is_left_alone_as_long_as_before() -> None:
    pace = Pace(0.0, 2)
    pace.slow_down(60.0)
    pace.slow_down(1.0)

    assert pace.pause > 50


def test_delay_lies_between_any_two_requests() -> None:
    began = starts(Pace(0.05, 4), 4)

    assert all(later - sooner >= 0.049 for sooner, later in itertools.pairwise(began))


def test_crawl_delay_counts_from_the_end_of_the_last_answer() -> None:
    pace = Pace(0.0, 4)
    pace.obey(0.05)

    began = starts(pace, 3, each=0.05)

    assert all(later - sooner >= 0.099 for sooner, later in itertools.pairwise(began))


def test_crawl_delay_never_makes_us_faster() -> None:
    pace = Pace(2.0, 1)
    pace.obey(0.1)

    assert pace.delay == 2.0


def test_host_that_says_slow_down_is_left_alone_for_as_long_as_it_asks() -> None:
    pace = Pace(0.0, 2)
    pace.slow_down(0.2)
    asked = time.monotonic()

    assert starts(pace, 1)[0] - asked >= 0.19


def test_penalty_doubles_and_shrinks_after_many_good_answers() -> None:
    pace = Pace(0.0, 2)
    for _ in range(3):
        pace.slow_down(0.0)
    assert pace.penalty == 2.0
    for _ in range(100):
        pace.answered()
    assert pace.penalty < 0.2


def test_complaints_about_requests_under_way_count_as_one() -> None:
    pace = Pace(0.0, 4)
    for _ in range(4):
        pace.slow_down(2.0)

    assert pace.penalty == 0.5


def test_penalty_shrinks_after_a_quiet_while_though_answers_are_few() -> None:
    pace = Pace(0.0, 1, quiet=0.01)
    pace.slow_down(0.0)
    time.sleep(0.02)
    pace.answered()

    assert pace.penalty == 0.25


def test_host_that_does_not_answer_is_given_up_for_now() -> None:
    pace = Pace(0.0, 1)
    for _ in range(5):
        pace.failed()
    assert pace.dead
