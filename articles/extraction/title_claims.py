"""Which of the headlines that an HTML page claims is the one?

The right one nearly always stands in h1, `og:title`, `twitter:title`, JSON-LD or the title tag,
often with the site's name behind it. So every claim is also cut at its separators, and equal
texts vote together.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from articles.extraction.page import Head

KINDS = (
    "ld_headline", "ld_name", "ld_alternative", "og", "twitter", "meta", "tag", "h1", "h1_more",
    "headline", "og_cut", "twitter_cut", "tag_cut", "tag_cut_more", "tail", "after_colon",
)  # fmt: skip
PARENTS = ("ld_headline", "og", "twitter", "h1", "tag")
"""The claims that a candidate is compared with."""
ARTICLE_TYPE = re.compile(r"Article|Posting|Report|Review|NewsStory")
SITE_METAS = ("og:site_name", "application-name")
LONGEST = 600
"""Characters of a claim that are read."""
MOST = 40
"""Candidates of a page that are ranked."""
SEPARATOR = re.compile(r"\s+(?:[|–—·•»:]|-{1,2})\s+|\s?[|｜]\s?|：|\s::\s")
_METAS = {"og:title": "og", "twitter:title": "twitter", "title": "meta"}
_LD = {"headline": "ld_headline", "name": "ld_name", "alternativeHeadline": "ld_alternative"}
_WORDS = re.compile(r"\w+")


@dataclass(slots=True)
class Candidate:
    """One headline in its first spelling, and the claims that agree on it."""

    text: str
    words: tuple[str, ...]
    kinds: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        """The words joined: two candidates with one key say the same."""
        return " ".join(self.words)


def candidates(head: Head) -> list[Candidate]:
    """Return the page's claimed headlines, equal ones together, in the order of `KINDS` at best."""
    found: dict[str, Candidate] = {}
    for kind, raw in _claims(head):
        text = folded(raw)
        words = words_of(text)
        if words and len(found) < MOST:
            found.setdefault(" ".join(words), Candidate(text, words)).kinds.add(kind)
    sites = _sites(head)
    headlines = [candidate for key, candidate in found.items() if key not in sites]
    return headlines or list(found.values())


def folded(text: str) -> str:
    """Return a claim as printed: entities read, white space folded, soft hyphens dropped."""
    plain = html.unescape(text[:LONGEST]) if "&" in text else text[:LONGEST]
    return " ".join(plain.replace("\u00ad", "").split())


def words_of(text: str) -> tuple[str, ...]:
    """Return the words by which two headlines are held equal: NFKC, case folded, no marks."""
    return tuple(_WORDS.findall(unicodedata.normalize("NFKC", text).casefold()))


def articles_of(head: Head) -> list[Mapping[str, object]]:
    """Return the JSON-LD objects that describe an article, the first claims first."""
    typed = [o for o in head.json_ld if "@type" in o]
    objects = [o for o in typed if any(map(_is_article, types_of(o)))]
    return objects or [o for o in head.json_ld if "headline" in o]


@lru_cache
def _is_article(type_name: str) -> bool:
    return ARTICLE_TYPE.search(type_name) is not None


def meta_text(head: Head, *names: str) -> str:
    """Return the content of the first meta with one of the names, earlier names first, or ""."""
    metas = dict(reversed(head.metas))
    return next((metas[name] for name in names if metas.get(name)), "")


def types_of(thing: Mapping[str, object]) -> list[str]:
    """Return the @type names of a JSON-LD object."""
    types = thing.get("@type")
    return [t for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]


def _claims(head: Head) -> Iterator[tuple[str, str]]:
    for thing in articles_of(head)[:4]:
        for name, kind in _LD.items():
            if isinstance(value := thing.get(name), str):
                yield kind, value
    metas = [(_METAS[name], value) for name, value in head.metas if name in _METAS]
    yield from metas
    h1 = [mark.text for mark in head.marks if mark.kind == "h1" and mark.text][:4]
    yield from (("h1" if at == 0 else "h1_more", text) for at, text in enumerate(h1))
    yield from (("headline", m.text) for m in head.marks[:200] if m.kind == "headline")
    tag = head.title_tag or ""
    yield "tag", tag
    for kind, value in [("tag", tag), *metas]:
        yield from _cuts(kind, folded(value))
    yield from (("after_colon", text.split(": ", 1)[1]) for text in [*h1[:1], tag] if ": " in text)


def _cuts(kind: str, text: str) -> Iterator[tuple[str, str]]:
    found = list(SEPARATOR.finditer(text))
    if found and kind != "meta":
        yield f"{kind}_cut", text[: found[-1].start()]
        yield "tail", text[found[0].end() :]
        if kind == "tag" and len(found) > 1:
            yield "tag_cut_more", text[: found[0].start()]


FEATURES = (
    *KINDS, "votes", "equal", "begins", "ends", "inside", "holds", "words", "share_of_longest",
    "chars", "full_stop", "question", "separator", "colon", "ends_with_site", "is_site", "rivals",
    "has_h1", "has_ld", "likeness", "h1_is_ld", "og_is_ld", "og_is_h1", "og_is_twitter",
    "og_is_tag", "upper", "in_description", "cut_short", "begins_any", "disagreement",
)  # fmt: skip


def claim_rows(head: Head, found: Sequence[Candidate]) -> NDArray[np.float64]:
    """Return a row of numbers for each candidate; `FEATURES` names the columns."""
    main: dict[str, str] = {}
    for candidate in found:
        for kind in candidate.kinds:
            main.setdefault(kind, candidate.key)
    page = _Claimed(
        main,
        [main[kind] for kind in PARENTS if kind in main],
        _sites(head),
        set(words_of(meta_text(head, "og:description", "description"))),
        max((len(candidate.words) for candidate in found), default=1),
        len(found),
    )
    rows = [_row(candidate, page) for candidate in found]
    return np.array(rows, np.float64).reshape(len(rows), len(FEATURES))


@dataclass(frozen=True, slots=True)
class _Claimed:
    """What the candidates of one page are compared with."""

    main: Mapping[str, str]
    parents: Sequence[str]
    sites: set[str]
    description: set[str]
    longest: int
    rivals: int


def _row(one: Candidate, page: _Claimed) -> list[float]:
    key, text, count = one.key, one.text, len(one.words)
    others = [parent for parent in page.parents if parent != key]
    same = page.main.get
    return [
        *(float(kind in one.kinds) for kind in KINDS),
        len(one.kinds),
        len(page.parents) - len(others),
        sum(other.startswith(key) for other in others),
        sum(other.endswith(key) for other in others),
        sum(key in other for other in others),
        sum(other in key for other in others),
        count, count / page.longest, len(text),
        text.endswith("."), text.endswith(("?", "!")),
        SEPARATOR.search(text) is not None, ": " in text,
        any(key.endswith(site) for site in page.sites), key in page.sites, page.rivals,
        "h1" in page.main, "ld_headline" in page.main,
        max((_likeness(one.words, other) for other in others), default=0.0),
        same("h1") == same("ld_headline"), same("og") == same("ld_headline"),
        same("og") == same("h1"), same("og") == same("twitter"), same("og") == same("tag"),
        text.isupper(),
        len(page.description & set(one.words)) / count if page.description else -1.0,
        text.endswith(("…", "...")),
        sum(claim.startswith(key) and claim != key for claim in page.main.values()),
        len(page.parents) - len(set(page.parents)),
    ]  # fmt: skip


def _sites(head: Head) -> set[str]:
    return {" ".join(words_of(meta_text(head, name))) for name in SITE_METAS} - {""}


def _likeness(words: Sequence[str], other: str) -> float:
    mine, theirs = set(words), set(other.split())
    return len(mine & theirs) / max(1, len(mine | theirs))
