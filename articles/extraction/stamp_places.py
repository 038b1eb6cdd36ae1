"""Where on the page does each date stand, and what stands around it?

The clock of the header, the dates of related items, captions and copyright lines are dates like any
other; only their place and company tell them from the publication time.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.extraction.date_patterns import Reading
from articles.extraction.dates import Stamp, read_stamps
from articles.model import BODY_ROLES, Block, Precision, Role

LINE_CHARS = 160
"""Characters at either end of a block that are read: stamps stand at its edges."""
DATELINE_CHARS = 100
"""Characters of a paragraph of the body that are read: a dateline, no dates of the story."""
MOST = 200
"""Stamps of a page that are looked at; archives list thousands."""
TITLE_LOST = -30.0
PUBLISHED = re.compile(
    r"publi|posted|veröff|erstellt|stand\b|opubl|julkaist|objav|zveřej|опубл|發布|发布|配信|公開|입력"
    r"|등록|issued|created|date\b|datum|fecha|data\b|tarih|tanggal|تاريخ|نشر|pubblicat|skrevet|lagt",
    re.IGNORECASE,
)
UPDATED = re.compile(
    r"updat|modif|aktualis|mis à jour|actualiz|atualiz|aggiorn|oppdat|opdat|uppdat|päivit|aktualiz"
    r"|обнов|оновл|güncel|수정|更新|diperbarui|bijgewerkt|akt\.|last edit|geändert|تحديث",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"^\W*(?:by|von|par|por|di|door|av|af|text|autor|author|редак|автор)\b", re.IGNORECASE
)
CREDIT = re.compile(
    r"©|\(c\)|copyright|rights|photo|foto|image|bild|getty|archiv|picture|file\b|via\b",
    re.IGNORECASE,
)
DATED_LINE = re.compile(
    r"^\s*(?P<name>[^\W\d_][^|/·•\d\n]{2,24}?)\s?[|/·•]\s?(?=[^|]{0,20}\d.{0,12}(?:19|20)\d\d)"
)
"""A section beside a date, as in "World| 4 July, 2024 - 9:28 PM"."""
WEEKDAY = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|jueves|viernes|domingo)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(\d\d?)[./-](\d\d?)[./-]\d")
_YEAR_LIKE = re.compile(r"[\d'’](?:(?<=\d)(?:\d{3}|[./-]\d|年)|(?<=['’])\d\d)")
_CLOSE = 6

FEATURES = (
    "from_start", "distance", "above", "below", "from_title", "title_distance", "under_title",
    "has_title", "in_body", "block_chars", "fill", "at", "order", "stamps", "copies", "seen",
    "is_latest", "is_earliest", "days", "later_days", "years_from_latest", "place",
    "share_of_page", "has_time", "is_day", "has_zone", "published", "updated", "byline", "credit",
    "weekday", "label_above", "close", "above_first", "first_below_title", "same_block",
    "agrees_near",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """A stamp and the block it stands in."""

    stamp: Stamp
    block: int
    text: str
    """The block's text, both ends at most."""


def placed_stamps(
    blocks: Sequence[Block], roles: Sequence[Role], language: str | None
) -> list[Placed]:
    """Return the dates of the page in reading order, full days only, ambiguity resolved.

    A date that can be read two ways keeps both readings unless another date of the page shows
    the order in use.
    """
    found: list[Placed] = []
    for block in blocks:
        text = block.text
        if len(text) > LINE_CHARS and roles[block.index] in BODY_ROLES:
            text = text[:DATELINE_CHARS]
        elif len(text) > 2 * LINE_CHARS:
            text = f"{text[:LINE_CHARS]} … {text[-LINE_CHARS:]}"
        if not _YEAR_LIKE.search(text):
            continue
        found.extend(
            Placed(stamp, block.index, text)
            for stamp in read_stamps(text, language)
            if stamp.precision not in {Precision.MONTH, Precision.YEAR}
        )
        if len(found) >= MOST:
            break
    return _in_one_order(found)


def _in_one_order(found: list[Placed]) -> list[Placed]:
    """Drop the readings that the page's unambiguous numeric dates speak against."""
    orders = {order for placed in found if (order := _order_shown(placed))}
    if len(orders) != 1:
        return found
    wrong = Reading.MONTH_FIRST if Reading.DAY_FIRST in orders else Reading.DAY_FIRST
    return [placed for placed in found if placed.stamp.reading is not wrong]


def _order_shown(placed: Placed) -> Reading | None:
    """Return the order that a date such as 25/08/2025 shows to be in use."""
    numbers = _NUMERIC.match(placed.text, placed.stamp.start)
    if numbers is None or placed.stamp.reading is not Reading.CERTAIN:
        return None
    if int(numbers[1]) > 12:
        return Reading.DAY_FIRST
    return Reading.MONTH_FIRST if int(numbers[2]) > 12 else None


def place_rows(
    found: Sequence[Placed],
    blocks: Sequence[Block],
    roles: Sequence[Role],
    title_at: int | None,
) -> NDArray[np.float64]:
    """Return a row of numbers for each stamp; `FEATURES` names the columns."""
    around = _Around(found, blocks, roles, title_at)
    rows = [around.row(order, placed) for order, placed in enumerate(found)]
    return np.array(rows, np.float64).reshape(len(rows), len(FEATURES))


class _Around:
    """What the rows of one page share. Places count blocks that hold text."""

    def __init__(
        self,
        found: Sequence[Placed],
        blocks: Sequence[Block],
        roles: Sequence[Role],
        title_at: int | None,
    ) -> None:
        filled = [block for block in blocks if block.text and not block.text.isspace()]
        self.place = {block.index: at for at, block in enumerate(filled)}
        self.texts = [block.text for block in filled]
        self.body = [roles[block.index] in BODY_ROLES for block in filled]
        kept = [at for at, keep in enumerate(self.body) if keep]
        self.start, self.end = (kept[0], kept[-1]) if kept else (0, len(filled))
        self.title = self.place.get(title_at) if title_at is not None else None
        self.found = found
        self.places = np.array([self.place[placed.block] for placed in found])
        days = [placed.stamp.day for placed in found]
        self.copies, self.seen = Counter(days), Counter[object]()
        self.different = sorted(set(days))
        self.latest, self.earliest = max(days, default=None), min(days, default=None)
        top = self.start if self.title is None else self.title
        under = [at for at in self.places if at > top]
        self.first_under = min(under, default=-1)

    def row(self, order: int, placed: Placed) -> list[float]:
        stamp, at = placed.stamp, self.place[placed.block]
        text, day = placed.text, stamp.day
        above = self.texts[at - 1][:LINE_CHARS] if at else ""
        to_start = at - self.start
        to_title = at - self.title if self.title is not None else TITLE_LOST
        self.seen[day] += 1
        latest = self.latest or day
        label = text[max(0, stamp.start - 40) : stamp.start]
        near = np.abs(self.places - at) <= _CLOSE
        return [
            max(-60, min(60, to_start)), min(60, abs(to_start)), at < self.start, at > self.end,
            max(-60.0, min(60.0, to_title)), min(60.0, abs(to_title)), to_title > 0,
            self.title is not None, self.body[at], min(400, len(text)),
            (stamp.end - stamp.start) / max(1, len(text)), stamp.start, order, len(self.found),
            self.copies[day], self.seen[day], day == latest, day == self.earliest,
            len(self.different), sum(other > day for other in self.different),
            (latest - day).days / 365, at, at / len(self.texts),
            stamp.precision is not Precision.DAY, stamp.precision is Precision.DAY,
            stamp.has_zone, PUBLISHED.search(label) is not None,
            UPDATED.search(label) is not None, BYLINE.search(text) is not None,
            CREDIT.search(text) is not None, WEEKDAY.search(text) is not None,
            len(above) < 40 and PUBLISHED.search(above) is not None, int(near.sum()),
            int((self.places < at).sum()), at == self.first_under,
            int((self.places == at).sum()),
            sum(bool(n) and p.stamp.day == day for n, p in zip(near, self.found, strict=True)),
        ]  # fmt: skip
