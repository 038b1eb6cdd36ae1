"""Which dates are written in a text, exactly as far as the text states them?

Dates without a year are left out: they say too little to be stored. A claim in a page's head may
also be a bare number; in running text a bare number is an id.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from articles.extraction.calendars import gregorian
from articles.extraction.clock import clock_beside, utc_moment
from articles.extraction.date_patterns import NamedDay, Reading, days_written
from articles.model import Precision

CLAIM_CHARS = 200
"""A date in metadata is shorter; what is longer holds something else."""
_HAS_DATE = re.compile(r"[\d'’元](?:(?<=\d)(?:\d{3}|[./-]|年)|(?<=['’])\d\d|年)")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(?:\.\d+)?(Z|[+-]\d{4})?)?")
_EPOCH = re.compile(r"(1\d{9})(?:\.\d+|\d{3})?")
_MONTH_OR_YEAR = re.compile(r"([12]\d{3})(?:-(\d\d))?")
_MARKS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\ufeff\xa0"), " ")
_EASTERN = {ord(zero) + n: str(n) for zero in "٠۰०০੦૦୦௦౦೦൦๐໐၀០０" for n in range(10)}
_PLAIN = _MARKS | _EASTERN


@dataclass(frozen=True, slots=True)
class Stamp:
    """One reading of a date, with or without a time, as a text states it."""

    moment: datetime
    """UTC; the first instant of the day, month or year when no more is stated."""
    precision: Precision
    day: date
    """The day as printed, before any zone was applied."""
    has_zone: bool
    """True when the text states the zone; a time without one was read as UTC."""
    start: int
    end: int
    """Span of date and time in the text."""
    reading: Reading = Reading.CERTAIN


def read_stamps(text: str, language: str | None = None) -> list[Stamp]:
    """Return every date of the text that names a year, in reading order.

    A numeric date that can be read two ways gives two stamps with the same span, unless
    `language` (ISO 639-1) decides. Impossible dates and years outside 1600 to 2100 give none.

    >>> [stamp] = read_stamps("World| 4 July, 2024 - 9:28 PM")
    >>> stamp.moment.isoformat(), stamp.precision.value, stamp.has_zone
    ('2024-07-04T21:28:00+00:00', 'minute', False)
    """
    if not _HAS_DATE.search(text):
        return []
    plain = _plain(text)
    return [_stamp(plain, found) for found in days_written(plain, language)]


def read_claim(text: str, language: str | None = None) -> Stamp | None:
    """Return the date a machine-readable value states, or None.

    Reads what `read_stamps` reads, and also 20250825T030600Z, 2025-08, 2025 and Unix times in
    seconds or milliseconds. A value that can be read two ways states none.

    >>> read_claim("1756091160").moment.isoformat()
    '2025-08-25T03:06:00+00:00'
    """
    value = text.strip()
    if not value or len(value) > CLAIM_CHARS:
        return None
    if value.isascii() and value[:4].isdigit() and (claim := _bare_number(value)):
        return claim
    stamps = read_stamps(value, language)
    return stamps[0] if stamps and stamps[0].reading is Reading.CERTAIN else None


def _bare_number(value: str) -> Stamp | None:
    if found := _EPOCH.fullmatch(value):
        return _whole(
            datetime.fromtimestamp(int(found[1]), UTC), Precision.SECOND, value, zone=True
        )
    if found := _COMPACT.fullmatch(value):
        return _compact(found)
    if found := _MONTH_OR_YEAR.fullmatch(value):
        first = gregorian(int(found[1]), int(found[2] or 1), 1)
        precision = Precision.MONTH if found[2] else Precision.YEAR
        return _whole(utc_moment(first, None), precision, value, zone=False) if first else None
    return None


def _compact(found: re.Match[str]) -> Stamp | None:
    year, month, day, hour, minute, second, zone = found.groups()
    iso = f"{year}-{month}-{day}"
    if hour:
        iso += f"T{hour}:{minute}:{second or '00'}{zone or ''}"
    stamps = read_stamps(iso)
    if not stamps or (hour and stamps[0].precision is Precision.DAY):
        return None
    return replace(stamps[0], start=0, end=len(found[0]))


def _whole(moment: datetime, precision: Precision, value: str, *, zone: bool) -> Stamp:
    return Stamp(moment, precision, moment.date(), zone, 0, len(value))


def _plain(text: str) -> str:
    """Return the text with ASCII digits and plain spaces, every character in its place."""
    return text if text.isascii() else text.translate(_PLAIN)


def _stamp(text: str, found: NamedDay) -> Stamp:
    clock = None
    if found.precision is Precision.DAY:
        clock = clock_beside(text, found.start, found.clock_at or found.end, found.day)
    return Stamp(
        moment=utc_moment(found.day, clock),
        precision=clock.precision if clock else found.precision,
        day=found.day,
        has_zone=clock is not None and clock.offset is not None,
        start=min(found.start, clock.start) if clock else found.start,
        end=max(found.end, clock.end) if clock else found.end,
        reading=found.reading,
    )
