"""When does the page say that it was published, and when changed?

An HTML page claims it in JSON-LD, metas and marked elements; what it prints, and all that a text
dump has, are dates among which a ranker tells the publication's from the header clock's, the
captions' and the related items'. Where two dates are equally likely, none is stated.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from articles.extraction.claimed_dates import (
    claimed,
    claimed_changes,
    rule_of,
    times_by_headline,
    unstated,
    without_conflict,
)
from articles.extraction.date_patterns import Reading
from articles.extraction.dates import Stamp
from articles.extraction.foreign_dates import without_foreign
from articles.extraction.near_headline import by_headline, neighbourhood
from articles.extraction.page import Page
from articles.extraction.rankers import ranker
from articles.extraction.relative import relative_times
from articles.extraction.stamp_places import (
    FEATURES,
    PUBLISHED,
    UPDATED,
    Placed,
    place_rows,
    placed_stamps,
)
from articles.model import BODY_ROLES, Found, Precision, Role

CONFLICT = 0.98
"""A rival day at least so likely, relative to the best one, makes the answer undecided."""
WITNESSED = 0.2
"""What a printed date gains where a `time` element or the address names the same day."""
OTHERS = frozenset({Role.RELATED, Role.CAPTION, Role.COMMENT, Role.SPAM, Role.DISCLAIMER})
OF_OTHERS = 0.5
"""What is left of a date's chance in a block that is there for something else."""
LEAST_UNDER = 0.08
"""The chance that is enough right under the headline, where little else is a date."""
OF_UPDATES = 0.3
"""What is left for a date that says "Updated": it counts where the page prints no other
(docs/adr/0031)."""
SKEW = timedelta(days=1)
"""How far a claim may lie past the capture: zones, and clocks that run ahead."""
FAR_FUTURE = timedelta(days=3_650)
"""A lone claim so far past every other date of the page is a placeholder such as 2099-12-31."""
EPOCH = date(1970, 1, 1)
DATELINE_CHARS = 60
"""A date inside a paragraph counts only so near to its start, as in "PARIS, 25 Aug 2025 -"."""
LINE_CHARS = 90
"""A block of fewer characters is a line about the text, not a paragraph of it."""
MOST = 12
_PRECISIONS = (Precision.SECOND, Precision.MINUTE, Precision.DAY)
_DATELINE_END = re.compile(r"\s?(?:\([^()]{1,24}\))?\s?(?:[-–—]|:|\)\s?[-–—:]?)\s")


def published(
    page: Page, roles: Sequence[Role], title_at: int | None, language: str | None = None
) -> list[Found[Stamp]]:
    """Return the publication times the page states or hints at, best first.

    `roles` has one role a block; `title_at` is the block of the headline. `language` decides the
    order of numeric dates. A time printed without a zone is read as UTC, and its rule says so
    by ending in `_zone_unstated`. "3 hours ago" beside a known capture time is never stated.
    """
    found = without_conflict(_believable(claimed(page, language), page.fetched_at))
    if not any(one.stated for one in found):
        found += times_by_headline(page, title_at, language)
    witnesses = frozenset(one.value.day for one in found if not one.stated)
    shown: list[Found[Stamp]] = []
    if not any(one.stated for one in found):
        shown = _shown(page, roles, title_at, language, witnesses)
        if page.fetched_at is not None:
            shown += relative_times(page.blocks, title_at, page.fetched_at)
    return _believable([*found, *shown], page.fetched_at)[:MOST]


def modified(
    page: Page, found: Sequence[Found[Stamp]], language: str | None = None
) -> list[Found[Stamp]]:
    """Return the times of change that the page states, best first.

    `found` is what `published` gave: a printed time of change counts when it carries a word
    such as "Updated" and lies not before the publication.
    """
    changes = claimed_changes(page.head, language) if page.head is not None else ()
    first = next((f.value.moment for f in found if f.stated), None)
    stated = [f for f in changes if first is None or f.value.moment >= first]
    return _believable([*stated, *_updates(found, first)], page.fetched_at)[:MOST]


def _updates(found: Sequence[Found[Stamp]], first: datetime | None) -> Iterator[Found[Stamp]]:
    """Yield the printed dates that carry a word such as "Updated", not before the first one."""
    for one in found:
        if one.rule.startswith("update_label") and (first is None or one.value.moment >= first):
            yield Found(one.value, one.rule, one.block, stated=True, confidence=0.9)


def _shown(
    page: Page,
    roles: Sequence[Role],
    title_at: int | None,
    language: str | None,
    witnesses: frozenset[date],
) -> list[Found[Stamp]]:
    """Return the dates printed on the page as the ranker orders them."""
    placed = placed_stamps(page.blocks, roles, language)
    if not placed:
        return []
    judge = ranker("stamp_places", FEATURES)
    rows = place_rows(placed, page.blocks, roles, title_at)
    near = neighbourhood(page.blocks, title_at)
    chances = by_headline(
        placed,
        [
            _weighed(one, chance, roles[one.block], witnesses)
            for one, chance in zip(placed, judge.chances(rows), strict=True)
        ],
        near,
    )
    chances = without_foreign(placed, chances, page.blocks, roles, near, title_at)
    best: dict[date, float] = {}
    for one, chance in zip(placed, chances, strict=True):
        best[one.stamp.day] = max(best.get(one.stamp.day, 0.0), chance)
    first, second = sorted([*best.values(), 0.0], reverse=True)[:2]
    under = any(
        best[one.stamp.day] == first and one.block in near.under and not is_update(one)
        for one in placed
    )
    sure = first >= (LEAST_UNDER if under else judge.least) and second < CONFLICT * first
    ranked = sorted(
        zip(placed, chances, strict=True), key=lambda pair: _order(pair[0], pair[1], best)
    )
    return [
        Found(
            one.stamp,
            rule_of("update_label" if is_update(one) else _place_rule(one, title_at), one.stamp),
            one.block,
            stated=sure and best[one.stamp.day] == first and _may_state(one, roles),
            confidence=round(chance, 4),
        )
        for one, chance in ranked
    ]


def _weighed(one: Placed, chance: float, role: Role, witnesses: frozenset[date]) -> float:
    """Return the ranker's chance after what the block's role and other claims say."""
    witnessed = WITNESSED if one.stamp.day in witnesses else 0.0
    kept = OF_UPDATES if is_update(one) else OF_OTHERS if role in OTHERS else 1.0
    return min(1.0, chance + witnessed) * kept


def _order(one: Placed, chance: float, best: Mapping[date, float]) -> tuple[float, int, float]:
    """Sort by the day's chance, then the finest precision printed, then the stamp's own chance."""
    return -best[one.stamp.day], _PRECISIONS.index(one.stamp.precision), -chance


def is_update(placed: Placed) -> bool:
    """Tell whether a word such as "Updated" stands before the date."""
    label = placed.text[max(0, placed.stamp.start - 40) : placed.stamp.start]
    word = max((found.start() for found in UPDATED.finditer(label)), default=-1)
    other = max((found.start() for found in PUBLISHED.finditer(label)), default=-1)
    return word > other and not any(sign.isdigit() for sign in label[max(word, 0) :])


def _place_rule(placed: Placed, title_at: int | None) -> str:
    if title_at is None:
        return "stamp"
    return "stamp_below_title" if placed.block >= title_at else "stamp_above_title"


def _may_state(placed: Placed, roles: Sequence[Role]) -> bool:
    """Refuse dates that the story itself tells of, and ambiguous ones."""
    if placed.stamp.reading is not Reading.CERTAIN:
        return False
    role = roles[placed.block]
    if role is Role.CAPTION:
        return False
    return role not in BODY_ROLES or len(placed.text) < LINE_CHARS or _in_dateline(placed)


def _in_dateline(placed: Placed) -> bool:
    behind = placed.text[placed.stamp.end : placed.stamp.end + 30]
    return placed.stamp.start < DATELINE_CHARS and _DATELINE_END.match(behind) is not None


def _believable(found: Sequence[Found[Stamp]], captured: datetime | None) -> list[Found[Stamp]]:
    """Return the candidates with those later than can be, or placeholders, no longer stated."""
    latest = captured + SKEW if captured is not None else None
    days = [f.value.day for f in found if f.value.day > EPOCH]
    judged = [f if _is_possible(f.value, latest, days) else unstated(f) for f in found]
    return sorted(judged, key=lambda one: not one.stated)


def _is_possible(stamp: Stamp, latest: datetime | None, days: Sequence[date]) -> bool:
    if stamp.day == EPOCH or (latest is not None and stamp.moment > latest):
        return False
    others = [day for day in days if day != stamp.day]
    lone = days.count(stamp.day) < 2 and len(others) > 0
    return not lone or stamp.day - max(others) < FAR_FUTURE
