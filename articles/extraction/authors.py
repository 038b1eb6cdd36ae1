"""Who wrote the article, as the page states it?

People only: JSON-LD persons, metas, elements marked as authors, and the bylines printed near the
headline or at the end of the text, which are all that a text dump has.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from articles.extraction.bylines import bylines
from articles.extraction.credit_lines import FULL_NAME, PHOTO
from articles.extraction.names import AGENCY, LEAD, NOT_NAMES, people
from articles.extraction.page import Head, Page
from articles.extraction.title_claims import articles_of, meta_text, types_of
from articles.model import Found, Role

METAS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "cxenseparse:author", "article:author_name", "authors", "byline",
)  # fmt: skip
LABELS = re.compile(
    r"written|author|von\b|verfasst|autor|écrit|escrito|skriv|door|geschreven|napisa|автор",
    re.IGNORECASE,
)
"""What `twitter:label1` says where `twitter:data1` holds the author."""
MARKED_CHARS = 90
MARKS_READ = 4
CONFIDENCE = {
    "ld": 0.9,
    "meta": 0.85,
    "mark": 0.75,
    "organisation": 0.6,
    "single": 0.4,
}
_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.|facebook\.com", re.IGNORECASE)


def authors(
    page: Page, roles: Sequence[Role], title_at: int | None
) -> list[Found[tuple[str, ...]]]:
    """Return the sets of authors that the page states, best first.

    `roles` has one role a block, `title_at` is the headline's block. A lone word such as
    "Monika" is kept as a candidate and not stated.
    """
    claimed = list(_claimed(page.head)) if page.head is not None else []
    found = [*claimed, *bylines(page, roles, title_at)]
    return sorted(found, key=lambda one: not one.stated)


def _claimed(head: Head) -> Iterator[Found[tuple[str, ...]]]:
    """Yield what the head claims: people first, then organisations where no person is named."""
    sites = _sites(head)
    persons = 0
    for kind, credits_ in _credits(head):
        names = _joined(people(credit, sites) for credit in credits_)
        if kind == "mark":
            names = tuple(name for name in names if FULL_NAME.match(name) or not name.isascii())
        if names:
            full = any(len(name.split()) > 1 or not name.isascii() for name in names)
            persons += full
            rule = f"{kind}_author"
            yield Found(names, rule, stated=full, confidence=CONFIDENCE[kind if full else "single"])
    if not persons:
        yield from _organisations(head)


def _credits(head: Head) -> Iterator[tuple[str, list[str]]]:
    """Yield the claims by kind, one list for each place that makes one."""
    for thing in articles_of(head)[:3]:
        yield "ld", _names_of(thing.get("author"), organisations=False)
    if LABELS.search(meta_text(head, "twitter:label1")):
        yield "meta", [meta_text(head, "twitter:data1")]
    for name in METAS:
        yield "meta", [v for key, v in head.metas if key == name and not _ADDRESS.search(v)]
    for text in _marked(head):
        yield "mark", [] if PHOTO.search(text) else [text]


def _marked(head: Head) -> list[str]:
    """Return the texts marked as authors, up to the first that credits an agency.

    What is marked further down are the authors of other stories and of comments.
    """
    texts = [m.text for m in head.marks if m.kind == "author" and 2 < len(m.text) < MARKED_CHARS]
    own = list(takewhile(lambda text: not AGENCY.match(LEAD.sub("", text)), texts))
    return own[:MARKS_READ]


def _organisations(head: Head) -> Iterator[Found[tuple[str, ...]]]:
    """Yield the organisation that the head names as the author (docs/adr/0032)."""
    for thing in articles_of(head)[:1]:
        claimed = _names_of(thing.get("author"), organisations=True)
        names = _joined((text.strip(),) for text in claimed if _names_one(text))
        if names:
            yield Found(names, "ld_organisation", confidence=CONFIDENCE["organisation"])


def _names_one(text: str) -> bool:
    return bool(text.strip()) and not NOT_NAMES.match(text.strip())


def _names_of(author: object, *, organisations: bool) -> list[str]:
    """Return the names of JSON-LD's author, which may be a text, an object or a list of both."""
    names: list[str] = []
    for one in author if isinstance(author, list) else [author]:
        if isinstance(one, str):
            names.append(one)
        elif isinstance(one, Mapping) and (organisations or not _is_organisation(one)):
            name = one.get("name")
            names.extend(
                n for n in (name if isinstance(name, list) else [name]) if isinstance(n, str)
            )
    return [name for name in names if not _ADDRESS.search(name)]


def _is_organisation(thing: Mapping[str, object]) -> bool:
    return any("rgani" in kind for kind in types_of(thing))


def _sites(head: Head) -> frozenset[str]:
    """Return the names by which the page calls its own site, case folded."""
    names = [meta_text(head, "og:site_name"), meta_text(head, "application-name")]
    for thing in articles_of(head):
        publisher = thing.get("publisher")
        if isinstance(publisher, Mapping) and isinstance(name := publisher.get("name"), str):
            names.append(name)
    return frozenset(name.casefold().strip() for name in names if name)


def _joined(many: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for some in many:
        for name in some:
            names.setdefault(name.casefold(), name)
    return tuple(names.values())
