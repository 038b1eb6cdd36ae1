"""Whom do the lines around the text name as its authors?

A text dump has no other credits. Most begin with a word such as "By"; a bare name counts where it
stands beside the date under the headline, or signs the text below its last line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from articles.extraction.beside import is_about_author
from articles.extraction.credit_lines import (
    Credit,
    is_bare,
    is_role,
    read_credit,
    read_inline,
    tells_time,
)
from articles.extraction.cues import WORDS, announced
from articles.extraction.menus import MENU
from articles.extraction.page import Page
from articles.model import BODY_ROLES, Block, Found, Role

BYLINE_CHARS = 120
NEAR_TITLE = 8
"""Blocks under the headline in which a byline may stand."""
LED_ABOVE, LED_BELOW = 4, 14
"""Blocks above and under it in which one may stand that begins with "By"."""
AT_END = 3
"""Blocks around the body's end in which one may stand."""
DATE_CHARS = 60
"""A line that gives the date has fewer characters."""
PLACE_WORDS = 2
"""Of the place, or the paper, that may stand between a name and the date."""
LEAD_BLOCKS = 3
"""The headline and the paragraphs in which a story names its subject."""
MENU_CHARS = 1_000
CONFIDENCE, SIGNED = 0.7, 0.6
_SIGNATURE = re.compile(r"^\s*(?:[—–]|--?)\s?(?P<name>[^\d\n]{4,60}?)\s*$")
_LONE_LEADS = frozenset(
    {"by", "von", "par", "por", "di", "door", "av", "af", "text", "autor", "author", "written by"}
    | {"author of the article", "article by", "story by", "kommentar von", "verfasst von"}
    | {"escrito por", "rédigé par", "scritto da", "autorin", "автор", "geschrieben von"}
)


def bylines(
    page: Page, roles: Sequence[Role], title_at: int | None
) -> Iterator[Found[tuple[str, ...]]]:
    """Yield what the blocks under the headline, then those at the text's end, credit.

    A bare name is stated only where the story does not speak of its bearer, and at the end only
    behind a dash, on the page's last line, or right above a line such as "Related news": of six
    others on labelled pages none was a name.
    """
    filled = [block for block in page.blocks if block.text and not block.text.isspace()]
    kept = [at for at, block in enumerate(filled) if roles[block.index] in BODY_ROLES]
    top = next((at for at, block in enumerate(filled) if block.index == title_at), None)
    first = kept[0] if kept else 0
    start = top + 1 if top is not None else max(0, first - 3)
    near = range(start, min(len(filled), max(start + NEAR_TITLE, first + 2)))
    story = _Story(filled, [*([top] if top is not None else []), *kept], top or 0)
    yield from _near_title(filled, near, story, titled=top is not None)
    above = range(max(0, start - 1 - LED_ABOVE), start)
    yield from _led(filled, [*above, *range(near.stop, start + LED_BELOW)])
    if kept and (inline := read_inline(filled[kept[0]].text)):
        yield Found(inline, "byline_in_lead", filled[kept[0]].index, confidence=CONFIDENCE)
    end = range(max(first, kept[-1] - 1), min(len(filled), kept[-1] + AT_END)) if kept else ()
    yield from _at_end(filled, end, near, story)


def _near_title(
    filled: Sequence[Block], near: range, story: "_Story", *, titled: bool
) -> Iterator[Found[tuple[str, ...]]]:
    """Yield what the blocks under the headline credit; names line by line are one credit."""
    credits_ = {at: credit for at in near if (credit := _credit(filled, at)) is not None}
    for at, credit in credits_.items():
        if credit.led:
            yield Found(credit.names, "byline", filled[at].index, confidence=CONFIDENCE)
        elif titled and (at - 1 not in credits_ or credits_[at - 1].led):
            run = [at]
            while run[-1] + 1 in credits_ and not credits_[run[-1] + 1].led:
                run.append(run[-1] + 1)
            told = any(credits_[one].told for one in run)
            named = dict.fromkeys(name for one in run for name in credits_[one].names)
            names = tuple(
                name
                for name in named
                if not story.knows_words(name) and not story.is_filed_under(name)
            )
            rule = "byline_told" if told else "byline_beside_date"
            if names and (told or _is_beside(filled, run[0], run[-1], near.start)):
                free = not any(story.tells_of(name, whole=told) for name in names)
                yield Found(names, rule, filled[at].index, free, SIGNED)


def _led(filled: Sequence[Block], places: Iterable[int]) -> Iterator[Found[tuple[str, ...]]]:
    """Yield what blocks credit that begin with a word such as "By"."""
    for at in places:
        credit = _credit(filled, at) if at < len(filled) else None
        if credit is not None and credit.led:
            yield Found(credit.names, "byline", filled[at].index, confidence=CONFIDENCE)


def _at_end(
    filled: Sequence[Block], end: Sequence[int], near: range, story: "_Story"
) -> Iterator[Found[tuple[str, ...]]]:
    for at in end:
        text = _folded(filled, at)
        credit = _credit(filled, at) if at not in near else None
        if credit is not None and credit.led:
            yield Found(credit.names, "byline", filled[at].index, confidence=CONFIDENCE)
        elif signature := _signed(text):
            name, dashed = signature
            below = _folded(filled, at + 1)
            closes = dashed or not below or announced(WORDS.findall(below.lower())) is Role.RELATED
            told = not dashed and story.holds(name)
            yield Found((name,), "signature", filled[at].index, closes and not told, SIGNED)


def _credit(filled: Sequence[Block], at: int) -> Credit | None:
    """Return whom a block credits; a lone "By" has its names on the next one."""
    text = filled[at].text[: 2 * BYLINE_CHARS]
    if len(" ".join(text.split())) > BYLINE_CHARS:
        return None
    if text.casefold().strip(" :\t\xa0") in _LONE_LEADS and at + 1 < len(filled):
        below = read_credit(filled[at + 1].text[:BYLINE_CHARS])
        return Credit(below.names, led=True) if below is not None else None
    return read_credit(text)


class _Story:
    """What the page says of a name, asked for only where a bare one was met."""

    def __init__(self, filled: Sequence[Block], told: Sequence[int], top: int) -> None:
        """Take the page, the places of its headline and body, and how much stands above them."""
        self._filled, self._told, self._top = filled, told, top

    def tells_of(self, name: str, *, whole: bool = False) -> bool:
        """Tell whether the headline or the lead speaks of a person, who is then the subject.

        Any word of the name counts, unless `whole`. A line about the author, who is named nowhere
        else, is not about the subject.
        """
        words = [name] if whole else [word for word in name.split() if len(word) > 2]
        others = [text for text in self._texts if not is_about_author(text, name)]
        lead = others if len(others) < len(self._texts) else others[:LEAD_BLOCKS]
        return _speaks(words, lead)

    def holds(self, name: str) -> bool:
        """Tell whether the story speaks of a person anywhere but in a line that is the name."""
        words = [word for word in name.split() if len(word) > 2]
        return _speaks(words, [text for text in self._texts if text.strip() != name])

    def is_filed_under(self, name: str) -> bool:
        """Tell whether a menu, a breadcrumb or a label above the headline has the name."""
        return name.casefold() in self._labels

    def knows_words(self, name: str) -> bool:
        """Tell whether the page uses all words of a name as words: "Product Reviews"."""
        return self._words.issuperset(word.lower() for word in name.split())

    @cached_property
    def _texts(self) -> list[str]:
        return [self._filled[at].text for at in self._told]

    @cached_property
    def _labels(self) -> set[str]:
        above = (block.text[:MENU_CHARS] for block in self._filled[: self._top])
        return {item.strip().casefold() for text in above for item in MENU.split(text)}

    @cached_property
    def _words(self) -> set[str]:
        page = "\n".join(block.text for block in self._filled)
        return {word for word in WORDS.findall(page) if word.islower()}


def _speaks(words: Sequence[str], texts: Sequence[str]) -> bool:
    whole = "\n".join(texts).casefold()
    return any(word.casefold() in whole for word in words)


def _folded(filled: Sequence[Block], at: int) -> str:
    """Return the start of a block, white space folded; "" beyond the page's ends."""
    return " ".join(filled[at].text[:BYLINE_CHARS].split()) if 0 <= at < len(filled) else ""


def _is_beside(filled: Sequence[Block], first: int, last: int, start: int) -> bool:
    """Tell whether the line below, or the one above if not the headline, says that names wrote."""
    beside = [_folded(filled, last + 1), _folded(filled, first - 1) if first > start else ""]
    if len(beside[0].split()) <= PLACE_WORDS:
        beside.append(_folded(filled, last + 2))
    return any(len(text) < DATE_CHARS and (tells_time(text) or is_role(text)) for text in beside)


def _signed(text: str) -> tuple[str, bool] | None:
    """Return the name that signs a text, and whether a dash stands before it."""
    signature = _SIGNATURE.match(text)
    name = signature["name"] if signature else text
    return (name, signature is not None) if is_bare(name) else None
