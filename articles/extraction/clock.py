"""Which time of day, and in which zone, is printed beside a date?

Only zones whose abbreviation means one offset are read. `CST`, `IST` and `BST` mean several, so a
time that carries one of them keeps its printed hour and counts as having no zone.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from articles.model import Precision

REACH = 56
"""Characters beside a date that may hold its time: a weekday, a comma, `updated at`, the time."""
ZONES = {
    "Z": 0, "GMT": 0, "UTC": 0, "WET": 0, "WEST": 60, "CET": 60, "MEZ": 60, "CEST": 120,
    "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180, "МСК": 180, "TSI": 180, "TSİ": 180,
    "PKT": 300, "NPT": 345, "WIB": 420, "ICT": 420, "WITA": 480, "HKT": 480, "SGT": 480,
    "MYT": 480, "PHT": 480, "AWST": 480, "WIT": 540, "JST": 540, "KST": 540, "ACST": 570,
    "AEST": 600, "ACDT": 630, "AEDT": 660, "NZST": 720, "NZDT": 780, "SAST": 120, "EAT": 180,
    "BRT": -180, "EDT": -240, "EST": -300, "CDT": -300, "MDT": -360, "PDT": -420, "PST": -480,
}  # fmt: skip
"""Minutes ahead of UTC of the abbreviations that mean one offset."""
SEASONAL = {"ET": -300, "PT": -480}
"""US zones named without their season: standard time, one hour more in summer."""
ZONE_WORDS = {
    "日本時間": 540, "한국시간": 540, "한국 시간": 540, "北京时间": 480, "北京時間": 480,
    "台北時間": 480, "台灣時間": 480, "香港時間": 480, "по московскому времени": 180,
    "московского времени": 180, "мск": 180, "по гринвичу": 0, "بتوقيت غرينتش": 0, "غرينتش": 0,
    "بتوقيت جرينتش": 0, "بتوقيت مكة": 180, "بتوقيت السعودية": 180, "hora de brasília": -180,
    "horário de brasília": -180, "hora argentina": -180, "greenwich mean time": 0, "ｊｓｔ": 540,
    "türkiye saati": 180, "giờ việt nam": 420, "ตามเวลาประเทศไทย": 420,
}  # fmt: skip
"""Zones named in words, of places that keep one offset all year; read in lower case."""

_HALF = r"오전|오후|上午|下午|午前|午後"
_AMPM = r"[ap]\.?\s?m\b\.?|[AP]\.?\s?M\b\.?|[πμ]\.?μ\.?|صباحا|مساء|[صم](?!\w)"
_ZONE = (
    r"\(?(?P<named>GMT|UTC)?\s?(?P<sign>[+\u2212-])(?P<zh>\d\d?)(?::?(?P<zm>\d\d))?(?!\d)"
    r"|\(?(?P<zone>[A-ZİМСК]{1,4})(?!\w)"
)
_TIME = (
    rf"(?:(?P<half>{_HALF})\s?)?(?:"
    r"(?<![\d:.,])(?P<h>\d\d?)\s?[:hH時时시点]\s?(?P<m>\d\d)"
    r"(?:\s?[:分분]\s?(?P<s>\d\d)(?:[.,]\d{1,9})?)?(?!\d)[秒초分분]?"
    r"|\b(?:[Kk]lo?|alle|ore|um|ob|[Pp]ukul|godz)[. ]{1,2}(?P<dot_h>\d\d?)\.(?P<dot_m>\d\d)(?!\d)"
    r"|(?<![\d:.,])(?P<bare_h>\d\d?)[:.]?(?P<bare_m>\d\d)?\s?(?=[ap]\.?m\b|[AP]M\b|Uhr\b|WIB\b|時|시)"
    rf")\s?(?:(?P<ampm>{_AMPM})\s?)?(?:Uhr\s?|hrs?\s?|h\s)?(?:{_ZONE})?"
)
_WORDED = re.compile(
    r"[\s,、]{0,2}[(（\[]?\s?(?P<words>"
    + "|".join(sorted(map(re.escape, ZONE_WORDS), key=len, reverse=True))
    + r")(?!\w)",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"(?:T|[^\d\n]{{0,24}}?){_TIME}")
_AHEAD = re.compile(rf"{_TIME}[^\d\n]{{0,24}}$")
_ANY_TIME = re.compile(r"\d\s?[:hH時时시点.]\s?\d\d|\d\s?(?:[ap]\.?\s?m|[AP]\.?\s?M|Uhr|時|시)")
_OTHER_TIME = re.compile(
    r"updat|modif|aktual|actual|jour|edited|обнов|güncel|read|min\b", re.IGNORECASE
)
_LATE = re.compile(r"p|μ\.?μ|م|오후|下午|午後", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as printed."""

    at: time
    precision: Precision
    offset: timedelta | None
    """Ahead of UTC; None when no zone is stated, or one that means several offsets."""
    start: int
    end: int
    """Its span in the text."""


def clock_beside(text: str, start: int, end: int, day: date) -> Clock | None:
    """Return the time printed straight after the date at `start:end`, else straight before it."""
    following = text[end : end + REACH]
    after = _AFTER.match(following) if _ANY_TIME.search(following) else None
    if after and not _OTHER_TIME.search(after[0]):
        return _clock(after, day, end)
    window = max(0, start - REACH)
    leading = text[window:start]
    ahead = _AHEAD.search(leading) if _ANY_TIME.search(leading) else None
    return _clock(ahead, day, window) if ahead else None


def utc_moment(day: date, clock: Clock | None) -> datetime:
    """Return the moment; a time without a zone is read as UTC (docs/adr/0030-naive-times.md)."""
    if clock is None:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    zone = timezone(clock.offset or timedelta(0))
    return datetime.combine(day, clock.at, tzinfo=zone).astimezone(UTC)


def _clock(found: re.Match[str], day: date, shift: int) -> Clock | None:
    hour = int(found["h"] or found["dot_h"] or found["bare_h"])
    minute = int(found["m"] or found["dot_m"] or found["bare_m"] or 0)
    second = int(found["s"] or 0)
    half = found["ampm"] or found["half"]
    if half:
        hour = hour % 12 + (12 if _LATE.match(half) else 0) if hour <= 12 else hour
    if hour > 23 or minute > 59 or second > 59:
        return None
    precision = Precision.SECOND if found["s"] else Precision.MINUTE
    offset, end = _offset(found, day), found.end()
    if offset is None and (worded := _WORDED.match(found.string, found.end())):
        offset, end = timedelta(minutes=ZONE_WORDS[worded["words"].lower()]), worded.end()
    return Clock(time(hour, minute, second), precision, offset, shift + found.start(), shift + end)


def _offset(found: re.Match[str], day: date) -> timedelta | None:
    if found["sign"]:
        size = timedelta(hours=int(found["zh"]), minutes=int(found["zm"] or 0))
        if size > timedelta(hours=14) or not (found["named"] or found["zm"]):
            return None  # "10:30 - 12" is a range
        return size if found["sign"] == "+" else -size
    name = found["zone"] or ""
    if name in SEASONAL:
        return timedelta(minutes=SEASONAL[name] + (60 if _is_us_summer(day) else 0))
    return timedelta(minutes=ZONES[name]) if name in ZONES else None


def _is_us_summer(day: date) -> bool:
    """Tell whether US clocks are ahead: second Sunday of March to first of November."""
    return _sunday(day.year, 3) + timedelta(days=7) <= day < _sunday(day.year, 11)


def _sunday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7)
