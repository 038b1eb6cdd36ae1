"""Facts about the judgement of a source on one day, by its past."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flows.health.history import History
from flows.health.judge import Expected, judge, pace
from flows.health.limits import limits
from warehouse.health import Fetches, Judgement, SourceDay

MONDAY = date(2026, 3, 2)
WELL = Fetches(requests=20, listings=4)


def day(number: int, articles: int = 10, **facts: Any) -> SourceDay:
    """A day on which all is sound; `number` counts from a Monday."""
    plain = SourceDay(
        source="tidewater",
        day=MONDAY + timedelta(days=number),
        documents=articles,
        articles=articles,
        titled=articles,
        distinct_titles=articles,
        dated=articles,
        recent=articles,
        signed=articles // 2,
        full_bodies=articles,
        unflagged=articles,
        words=400.0 if articles else None,
        kept_ratio=0.4 if articles else None,
        fetches=WELL,
    )
    return replace(plain, **facts)


def by_section(number: int, *, without: frozenset[int] = frozenset(), **facts: Any) -> SourceDay:
    """A day of a paper with five sections of four articles; some may be silent."""
    sections = {f"section {n}": 4 for n in range(5) if n not in without}
    return day(number, sum(sections.values()), sections=sections, **facts)


def past(articles: Callable[[int], int] = lambda _: 10, days: int = 56) -> History:
    return History([day(n, articles(n)) for n in range(days)])


def judged(today: SourceDay, history: History | None = None, share: float = 1.0) -> Judgement:
    return judge(today, history or past(), limits(), share)


def brief(found: Judgement) -> tuple[str, str | None, str | None]:
    return found.state, found.kind, found.cause


def test_day_like_any_other_is_well_and_has_bounds() -> None:
    found = judged(day(56))

    assert brief(found) == ("well", None, None)
    assert found.expected_low is not None
    assert found.expected_high is not None
    assert 0 < found.expected_low < 10 < found.expected_high


def test_silence_of_a_daily_paper_is_an_alarm_on_the_first_day() -> None:
    assert brief(judged(day(56, 0))) == ("quiet", "volume", "nothing new is listed")


def test_sunday_without_a_weekday_paper_is_no_silence() -> None:
    weekdays = past(lambda n: 20 if n % 7 < 5 else 0)

    assert judged(day(62, 0), weekdays).state == "well"
    assert judged(day(56, 0), weekdays).state == "quiet"


def test_three_articles_a_week_may_pause_for_a_week() -> None:
    slow = past(lambda n: int(n % 7 in (0, 3, 4) and n % 5 != 0))
    pause = History([*slow.days, *(day(56 + n, 0) for n in range(6))])

    assert judged(day(62, 0), pause).state == "well"


def test_holiday_of_all_sources_is_no_alarm_for_one() -> None:
    sources = {f"s{n}": past() for n in range(6)}
    holiday = {name: day(56, 1) for name in sources}

    share = pace(holiday, sources, limits())

    assert share < 0.2
    assert judged(day(56, 0), share=share).state == "well"
    assert pace({name: day(56) for name in sources}, sources, limits()) == 1.0


def test_day_that_still_goes_on_says_nothing_of_its_volume() -> None:
    assert judged(day(56, 0, is_over=False)).state == "well"


def test_requests_name_the_cause_at_once_even_of_a_slow_source() -> None:
    slow = past(lambda n: int(n % 14 == 0))
    shut = Fetches(requests=6, forbidden=6, listings=4, listings_lost=4)
    walled = Fetches(requests=6, robots=6, listings=4, listings_lost=4)
    gone = Fetches(requests=2, gone=1, listings=1, listings_lost=1)

    assert brief(judged(day(57, 0, fetches=shut), slow)) == ("quiet", "requests", "forbidden")
    assert brief(judged(day(57, 0, fetches=walled), slow)) == ("quiet", "requests", "robots")
    assert brief(judged(day(57, 0, fetches=gone), slow)) == ("quiet", "requests", "feed gone")


def test_few_failed_requests_are_no_alarm() -> None:
    assert judged(day(56, fetches=Fetches(requests=20, failing=6, listings=4))).state == "well"


def test_pages_that_all_read_like_no_article_speak_of_a_new_layout() -> None:
    today = day(56, 0, documents=10, rejected=10, main_reason="no_article")

    assert brief(judged(today)) == ("quiet", "volume", "layout change")


def test_lost_titles_dates_and_bodies_are_a_decay_on_the_same_day() -> None:
    untitled = judged(day(56, titled=1, distinct_titles=1, is_over=False))
    undated = judged(day(56, dated=1, recent=1, is_over=False))
    short = judged(day(56, full_bodies=1, is_over=False))

    assert brief(untitled) == ("decayed", "title", "layout change")
    assert brief(undated) == ("decayed", "published_at", "layout change")
    assert brief(short) == ("decayed", "body", "layout change")
    assert short.detail == "body: 1 of 10, 9.8 are usual"


def test_same_title_over_and_over_is_a_decay() -> None:
    assert brief(judged(day(56, distinct_titles=1)))[:2] == ("decayed", "own_title")


def test_weekend_without_authors_is_a_habit() -> None:
    agency = History([day(n, signed=0 if n % 7 >= 5 else 9) for n in range(56)])

    assert judged(day(61, signed=0), agency).state == "well"
    assert judged(day(56, signed=0), agency).state == "decayed"


def test_one_odd_page_of_a_slow_source_is_no_decay() -> None:
    slow = past(lambda n: int(n % 2 == 0))

    assert judged(day(56, 1, titled=0, distinct_titles=0), slow).state == "well"


def test_much_shorter_articles_are_a_decay() -> None:
    assert brief(judged(day(56, words=60.0)))[:2] == ("decayed", "words")


def test_launch_is_not_judged_by_its_first_days() -> None:
    assert judged(day(8, 0), past(lambda n: n, days=8)).state == "new"


def test_ill_days_are_no_measure_but_a_new_rhythm_is() -> None:
    fallen = [day(n, 10 if n < 42 else 1) for n in range(56)]
    ill = frozenset(d.day for d in fallen if d.articles == 1)

    assert judged(day(56, 1), History(fallen, ill)).state == "quiet"

    settled = [day(n, 10 if n < 14 else 3) for n in range(98)][-56:]

    assert judged(day(98, 3), History(settled)).state == "well"


def test_file_of_the_source_overrides_its_past() -> None:
    unsigned = History([day(n, signed=0) for n in range(56)])
    promised = Expected(articles_a_day=(4, 40), rates={"authors": 0.9})

    found = judge(day(56, signed=0), unsigned, limits(), expected=promised)

    assert brief(found)[:2] == ("decayed", "authors")
    assert (found.expected_low, found.expected_high) == (4.0, 40.0)
    assert judge(day(56, 6), past(), limits(), expected=Expected((8, 40))).state == "quiet"


SECTIONED = History([by_section(n) for n in range(56)])
MOST = frozenset({1, 2, 3, 4})


def test_sections_that_fall_silent_while_one_goes_on_are_lost() -> None:
    first = by_section(56, without=MOST)
    found = judged(first, SECTIONED)

    assert brief(found) == ("quiet", "volume", "sections gone")
    assert "none of the sections section 1, section 2" in found.detail


def test_one_of_five_sections_is_missed_once_chance_is_ruled_out() -> None:
    days = [by_section(56 + n, without=frozenset({4})) for n in range(3)]

    states = [
        judged(each, History([*SECTIONED.days, *days[:n]])).state for n, each in enumerate(days)
    ]

    assert states[-1] == "quiet"


def test_holiday_thins_all_sections_and_none_is_lost() -> None:
    holiday = day(56, 4, sections={f"section {n}": 1 for n in range(4)})

    assert judged(holiday, SECTIONED).state == "well"


def test_section_with_its_own_weekdays_is_not_missed_on_the_others() -> None:
    weekly = History(
        [by_section(n, without=frozenset() if n % 7 == 4 else MOST) for n in range(56)]
    )

    assert judged(by_section(56, without=MOST), weekly).state == "well"


def test_pages_that_name_no_section_are_judged_by_their_number_alone() -> None:
    assert judged(day(56, 4)).state == "well"


def test_two_thin_days_are_an_alarm_although_one_weekday_is_restless() -> None:
    """Eight Saturdays say little of how much a day may vary; all the days together do."""
    saturdays = iter((10, 30, 12, 28, 9, 31, 11, 29))
    history = past(lambda n: next(saturdays) if n % 7 == 5 else 20, 61)

    friday = day(60, 4)
    days = History([*history.days[:60], friday], frozenset())

    assert judged(day(61, 3), days).state == "quiet"
