"""Which days do the patterns of dates name, in digits or in words?

Every pattern begins at a digit and looks a bounded way to both sides, so a megabyte of "1-1-1-1"
costs linear time.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from articles.extraction.calendars import ERAS, buddhist, gregorian, jalali
from articles.extraction.months import jalali_month, months_named
from articles.model import Precision

LOOK_BACK = 32
"""Characters before "25, 2025" in which the month's name is sought."""
YEAR_FIRST = frozenset({"ja", "ko", "zh", "hu", "lt", "fa", "mn", "eu"})
"""Languages in which 25.08.12 may begin with the year; two-digit years are not read there."""
EITHER_ORDER = frozenset({"en", "fil", "tl"})
"""Languages printed in countries of both orders; the page's other dates must decide."""
CENTURY_TURN = 70
"""A two-digit year below this is of the 2000s, as POSIX has it."""

_BEGIN = r"(?:(?<![0-9A-Za-z_].)|(?<=[a-zäöüß]{3}.))(?<!\d[.,:/+-].)"
"""Behind a date's first digit: no id, version or telephone number before that; but converters glue
"Eva Kern24.04.2024". A pattern that begins with the digit skips all else ten times as fast."""
_DAY = rf"(?P<day>\d{_BEGIN}\d?)"
_YEAR = r"[12]\d{3}"
_FIRST_YEAR = rf"(?P<year>[12]{_BEGIN}\d{{3}})"
_END = r"(?:(?!\d)|(?=\d\d?(?:[:.]\d|\\?\.?\s[^\W\d_])))"
"""No digit after; but converters glue "Apr 28 20232:23 PM" and "30.01.202430. Januar"."""
_WORD = (
    r"(?:[^\W\d_][^\s\d.,;:،()|/\[\]-]{1,16}"
    r"|[\u0e01-\u0eff]{1,3}\.[\u0e01-\u0eff]{1,2}(?![\u0e01-\u0eff]))"
)
"""A month's name; Thai and Lao abbreviate with a dot inside."""
_NAMED = rf"(?P<month>{_WORD})(?P<second>\s?/\s?{_WORD}|\s{_WORD})??"


class Reading(StrEnum):
    """How sure the reading of a date is."""

    CERTAIN = "certain"
    DAY_FIRST = "day_first"
    """04/07/2024 as 4 July; the text allows 7 April too."""
    MONTH_FIRST = "month_first"
    MONTH_NAME = "month_name"
    """The month's name means another month in another language, as `listopada` does."""


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day, month or year that a pattern matched, without its time."""

    day: date
    start: int
    end: int
    precision: Precision = Precision.DAY
    reading: Reading = Reading.CERTAIN
    clock_at: int | None = None
    """Where the time begins when it stands inside: `Aug 25 03:06:00 2025`."""


_Reader = Callable[[re.Match[str], str | None], list[NamedDay]]


def days_written(text: str, language: str | None) -> list[NamedDay]:
    """Return the days in reading order; of overlapping matches the first and longest.

    `text` has ASCII digits. A day that can be read two ways comes twice with the same span.
    """
    found = [
        days
        for pattern, reader in _PATTERNS
        for match in pattern.finditer(text)
        if (days := reader(match, language))
    ]
    found.sort(key=lambda days: (days[0].start, -days[0].end))
    kept: list[NamedDay] = []
    for days in found:
        if not kept or days[0].start >= kept[-1].end:
            kept.extend(days)
    return kept


def _year_first(found: re.Match[str], language: str | None) -> list[NamedDay]:
    """Read 2025-08-25, 2025. 8. 25., 2025年8月25日, 令和7年8月25日 and 1404/06/03."""
    year = 1 if found["year"] == "元" else int(found["year"])
    month = int(found["month"])
    era = ERAS.get(found.string[max(0, found.start() - 2) : found.start()].strip())
    if era:
        year += era
    if not found["day"]:
        first = gregorian(year, month, 1) if found["sign"] in "年년" else None
        return [NamedDay(first, *found.span(), Precision.MONTH)] if first else []
    return _only(_calendar_day(year, month, int(found["day"]), language), found)


def _calendar_day(year: int, month: int, day: int, language: str | None) -> date | None:
    if language == "fa" and year < 1500:
        return jalali(year, month, day)
    if language == "th" and year > 2400:
        return buddhist(year, month, day)
    return gregorian(year, month, day)


def _numeric(found: re.Match[str], language: str | None) -> list[NamedDay]:
    """Read 25.08.2025 and 25/8/25; 04/07/2024 gives two readings unless the language decides."""
    first, second, year = (
        int(found["first"]),
        int(found["dot"] or found["dash"]),
        int(found["year"]),
    )
    if len(found["year"]) == 2:
        if language in YEAR_FIRST:
            return []
        year += 2000 if year < CENTURY_TURN else 1900
    day_first = _calendar_day(year, second, first, language)
    month_first = None if first == second else _calendar_day(year, first, second, language)
    if day_first and month_first and language and language not in EITHER_ORDER:
        month_first = None
    if day_first and month_first:
        return [
            NamedDay(day_first, *found.span(), reading=Reading.DAY_FIRST),
            NamedDay(month_first, *found.span(), reading=Reading.MONTH_FIRST),
        ]
    return _only(day_first or month_first, found)


def _day_month(found: re.Match[str], language: str | None) -> list[NamedDay]:
    """Read 25 August 2025, 25 de agosto de 2025, 25-Aug-25, 25 آب/أغسطس 2025, 3 شهریور 1404."""
    year = int(found["year"] or found["short"])
    if found["short"]:
        year += 2000 if year < CENTURY_TURN else 1900
    return _named_days(year, _words(found), int(found["day"]), found, language)


def _year_month_day(found: re.Match[str], language: str | None) -> list[NamedDay]:
    """Read 2025. augusztus 25., 2025 m. rugpjūčio 25 d., 2025. gada 25. augusts."""
    return _named_days(int(found["year"]), _words(found), int(found["day"]), found, language)


def _month_day(found: re.Match[str], language: str | None) -> list[NamedDay]:
    """Read August 25, 2025 and Aug 25 03:06:00 GMT 2025, whose month stands before the match."""
    words, start = _words_before(found)
    days = _named_days(int(found["year"]), words, int(found["day"]), found, language, start)
    return [replace(day, clock_at=found.end("day")) for day in days] if found["time"] else days


def _month_year(found: re.Match[str], language: str | None) -> list[NamedDay]:
    """Read August 2025, whose month stands before the match."""
    words, start = _words_before(found)
    if found.string[max(0, start - 3) : start].rstrip(" .,-/")[-1:].isdigit():
        return []  # "31 Feb 2025" is a day that does not exist, not a month
    days = _named_days(int(found["year"]), words, 1, found, language, start)
    return [replace(day, precision=Precision.MONTH) for day in days]


def _numbered_month(found: re.Match[str], _language: str | None) -> list[NamedDay]:
    """Read 25 tháng 8 năm 2025."""
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    return _only(gregorian(year, month, day), found)


def _words(found: re.Match[str]) -> tuple[str, ...]:
    """Return the ways to cut the month's name from the words matched: both, then each."""
    first, second = found["month"], found["second"] or ""
    return (first + second, first, second.strip(" /")) if second else (first,)


def _words_before(found: re.Match[str]) -> tuple[tuple[str, ...], int]:
    """Return the words before the match that may name a month, and where they begin."""
    window = max(0, found.start() - LOOK_BACK)
    ahead = found.string[window : found.start()]
    words = re.split(r"[\s/(,;:|-]+", ahead.rstrip(" .,-"))[-2:]
    if not words[-1]:
        return (), found.start()
    begin = window + ahead.rindex(words[-1])
    return (" ".join(words), words[-1]) if len(words) > 1 else (words[-1],), begin


def _named_days(
    year: int,
    words: tuple[str, ...],
    day: int,
    found: re.Match[str],
    language: str | None,
    start: int | None = None,
) -> list[NamedDay]:
    span = found.start() if start is None else start, found.end()
    for word in words:
        if (month := jalali_month(word)) and (persian := jalali(year, month, day)):
            return [NamedDay(persian, *span)]
        months = months_named(word, language)
        if months:
            calendar = buddhist if year > 2400 and _is_thai(word) else gregorian
            days = [known for month in months if (known := calendar(year, month, day))]
            reading = Reading.CERTAIN if len(days) == 1 else Reading.MONTH_NAME
            return [NamedDay(known, *span, reading=reading) for known in days]
    return []


def _is_thai(word: str) -> bool:
    return "\u0e00" <= word[0] <= "\u0e7f"


def _only(day: date | None, found: re.Match[str]) -> list[NamedDay]:
    return [NamedDay(day, *found.span())] if day else []


_PATTERNS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (
        re.compile(
            rf"(?P<year>[\d元]{_BEGIN}(?:(?<=[12])\d{{3}}|(?<=[和成国國]\d)\d{{0,2}}|(?<=元)))"
            r"\s?(?P<sign>[-/.年년])\s?"
            r"(?P<month>\d\d?)(?:(?:\s?(?P=sign)|\s?[월月])\s?(?P<day>\d\d?)(?!\d)[일日.]?|[월月])"
        ),
        _year_first,
    ),
    (
        re.compile(
            rf"(?P<first>\d{_BEGIN}\d?)(?:\.\s?(?P<dot>\d\d?)\.\s?|(?P<sign>[/-])(?P<dash>\d\d?)"
            rf"(?P=sign))(?P<year>{_YEAR}{_END}|\d\d(?!\d))(?![/-]\d(?!\d?:\d)|[.,]\d)"
        ),
        _numeric,
    ),
    (
        re.compile(
            rf"{_DAY}(?:\s?(?:st|nd|rd|th|er|[ºª°]|-?го)(?![^\W\d_])|\\(?=\.))?"
            r"(?:\s?[,./-]\s?|\s{1,3}|(?=[^\W\d_a-z]))(?:(?:de|of)\s|(?:d['’]|ב)\s?)?"
            rf"{_NAMED}[.,،]{{0,2}}(?:\s?[-/]\s?|\s{{0,3}})(?:(?:del?|of|do|năm)\s)?"
            rf"(?:(?P<year>{_YEAR}){_END}|(?:(?<=-)|['’])(?P<short>\d\d)(?!\d))"
        ),
        _day_month,
    ),
    (
        re.compile(
            rf"{_FIRST_YEAR}\.?(?:\s(?:m\.|жылғы))?[\s-]{_NAMED}\.?[\s-]"
            r"(?P<day>\d\d?)(?![\d:])"
        ),
        _year_month_day,
    ),
    (
        re.compile(rf"{_FIRST_YEAR}\.\sgada\s(?P<day>\d\d?)\.\s{_NAMED}"),
        _year_month_day,
    ),
    (
        re.compile(
            rf"{_DAY}(?:st|nd|rd|th)?(?:[\s,.-]{{1,3}}|(?P<time>\s\d\d:\d\d:\d\d\s)"
            rf"(?:[A-Z]{{3,4}}\s)?)(?P<year>{_YEAR}){_END}"
        ),
        _month_day,
    ),
    (
        re.compile(rf"{_DAY}\s[Tt]háng\s(?P<month>\d\d?),?\s(?:năm\s)?(?P<year>{_YEAR})"),
        _numbered_month,
    ),
    (
        re.compile(r"(?P<year>[12](?<=[^\W\d_][\s.,].)\d{3})(?!\d|[/.:-]\d)"),
        _month_year,
    ),
)
