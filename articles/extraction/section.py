"""Under which section did the site publish the article?"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlsplit

from articles.extraction.dates import read_stamps
from articles.extraction.names import LEAD
from articles.extraction.page import Head, Page
from articles.extraction.stamp_places import DATED_LINE
from articles.extraction.title_claims import articles_of, folded
from articles.model import Block, Found

METAS = (
    "article:section", "parsely-section", "sailthru.section", "cxenseparse:section", "section",
    "article.section", "dc.subject.section", "og:article:section",
)  # fmt: skip
LONGEST = 40
ABOVE_TITLE = 4
"""Blocks above the headline in which a crumb or a section's name may stand."""
NEAR_TITLE = 4
MENU = 3
"""Known sections right above the headline that are a menu, none of them the page's."""
KNOWN = re.compile(
    r"opinion|columns?|comment(?:ary)?|editorial|world|politics|business|economy|sports?|culture"
    r"|local|national|international|science|health|technology|tech|travel|lifestyle|education"
    r"|politik|wirtschaft|sport|kultur|meinung|kommentar|wissen|panorama|regional|lokales"
    r"|politique|économie|monde|société|opinions|política|economía|mundo|deportes|opinión|cultura"
    r"|sociedad|economia|opinião|esporte|politica|cronaca|esteri|политика|экономика|мир|спорт"
    r"|культура|общество|мнение|سياسة|اقتصاد|رياضة|رأي|社会|政治|経済|国際|スポーツ|정치|경제|사회",
    re.IGNORECASE,
)
"""Names that a line of its own above the headline must be one of to count."""
_NOT_SECTIONS = re.compile(
    r"home(?:page)?|start(?:seite)?|inicio|accueil|latest"
    r"|(?:latest )?(?:news|updates?|stories|articles)"
    r"|article|story|by|published|posted|updated|главная|الرئيسية|首页|ホーム|記事|홈|\d+|index|\w{2}|amp|archive",
    re.IGNORECASE,
)
_CRUMB = re.compile(r"\s[/>›»|]\s|\s?[›»]\s?")
_ARROW = re.compile(r"\s?[›»＞]\s?|\s>\s")
_TRAIL = re.compile(r"[^›»＞>|·•]{3,40}(?:(?:\s?[›»＞]\s?|\s>\s)[^›»＞>|·•]{3,30}){1,3}")
"""A breadcrumb that does not end in the headline: "Harrow Echo › Weekend › People"."""
LINES, LINE_CHARS, SENTENCE_BLANKS = 100, 1_000, 4
"""What is read of a page to learn what it speaks of, and the blanks of more than a label."""
_FILED = re.compile(r"^in\s+(?P<name>[^,\n]{3,30})(?:,.*)?$")


def sections(page: Page, title_at: int | None, people: Collection[str] = ()) -> list[Found[str]]:
    """Return the sections the page names, best first.

    Metadata, breadcrumbs, "World | 4 July" beside the date, and a known section's name above the
    headline are stated; the first part of the address is only inferred. `people` are the
    article's authors: "Ann Lee | 4 July" names no section.
    """
    found = [*_claimed(page.head)] if page.head is not None else []
    found += [one for one in _printed(page, title_at) if one.value not in people]
    found += _of_address(page)
    once: dict[str, Found[str]] = {}
    for one in found:
        once.setdefault(one.value.casefold(), one)
    return list(once.values())


def _claimed(head: Head) -> Iterator[Found[str]]:
    for name in METAS:
        yield from (
            _found(value, "meta", 0.95) for key, value in head.metas if key == name and value
        )
    for thing in articles_of(head)[:2]:
        section = thing.get("articleSection")
        for value in section if isinstance(section, list) else [section]:
            if isinstance(value, str) and value.strip():
                yield _found(value, "ld", 0.9)
    yield from _crumbs([mark.text for mark in head.marks if mark.kind == "breadcrumb"], None)


def _crumbs(names: Sequence[str], block: int | None) -> Iterator[Found[str]]:
    """Yield the crumbs that are sections, the most particular first."""
    for name in reversed(names):
        if 2 < len(name.strip()) <= LONGEST and not _NOT_SECTIONS.fullmatch(name.strip()):
            yield _found(name, "breadcrumb", 0.8, block)


def _printed(page: Page, title_at: int | None) -> Iterator[Found[str]]:
    if title_at is None:
        return
    filled = [block for block in page.blocks if block.text and not block.text.isspace()]
    top = next((at for at, block in enumerate(filled) if block.index == title_at), 0)
    for block in filled[top + 1 : top + 1 + NEAR_TITLE]:
        dated = DATED_LINE.match(block.text[:120])
        if dated and not LEAD.match(dated["name"]):
            yield _found(dated["name"], "beside_date", 0.85, block.index)
    above = range(top - 1, max(-1, top - 1 - ABOVE_TITLE), -1)
    menu = sum(KNOWN.fullmatch(filled[at].text.strip()) is not None for at in above) >= MENU
    for at in above:
        for one in _above(filled, at, top):
            yield replace(one, stated=False) if menu and one.rule == "above_title" else one


def _above(filled: Sequence[Block], at: int, top: int) -> Iterator[Found[str]]:
    """Yield what a block above the headline names: a trail of crumbs, a section, "in Columns"."""
    block, title = filled[at], filled[top].text.strip().casefold()
    text = " ".join(block.text[:300].split())
    parts = _CRUMB.split(text)
    if len(parts) > 1 and parts[-1].casefold() in title:
        yield from _crumbs(parts[:-1], block.index)
    elif _TRAIL.fullmatch(text):
        yield from _crumbs(_ARROW.split(text)[1:], block.index)
    elif KNOWN.fullmatch(text):
        yield _found(text, "above_title", 0.75, block.index)
    elif filed := _FILED.match(text):
        yield _found(filed["name"], "above_title", 0.75, block.index)
    elif at and _is_part(filled, at, top):
        yield _found(text, "below_section", 0.7, block.index)


def _is_part(filled: Sequence[Block], at: int, top: int) -> bool:
    """Tell whether a line is a part of the section named above it, and no author above a date."""
    if not KNOWN.fullmatch(filled[at - 1].text[: LONGEST + 1].strip()):
        return False
    below = (block.text[:LINE_CHARS] for block in filled[at + 1 : top])
    return not any(map(read_stamps, below)) and _is_told_of(filled[at].text.strip(), filled[top:])


def _is_told_of(name: str, blocks: Sequence[Block]) -> bool:
    """Tell whether the story or a line about it speaks of what stands below a section's name.

    Under "Sport" a menu lists its parts; only one that the text is about is the page's. Short
    lines are menus again.
    """
    if not 3 < len(name) <= LONGEST // 2 or _NOT_SECTIONS.fullmatch(name):
        return False
    lines = (block.text[:LINE_CHARS] for block in blocks[:LINES])
    whole = "\n".join(line for line in lines if line.count(" ") >= SENTENCE_BLANKS)
    return re.search(rf"\b{re.escape(name)}\b", whole, re.IGNORECASE) is not None


def _of_address(page: Page) -> Iterator[Found[str]]:
    url = page.url or (page.head.canonical if page.head else None) or ""
    try:
        parts = [part for part in urlsplit(url[:2_000]).path.split("/") if part]
    except ValueError:  # "http://[" is no address
        return
    first = next((part for part, _ in pairwise(parts) if not _NOT_SECTIONS.fullmatch(part)), None)
    if first is not None and first.replace("-", "").isalpha() and len(first) <= LONGEST // 2:
        yield Found(first, "address", stated=False, confidence=0.4)


def _found(value: str, rule: str, confidence: float, block: int | None = None) -> Found[str]:
    return Found(folded(value)[:LONGEST], rule, block, confidence=confidence)
