"""Whom do the lines around the text name as its authors?

A text dump has no other credits. Most begin with a word such as "By"; a bare name counts where it
stands beside the date under the headline, or signs the text below its last line.
"""

import re
from collections.abc import Iterator, Sequence

from articles.extraction.cues import WORDS, announced
from articles.extraction.dates import read_stamps
from articles.extraction.mastheads import COMMON, is_press_name
from articles.extraction.names import LEAD, LEAD_JOINED, is_name, parts, people
from articles.extraction.page import Page
from articles.extraction.section import KNOWN
from articles.model import BODY_ROLES, Block, Found, Role

BYLINE_CHARS = 120
NEAR_TITLE = 8
"""Blocks under the headline in which a byline may stand."""
AT_END = 3
"""Blocks around the body's end in which one may stand."""
DATE_CHARS = 60
"""A line that gives the date has fewer characters."""
LEAD_BLOCKS = 3
"""The headline and the paragraphs in which a story names its subject."""
CONFIDENCE, SIGNED = 0.7, 0.6
REPORTER = re.compile(r"^\s*([가-힣]{2,4}|[一-鿿]{2,4})\s?(?:기자|특파원|記者|记者)(?!\w)")
FULL_NAME = re.compile(r"^[^\W\d_a-z][\w.'’-]*(?:\s+(?:[^\W\d_][\w.'’-]*)){1,4}$")
_PARTICLES = (
    r"de|del|della|di|da|dos|das|do|du|des|la|le|el|van|von|der|den|ter|ten|zu|zur|bin|ibn|al|y|e"
)
_BARE = re.compile(
    rf"[^\W\d_a-zß-öø-ÿ][\w'’-]{{1,20}}\.?(?:\s(?:(?:{_PARTICLES})\s){{0,2}}"
    r"(?:[^\W\d_a-zß-öø-ÿ][\w'’-]{1,20}|[^\W\d_a-z]\.)){1,3}"
)
"""Two to four words with capitals, as names are written where there are capitals."""
_UNCASED = re.compile(r"[^\W\d_A-Za-zÀ-ɏ\u0370-\u052f]|\b[а-яёіїєґα-ω]|[a-zß-öø-ÿ][A-Z][A-Z]")
"""Letters that know no capitals, which a bare name needs; items that a converter ran together."""
_BEFORE_DATE = re.compile(
    r"^([^\W\d_][^\d|·•\n]{4,60}?)\s+[|·•]\s+(?=.{0,24}(?:19|20)\d\d\b.{0,24}$)"
)
"""A name and a date on one line: "Eva Kern | March 30, 2021"."""
_LABEL = re.compile(
    r"^\W*(?:interview|entrevista|intervista|entretien|words|reporting|reportage|protokoll"
    r"|интервью|репортаж|wywiad|haastattelu)\s?[:：]\s*",
    re.IGNORECASE,
)
"""What stands before a name and a colon only; without one it begins a headline."""
_ROLE = (
    r"(?:(?:\w+\s){0,2}(?:reporter|correspondent|editor|writer|columnist|critic|redakteur(?:in)?"
    r"|korrespondent(?:in)?|journaliste?|corresponsal|redactora?|corrispondente|корреспондент))"
)
_BEFORE_ROLE = re.compile(rf"({_BARE.pattern})\s?,\s(?i:{_ROLE})")
_SIGNATURE = re.compile(r"^\s*(?:[—–]|--?)\s?(?P<name>[^\d\n]{4,60}?)\s*$")
_PHOTO = re.compile(r"foto|photo|image|bild\b|picture|\bcopyright|©", re.IGNORECASE)
_LONE_LEADS = frozenset(
    {"by", "von", "par", "por", "di", "door", "av", "af", "text", "autor", "author"}
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
    near = range(start, min(len(filled), start + NEAR_TITLE))
    end = range(max(first, kept[-1] - 1), min(len(filled), kept[-1] + AT_END)) if kept else range(0)
    subject = _Story([filled[at].text for at in [*([top] if top is not None else []), *kept]])
    for at in [*near, *(place for place in end if place not in near)]:
        block = filled[at]
        text = " ".join(block.text[: 2 * BYLINE_CHARS].split())
        if len(text) > BYLINE_CHARS:
            continue
        if names := _byline(text, _folded(filled, at + 1)):
            yield Found(names, "byline", block.index, confidence=CONFIDENCE)
        elif at in near and top is not None and _is_bare(text) and _beside_date(filled, at, top):
            told = subject.begins_with(text)
            yield Found((text,), "byline_beside_date", block.index, not told, SIGNED)
        elif at in end and (signature := _signed(text)):
            name, dashed = signature
            below = _folded(filled, at + 1)
            closes = dashed or not below or announced(WORDS.findall(below.lower())) is Role.RELATED
            told = not dashed and subject.holds(name)
            yield Found((name,), "signature", block.index, closes and not told, SIGNED)


class _Story:
    """The words of the headline and the body, asked for only where a bare name was met."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    def begins_with(self, name: str) -> bool:
        """Tell whether the headline or the lead speaks of a person, who is then the subject."""
        return self._speaks(name, self.texts[:LEAD_BLOCKS])

    def holds(self, name: str) -> bool:
        """Tell whether the story speaks of a person anywhere but in a line that is the name."""
        return self._speaks(name, [text for text in self.texts if text.strip() != name])

    def _speaks(self, name: str, texts: Sequence[str]) -> bool:
        whole = "\n".join(texts).casefold()
        return any(word in whole for word in name.casefold().split() if len(word) > 2)


def _folded(filled: Sequence[Block], at: int) -> str:
    """Return the start of a block, white space folded; "" beyond the page's ends."""
    return " ".join(filled[at].text[:BYLINE_CHARS].split()) if 0 <= at < len(filled) else ""


def _byline(text: str, following: str) -> tuple[str, ...]:
    """Return the people of a byline; a lone "By" has its names on the next line."""
    if _PHOTO.search(text):
        return ()
    if text.casefold().strip(" :") in _LONE_LEADS:
        return tuple(name for name in parts(following) if is_name(name) and FULL_NAME.match(name))
    if reporter := REPORTER.match(text):
        return (reporter[1],)
    if dated := _BEFORE_DATE.match(text):
        names = people(dated[1])
        strict = all(FULL_NAME.match(name) and not KNOWN.search(name) for name in names)
        return names if strict else ()
    if label := _LABEL.match(text):
        names = people(text[label.end() :])
        return names if all(_is_bare(name) for name in names) else ()
    if (roled := _BEFORE_ROLE.fullmatch(text)) and _is_bare(roled[1]):
        return (roled[1],)
    lead = LEAD.match(text) or LEAD_JOINED.match(text)
    if lead is None:
        return ()
    names = people(text)
    unspaced = LEAD_JOINED.match(text) is not None or not text.isascii()
    return names if all(FULL_NAME.match(name) or unspaced for name in names) else ()


def _is_bare(text: str) -> bool:
    """Tell a line that is a person's name and nothing else."""
    if not _BARE.fullmatch(text) or not is_name(text) or is_press_name(text):
        return False
    if LEAD.match(text):  # "Von DPA" is a credit, if not of a person
        return False
    words = text.casefold().split()
    if _UNCASED.search(text) or announced(words) is not None or len(set(words)) < len(words):
        return False
    own = [word for word in text.split() if word[0].isupper()]
    return not any(COMMON.fullmatch(word) or KNOWN.fullmatch(word) for word in own)


def _beside_date(filled: Sequence[Block], at: int, top: int) -> bool:
    """Tell whether the line below, or the one above if that is not the headline, is a date."""
    beside = [_folded(filled, at + 1), _folded(filled, at - 1) if at - 1 > top else ""]
    return any(len(text) < DATE_CHARS and read_stamps(text) for text in beside)


def _signed(text: str) -> tuple[str, bool] | None:
    """Return the name that signs a text, and whether a dash stands before it."""
    signature = _SIGNATURE.match(text)
    name = signature["name"] if signature else text
    return (name, signature is not None) if _is_bare(name) else None
