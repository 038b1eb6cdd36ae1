"""What does "3 hours ago" mean on a page whose capture time is known?

Only an inference: the page may have been drawn long before it was fetched, so these times stand
in the evidence and never in `published_at`.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from articles.extraction.dates import Stamp
from articles.model import Block, Found, Precision

NEAR_TITLE = 8
"""Blocks with text below the headline that may say how old the article is."""
LINE_CHARS = 80
_UNITS = {
    "minute": r"min(?:ute?s?|uten?|uti|uut\w*|utos?)?\.?|минут\w*|хвилин\w*|dakika"
    r"|menit|分钟?|分鐘|분|دقيقة|دقائق",
    "hour": r"h(?:ou)?rs?\.?|h|stunden?|std\.?|heures?|horas?|or[ae]|uur|uren|tim(?:mar?|er|e)?"
    r"|godzin\w*|час\w*|годин\w*|saat|jam|小时|小時|時間|시간|ساعات?|ساعة",
    "day": r"days?|tag(?:en?)?|jours?|días?|dias?|giorn[oi]|dag(?:en|ar|e)?|dni|дн\w*|день|gün|hari"
    r"|天|日|일|يوم|أيام",
    "week": r"weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken?|veck\w+|uker?"
    r"|недел\w*|周|週間?|주",
}  # fmt: skip
_UNIT = "|".join(f"(?P<{name}>{forms})" for name, forms in _UNITS.items())
_NUMBER = r"(?P<number>\d{1,3}|an?|one|eine[mr]?|une?|una|uma)"
_AGO = re.compile(
    rf"(?:\b(?:vor|il y a|hace|há|før|för|منذ|قبل)\s{_NUMBER}\s?(?:{_UNIT})(?!\w))", re.IGNORECASE
)
_AGO_BEHIND = re.compile(
    rf"(?<!\w){_NUMBER}\s?(?:{_UNIT})\s?"
    r"(?:ago|fa|geleden|siden|sedan|sitten|temu|назад|тому|önce|lalu|yang lalu|前|之前|전)(?!\w)",
    re.IGNORECASE,
)
_AGES = {
    "minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}  # fmt: skip
_SIGN = re.compile(
    r"\bago\b|\bvor\b|il y a|hace|\bhá\b|\bf[øö]r\b|منذ|قبل|\bfa\b|geleden|siden|sedan|sitten|temu"
    r"|назад|тому|önce|lalu|前|전",
    re.IGNORECASE,
)


def relative_times(
    blocks: Sequence[Block], title_at: int | None, captured: datetime
) -> Iterator[Found[Stamp]]:
    """Yield the times that ages such as "3 hours ago" below the headline lead to, none stated.

    `captured` is when the page was fetched, in UTC. Ages in hours or more give the day only.
    """
    start = 0 if title_at is None else title_at
    near = [b for b in blocks[start:] if b.text and not b.text.isspace()][: NEAR_TITLE + 1]
    for block in near:
        text = block.text[: 2 * LINE_CHARS].strip()
        if len(text) > LINE_CHARS or not _SIGN.search(text):
            continue
        if found := _AGO.search(text) or _AGO_BEHIND.search(text):
            stamp = _stamp(found, captured)
            yield Found(stamp, "age_at_capture", block.index, stated=False, confidence=0.3)


def is_age(text: str) -> bool:
    """Tell whether a short text says how old it is: "Published 3 hours ago"."""
    return bool(_SIGN.search(text) and (_AGO.search(text) or _AGO_BEHIND.search(text)))


def _stamp(found: re.Match[str], captured: datetime) -> Stamp:
    number = int(found["number"]) if found["number"].isdigit() else 1
    unit = next(name for name in _UNITS if found[name])
    moment = (captured - number * _AGES[unit]).astimezone(UTC).replace(second=0, microsecond=0)
    precision = Precision.MINUTE if unit == "minute" else Precision.DAY
    if precision is Precision.DAY:
        moment = moment.replace(hour=0, minute=0)
    return Stamp(
        moment, precision, moment.date(), has_zone=True, start=found.start(), end=found.end()
    )
