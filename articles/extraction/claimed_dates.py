"""Which dates do a page's head, its marked elements and its address claim?

JSON-LD, metas and marked elements state them. A `time` element may stand for anything, and sites
move pages to addresses of another day: those two only bear witness.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from articles.extraction.dates import Stamp, read_claim
from articles.extraction.page import Head, Mark, Page
from articles.extraction.title_claims import articles_of
from articles.model import Found, Precision

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
WITNESSES = 6
"""Of the `time` elements so many are read."""
SAME = timedelta(days=1)
"""How far apart two claims may lie and mean one publication: zones, and papers of the next day."""
ABOVE, BELOW = 3, 8
"""Blocks around the headline in which a `time` element gives the article's own time."""
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/_.-]|$)")


def claimed(page: Page, language: str | None) -> list[Found[Stamp]]:
    """Return the claimed times of publication, the most reliable first; witnesses are not stated.

    `language` decides the order of numeric dates.
    """
    head = page.head
    if head is None:
        return []
    marks = [mark for mark in head.marks if mark.kind in {"published", "time"}]
    claims = [
        *_json_ld_claims(head, "datePublished", "ld"),
        *_meta_claims(head, PUBLISHED_METAS),
        *((m.value or m.text, "mark") for m in marks if m.kind == "published"),
    ]
    times = [m for m in marks if m.kind == "time" and m.value]
    weak = [unstated(one) for one in _read(_values(times[:WITNESSES]), language)]
    weak += _address_day(page.url or head.canonical or "")
    return [*_read(claims, language), *weak]


def times_by_headline(page: Page, title_at: int | None, language: str | None) -> list[Found[Stamp]]:
    """Return the first `time` element by the headline, if all of those there name its day.

    `title_at` is the headline's block.
    """
    if page.head is None or title_at is None:
        return []
    by = range(title_at - ABOVE, title_at + BELOW + 1)
    marks = [mark for mark in page.head.marks if mark.kind == "time" and mark.block in by]
    times = list(_read(_values(marks), language))
    if len({one.value.day for one in times}) != 1:
        return []
    return [replace(times[0], rule=f"{times[0].rule}_by_headline")]


def claimed_changes(head: Head, language: str | None) -> Iterator[Found[Stamp]]:
    """Yield the claimed times of the last change, the most reliable first."""
    marks = [mark for mark in head.marks if mark.kind == "modified"]
    claims = [
        *_json_ld_claims(head, "dateModified", "ld"),
        *_meta_claims(head, MODIFIED_METAS),
        *((mark.value or mark.text, "mark") for mark in marks),
    ]
    yield from _read(claims, language)


def rule_of(kind: str, stamp: Stamp) -> str:
    """Return the name of a rule, which says so where a time of day has no zone."""
    timed = stamp.precision in {Precision.SECOND, Precision.MINUTE}
    return f"{kind}_zone_unstated" if timed and not stamp.has_zone else kind


def unstated(found: Found[Stamp]) -> Found[Stamp]:
    """Return a candidate that stays evidence and is not stated."""
    return replace(found, stated=False)


def without_conflict(found: Sequence[Found[Stamp]]) -> list[Found[Stamp]]:
    """Return the claims, none stated where JSON-LD and metas disagree and no witness decides.

    One of the two then speaks of another story; a date printed by the headline may still tell.
    """
    stated = [one for one in found if one.stated]
    firsts = [next((f for f in stated if _kind(f) == kind), None) for kind in ("ld", "meta")]
    ld, meta = firsts
    if ld is None or meta is None or abs(ld.value.day - meta.value.day) <= SAME:
        return list(found)
    witnessed = {one.value.day for one in found if _kind(one) not in {"ld", "meta"}}
    day = next((f.value.day for f in (ld, meta) if f.value.day in witnessed), None)
    settled = [f if f.value.day == day else unstated(f) for f in found]
    return sorted(settled, key=lambda one: not one.stated)


def _kind(found: Found[Stamp]) -> str:
    return found.rule.split("_")[0] if not found.rule.startswith("ld_other") else "ld_other"


def _values(marks: Iterable[Mark]) -> Iterator[tuple[str, str]]:
    yield from ((mark.value, "time") for mark in marks if mark.value)


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
            yield Found(stamp, rule_of(kind, stamp), confidence=CONFIDENCE[kind])


def _unpadded(stamp: Stamp) -> Stamp:
    """Call a claim to the second of :00 one to the minute: forms pad what editors give."""
    if stamp.precision is Precision.SECOND and stamp.moment.second == 0:
        return replace(stamp, precision=Precision.MINUTE)
    return stamp


def _address_day(url: str) -> Iterator[Found[Stamp]]:
    """Yield the day in an address such as /2025/08/25/: inferred, for sites move pages."""
    if numbers := _URL_DAY.search(url[:2_000]):
        stamp = read_claim("-".join(numbers.groups()))
        if stamp is not None:
            yield Found(stamp, "url_day", stated=False, confidence=CONFIDENCE["url"])
