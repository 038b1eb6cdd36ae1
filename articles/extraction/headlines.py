"""Which block shows the headline, as far as rules can tell?

The headline shares its rare words with the article, often stands twice or in the breadcrumb, and
stands where the article starts.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from articles.extraction import cues
from articles.extraction.claims import meta_text
from articles.extraction.dates import read_stamps
from articles.extraction.dom import TAGS
from articles.extraction.lines import KEPT, Line
from articles.extraction.page import Layout, Page
from articles.model import Found

DATE_LIKE = re.compile(r"\d(?:(?<!\w\d)(?:\d{3}|\d?:\d\d)\b|\d?[./-]\d{1,2}[./-]\d\d|年|일)")
BREADCRUMB = re.compile(r"\s(?:[/／>›»|]|::)\s")
_CLOCK = re.compile(r"\d:\d\d")
_NUMBERED = re.compile(r"\W*[^\W\d]+(?:\s[^\W\d]+){0,3}\s?[:：#]\s?[\d\s./-]+\W*$")
"""A number and what it counts: "News code: 8412335"."""
DATED_WORDS = 9
"""A line of more is no date, whatever days it names."""
UNSPACED = re.compile("[\u0e01-\u0e5b\u3041-\u30ff\u3400-\u9fff]")
"""Thai, kana, Chinese characters: two to a word where no blanks part the words."""
TICKER = re.compile(r"\+\+\+|(?:\s[•·▪●■]\s.*){2}")
"""What parts the headlines of a ticker that runs in one line."""
_BY = re.compile(
    r"(?:by|von|par|por|di|door|av|af|text:|från|od|yazan|автор|бу|بقلم|كتب)\s+[^\W\d_]+(?:\s|$)",
    re.IGNORECASE,
)
_REPORTERS = ("記者", "기자", "记者")
FARTHEST = 60  # lines above the start of the text that a headline may stand
OFFER_WORDS = 10
BYLINE_WORDS = 7  # "Von München bis Aachen: Im Netz der Agenten" names no author
HEADINGS = frozenset(map(TAGS.index, ("h1", "h2", "h3", "h4")))
MENU_GAP = re.compile(r" {3}|\t|\u3000(?:[^\u3000]+\u3000){2}")
"""What parts the items of a menu; a wide blank or two also parts the halves of a 見出し."""

_OFFER = re.compile(
    r"(?:\b(?:only|nur|s[oó]lo|solamente|exclusiv\w{0,4}|réservée?s?|reservado|riservat[oa]|alleen)"
    r" (?:for|to|für|para|aux?|a|agli|voor) (?:\w+ )?(?:subscribers?|members|abonnent\w*|mitglieder"
    r"|suscriptores|registrados|usuarios|abonnés|membres|assinantes|abbonati|leden)\b"
    r"|^(?:jetzt )?(?:in der app |(?:den |diesen )?artikel )?(?:anhören|vorlesen)\b"
    r"|^listen to (?:this|the) (?:article|story)\b"
    r"|^(?:escuchar?|écoute[rz]|ascolta|ouvir|ouça)(?: (?:el|la|l['’]|cet|este|esta|o|a))?"
    r" ?(?:artículo|noticia|article|articolo|artigo|notícia)\b)"
)
"""What a page offers beside the story: to listen to it, to do something as a subscriber only."""


def is_byline(text: str) -> bool:
    """Tell whether a line names who wrote the article."""
    return _BY.match(text) is not None or text.endswith(_REPORTERS)


def headline(page: Page, lines: Sequence[Line]) -> int | None:
    """Return the index of the block that shows the headline, or None.

    The headline shares its rare words with the article, often stands twice or in the breadcrumb,
    and stands where the article starts.
    """
    if page.head is not None and (claimed := _claimed_headline(page, lines)) is not None:
        return claimed
    start = _start(lines)
    kept = (set(line.words) for line in lines[start:] if line.score >= KEPT)
    shared = Counter(chain.from_iterable(kept))
    crumbs = " | ".join(line.key for line in lines[:start] if BREADCRUMB.search(line.text))
    counts = Counter(line.key for line in lines)
    best, best_score = None, 0.0
    for at, line in enumerate(lines[: start + 2]):
        if at < start - FARTHEST or not _may_be_headline(line):
            continue
        rare = {w for w in line.words if len(w) > 3} or set(line.words)
        own = line.score >= KEPT and at >= start
        overlap = sum(shared[w] > own for w in rare) / len(rare)
        again = counts[line.key] > 1 or line.key in crumbs
        ends = line.text.endswith((".", "。", ":", "…"))
        score = overlap + 0.3 * again - 0.5 * ends - 0.02 * abs(start - at)
        score += 0.2 * (4 <= line.weight <= 24) - 0.3 * (at > start)
        if score > best_score:
            best, best_score = line.block, score
    return best


def settled(page: Page, lines: Sequence[Line], ranked: list[Found[str]]) -> list[Found[str]]:
    """Return the ranked headlines of a page with the rules' word on which are stated.

    A menu or a credit is no headline, however it ranks; and where the ranker is not sure, a line
    that the rules hold for the headline as well is one.
    """
    if page.layout is not None:
        return [*_heading(page, page.layout, lines, ranked), *ranked]
    asked = {one.block for one in ranked}
    by_block = {line.block: line for line in lines if line.block in asked}
    ranked = [
        replace(one, stated=False)
        if one.block in by_block and not _may_be_headline(by_block[one.block])
        else one
        for one in ranked
    ]
    if not ranked or any(one.stated for one in ranked):
        return ranked
    shown = headline(page, lines)
    agreed = [one for one in ranked if one.block == shown and shown is not None]
    if agreed:
        others = [one for one in ranked if one is not agreed[0]]
        return [replace(agreed[0], stated=True, rule=agreed[0].rule + "_agreed"), *others]
    return ranked


def _heading(
    page: Page, layout: Layout, lines: Sequence[Line], ranked: Sequence[Found[str]]
) -> Iterator[Found[str]]:
    """Yield the heading above the text where all that is claimed is a title tag nobody sees.

    Small sites write their name there on every page: "Parish Newsletter".
    """
    claimed = ranked[0] if ranked else None
    if claimed is None or claimed.block is not None or claimed.rule != "tag":
        return
    shown = headline(page, lines)
    if shown is not None and layout.tag[layout.element[shown]] in HEADINGS:
        yield replace(claimed, value=page.blocks[shown].text, rule="heading_shown", block=shown)


def _claimed_headline(page: Page, lines: Sequence[Line]) -> int | None:
    """Return the block that shows what the head claims as title, or the only h1."""
    if page.head is None:
        return None
    claims = [page.head.title_tag or "", meta_text(page.head, "og:title", "twitter:title")]
    keys = {" ".join(cues.WORDS.findall(claim.lower())) for claim in claims if claim}
    shown = [mark.block for mark in page.head.marks if mark.kind == "h1" and mark.block is not None]
    for line in lines:
        if line.key in keys and len(line.words) > 1:
            return line.block
    return shown[0] if len(shown) == 1 else None


def _start(lines: Sequence[Line]) -> int:
    """Return where the heaviest run of likely body begins."""
    best = total = 0.0
    start = since = 0
    for at, line in enumerate(lines):
        if total <= 0:
            total, since = 0.0, at
        total += (line.score - 0.4) * min(line.weight, 60.0)
        if total > best:
            best, start = total, since
    return start


def _may_be_headline(line: Line) -> bool:
    words = max(line.weight, len(UNSPACED.findall(line.text)) / 2)
    if not 3 <= words <= 35 or any(sign.search(line.text) for sign in (BREADCRUMB, MENU_GAP)):
        return False
    if TICKER.search(line.text):
        return False
    if (line.weight <= BYLINE_WORDS and is_byline(line.text)) or _is_credit_or_notice(line):
        return False
    if line.weight <= OFFER_WORDS and _OFFER.search(line.lower.lstrip()):
        return False
    return not _is_dated(line) and cues.announced(line.words) is None


def _is_dated(line: Line) -> bool:
    """Tell a short line that gives a day, a time or a number: "Euro 2024: Spain win" does not."""
    if line.weight > DATED_WORDS:
        return False
    if _NUMBERED.match(line.text):
        return True
    dated = DATE_LIKE.search(line.text) is not None
    return dated and bool(_CLOCK.search(line.text) or read_stamps(line.text))


def _is_credit_or_notice(line: Line) -> bool:
    if line.stems.isdisjoint(cues.CREDIT_STEMS | cues.NOTICE_STEMS) and line.text.isascii():
        return False
    return bool(cues.CREDIT.search(line.lower) or cues.NOTICE.search(line.lower))
