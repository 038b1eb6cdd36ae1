"""Which Gregorian day is meant by a year, a month and a day as people print them?

Iranian, Thai, Japanese and Taiwanese papers count years in their own way. A foreign calendar is
believed only where its own words or digits stand beside the number, never by the number alone.
"""

from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1600, 2100
"""The years a newspaper can be of: the first one was printed in 1605."""
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The year before the first of each era."""
BUDDHIST = 543
NOWRUZ_BREAKS = (1210, 1635)
"""Jalali years in which the 33-year rule gives the same leap years as the observed equinox."""


def gregorian(year: int, month: int, day: int) -> date | None:
    """Return the day, or None when there is no such day or it lies outside 1600 to 2100.

    >>> gregorian(2025, 2, 31) is None
    True
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:  # "31 February 2025" has the shape of a date and is none
        return None


def buddhist(year: int, month: int, day: int) -> date | None:
    """Return the day of a Thai date, whose years run 543 ahead.

    >>> buddhist(2568, 8, 25).isoformat()
    '2025-08-25'
    """
    return gregorian(year - BUDDHIST, month, day)


def jalali(year: int, month: int, day: int) -> date | None:
    """Return the day of an Iranian solar date; None outside the years the rule is exact for.

    Leap years by the 33-year cycle, exact from 1210 to 1635 (1831 to 2256 CE).

    >>> jalali(1404, 6, 3).isoformat()
    '2025-08-25'
    """
    if not (NOWRUZ_BREAKS[0] <= year <= NOWRUZ_BREAKS[1] and 1 <= month <= 12):
        return None
    longest = 31 if month <= 6 else 30 if month < 12 or _is_leap(year) else 29
    if not 1 <= day <= longest:
        return None
    new_year_1400 = date(2021, 3, 21)
    years = range(1400, year) if year >= 1400 else range(year, 1400)
    days = sum(366 if _is_leap(y) else 365 for y in years) * (1 if year >= 1400 else -1)
    before = (month - 1) * 31 - max(0, month - 7)
    moment = new_year_1400 + timedelta(days=days + before + day - 1)
    return gregorian(moment.year, moment.month, moment.day)


def _is_leap(year: int) -> bool:
    return year % 33 in {1, 5, 9, 13, 17, 22, 26, 30}
