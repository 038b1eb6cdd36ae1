"""When does the page say that it was published, and when changed?

An HTML page claims it in JSON-LD, metas and marked elements; what it prints, and all that a text
dump has, are dates among which a ranker tells the publication's from the header clock's, the
captions' and the related items'. Where two dates are equally likely, none is stated.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from articles.extraction.date_patterns import Reading
from articles.extraction.dates import Stamp, read_claim
from articles.extraction.foreign_dates import without_foreign
from articles.extraction.near_headline import by_headline, neighbourhood
from articles.extraction.page import Head, Page
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
from articles.extraction.title_claims import articles_of
from articles.model import BODY_ROLES, Found, Precision, Role

PUBLISHED_METAS = (
    "article:published_time", "article:published", "article:published:time",
    "og:article:published_time", "og:published_time", "datepublished", "publishdate", "pubdate",
    "publish-date", "publish_date", "publication_date", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.created", "dc.date.created", "dcterms.date", "bt:pubdate", "article.published",
    "article:post_date", "date",
)  # fmt: skip
"""Metas that state the publication time, the most reliable first."""
MODIFIED_METAS = (
    "article:modified_time", "article:modified", "og:updated_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "article.updated",
)  # fmt: skip
CONFIDENCE = {"ld": 0.98, "meta": 0.95, "mark": 0.93, "ld_other": 0.85, "time": 0.7, "url": 0.65}
"""Share of 125 labelled pages on which the first claim of the kind gives the right day."""
CLAIM_FEATURES = 6
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
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/_.-]|$)")


def published(
    page: Page, roles: Sequence[Role], title_at: int | None, language: str | None = None
) -> list[Found[Stamp]]:
    """Return the publication times the page states or hints at, best first.

    `roles` has one role a block; `title_at` is the block of the headline. `language` decides the
    order of numeric dates. A time printed without a zone is read as UTC, and its rule says so
    by ending in `_zone_unstated`. "3 hours ago" beside a known capture time is never stated.
    """
    found = list(_claimed(page, language)) if page.head is not None else []
    witnesses = frozenset(one.value.day for one in found if one.rule.startswith(("time", "url")))
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
    claims: list[tuple[str, str]] = []
    if page.head is not None:
        marks = [mark for mark in page.head.marks if mark.kind == "modified"]
        claims += _json_ld_claims(page.head, "dateModified", "ld")
        claims += _meta_claims(page.head, MODIFIED_METAS)
        claims += [(mark.value or mark.text, "mark") for mark in marks]
    first = next((f.value.moment for f in found if f.stated), None)
    stated = [f for f in _read(claims, language) if first is None or f.value.moment >= first]
    return _believable([*stated, *_updates(found, first)], page.fetched_at)[:MOST]


def _updates(found: Sequence[Found[Stamp]], first: datetime | None) -> Iterator[Found[Stamp]]:
    """Yield the printed dates that carry a word such as "Updated", not before the first one."""
    for one in found:
        if one.rule.startswith("update_label") and (first is None or one.value.moment >= first):
            yield Found(one.value, one.rule, one.block, stated=True, confidence=0.9)


def _claimed(page: Page, language: str | None) -> Iterator[Found[Stamp]]:
    head = page.head
    if head is None:
        return
    marks = [mark for mark in head.marks if mark.kind in {"published", "time"}]
    marks.sort(key=lambda mark: mark.kind != "published")
    claims = [
        *_json_ld_claims(head, "datePublished", "ld"),
        *_meta_claims(head, PUBLISHED_METAS),
        *((m.value or m.text, "mark") for m in marks if m.kind == "published"),
    ]
    weak = [(m.value, "time") for m in marks if m.kind == "time" and m.value][:CLAIM_FEATURES]
    yield from _read(claims, language)
    yield from (_unstated(found) for found in _read(weak, language))
    yield from _address_day(page.url or head.canonical or "")


def _json_ld_claims(head: Head, name: str, kind: str) -> Iterator[tuple[str, str]]:
    articles = articles_of(head)
    for thing in articles:
        if isinstance(value := thing.get(name), str):
            yield value, kind
    known = {id(thing) for thing in articles}
    for thing in head.json_ld:
        if id(thing) not in known and isinstance(value := thing.get(name), str):
            yield value, f"{kind}_other"


def _meta_claims(head: Head, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        for key, value in head.metas:
            if key == name:
                yield value, "meta"


def _read(claims: Iterable[tuple[str, str]], language: str | None) -> Iterator[Found[Stamp]]:
    for text, kind in claims:
        if (claim := read_claim(text, language)) is not None:
            stamp = _unpadded(claim)
            yield Found(stamp, _rule(kind, stamp), confidence=CONFIDENCE[kind])


def _unpadded(stamp: Stamp) -> Stamp:
    """Call a claim to the second of :00 one to the minute: forms pad what editors give."""
    if stamp.precision is Precision.SECOND and stamp.moment.second == 0:
        return replace(stamp, precision=Precision.MINUTE)
    return stamp


def _rule(kind: str, stamp: Stamp) -> str:
    timed = stamp.precision in {Precision.SECOND, Precision.MINUTE}
    return f"{kind}_zone_unstated" if timed and not stamp.has_zone else kind


def _unstated(found: Found[Stamp]) -> Found[Stamp]:
    return replace(found, stated=False)


def _address_day(url: str) -> Iterator[Found[Stamp]]:
    """Yield the day in an address such as /2025/08/25/: inferred, for sites move pages."""
    if numbers := _URL_DAY.search(url[:2_000]):
        stamp = read_claim("-".join(numbers.groups()))
        if stamp is not None:
            yield Found(stamp, "url_day", stated=False, confidence=CONFIDENCE["url"])


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
            _rule("update_label" if is_update(one) else _place_rule(one, title_at), one.stamp),
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
    judged = [f if _is_possible(f.value, latest, days) else _unstated(f) for f in found]
    return sorted(judged, key=lambda one: not one.stated)


def _is_possible(stamp: Stamp, latest: datetime | None, days: Sequence[date]) -> bool:
    if stamp.day == EPOCH or (latest is not None and stamp.moment > latest):
        return False
    others = [day for day in days if day != stamp.day]
    lone = days.count(stamp.day) < 2 and len(others) > 0
    return not lone or stamp.day - max(others) < FAR_FUTURE
