"""Whom does a line credit with the article, and does it say itself that they wrote it?

"By Ann Lee" says so, and so does a name with a role, a time or an address beside it: "Ann Lee |
5 min read". A bare name says nothing; what stands around it may.
"""

import re
from dataclasses import dataclass

from articles.extraction.cues import WORDS, announced
from articles.extraction.dates import read_stamps
from articles.extraction.mastheads import COMMON, is_press_name
from articles.extraction.months import months_named
from articles.extraction.names import (
    AGENCY,
    LEAD,
    LEAD_JOINED,
    NOBODY,
    NOT_NAMES,
    SPLIT,
    is_name,
    parts,
    people,
)
from articles.extraction.section import KNOWN
from articles.extraction.stamp_places import PUBLISHED, UPDATED

TIME_WORDS = 8
SENTENCE_BLANKS = 10
"""A line with so many that ends as sentences do credits nobody."""
INLINE_CHARS = 80
"""Where in a paragraph its reporters are named, at most."""
FULL_NAME = re.compile(r"^[^\W\d_a-z][\w.'’-]*(?:\s+(?:[^\W\d_][\w.'’-]*)){1,4}$")
REPORTER = re.compile(
    r"^[\s\[(（【]*(?:[가-힣]{2,6}(?:일보|신문|뉴스|경제|방송)\s)?"
    r"(?P<name>[가-힣]{2,4}|[一-鿿]{2,4})\s?(?:기자|특파원|記者|记者)(?!\w)"
)
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
_LABEL = re.compile(
    r"^\W*(?:interview|entrevista|intervista|entretien|words|reporting|reportage|protokoll"
    r"|интервью|репортаж|wywiad|haastattelu)\s?[:：]\s*",
    re.IGNORECASE,
)
"""What stands before a name and a colon only; without one it begins a headline."""
_GENRE = re.compile(
    r"^(?:(?:ein|eine|un|une|una|en|et)\s)?(?:kommentar|kolumne|analyse|gastbeitrag|essay|reportage"
    r"|leitartikel|glosse|porträt|rezension|kritik|bericht|interview|chronique|tribune|éditorial"
    r"|columna|análisis|crónica|commento|analisi|recensione|kommentti|analys|krönika)\s"
    r"(?=(?:von|par|por|de|di|av|af)\s)",
    re.IGNORECASE,
)
"""What a by-line may begin with: "Ein Kommentar von"."""
_ROLE_WORD = (
    r"(?:(?:\w+-)?(?:reporter|correspondent|editor|writer|columnist|critic|producer|contributor"
    r"|redakteur(?:in)?|korrespondent(?:in)?|reporterin|journalist(?:in)?|journaliste|redaktør"
    r"|corresponsal|redactora?|periodista|corrispondente|giornalista|dziennikarz|redaktor(?:ka)?"
    r"|repórter|jornalista|toimittaja|корреспондент|журналист)s?)"
)
_ROLE = re.compile(rf"(?i:(?:[\w'’&-]+,?\s){{0,4}}{_ROLE_WORD}(?:\s[\w,'’&-]+){{0,4}})")
_ROLE_SIGN = re.compile(rf"\b{_ROLE_WORD}\b", re.IGNORECASE)
_MODIFIER = (
    r"(?:news|senior|chief|staff|deputy|political|sports?|business|lifestyle|science|health)"
)
_NAME_AND_ROLE = re.compile(
    rf"(?P<name>{_BARE.pattern}?)"
    rf"(?:\s(?i:(?:{_MODIFIER}\s){{0,2}}{_ROLE_WORD})|,\s{_ROLE.pattern})"
)
_NAME_AND_PLACE = re.compile(
    rf"(?P<name>{_BARE.pattern}?)\s(?:at|in|aus|à|en|a|te|i|iz|z)\s[^\W\d_a-z]\w+(?:\s[^\W\d_a-z]\w+)?"
)
"""Who reports from where: "Ann Lee at Harrow Park"; only a date beside it tells."""
_AGO = re.compile(
    r"\d+\s?(?:min|mins|minutes?|hours?|hrs?|days?|secs?|seconds?|minuten|stunden?|tag(?:en)?|std)\b"
    r"|\d\d?:\d\d|\b(?:vor|hace|il y a|för|for|há|przed)\s\d",
    re.IGNORECASE,
)
"""A time of day, how long ago, or how long it takes to read."""
_BETWEEN = re.compile(
    r"\s*[|•·]\s*|\s+/\s+|\s+[–—-]\s+|\s{2,}|[\t\u3000]|(?<![\d\s]),\s+(?=\d)"
    r"|(?<=[a-zß-ÿа-я])(?=\d)|\s?(?=@\w+(?![\w.-]))"
    r"|\s[(<]?(?=[\w.+-]+@\w[\w-]*\.\w)"
)
"""What parts a name from what stands beside it; a slash without blanks credits a picture."""
_GLUED = re.compile(r"(?<![^\W\d_])([^\W\d_]+[a-zß-ÿ])(?=[A-ZÀ-Þ][a-zß-ÿ]{2})")
"""Where a converter ran words together: "MackenzieLifestyle Writer"."""
_NAME_STARTS = frozenset(
    {"mc", "mac", "de", "del", "della", "di", "da", "du", "le", "la", "van", "von", "fitz", "el"}
)
"""What names begin with before another capital: "McCarthy", "DeVito"."""
_BY_GLUED = re.compile(r"^[Bb]y(?=[A-Z][a-z])")
_BULLET = re.compile(r"^\s*(?:[*•▪◦-]\s+)?")
_TIME_AND_BY = re.compile(r"(?P<time>[^\n]{6,30}?)\s(?=(?:by|von|par|por)\s)", re.IGNORECASE)
"""A date may stand before the lead: "3 May 2024 by Ann Lee"."""
_STAMPED = re.compile(rf"(?:released|last|{PUBLISHED.pattern}|{UPDATED.pattern})", re.IGNORECASE)
"""What a date is told with: "Published Friday"."""
_NAME_AND_TIME = re.compile(r"(?P<name>[^\d\n]{4,60}?),?\s(?P<time>\d.*)")
_SOURCE = re.compile(r"(?:来源|來源|source|quelle|fuente|fonte|источник)\s?[:：]", re.IGNORECASE)
_INLINE = re.compile(
    r"[（(](?:[^（()）\s]{0,8}\s?)?记者\s?[:：]?\s?(?P<names>[一-鿿]{2,4}(?:[\s、，][一-鿿]{2,4}){0,3})[）)]"
)
_TWO_CAPITALS = re.compile(
    rf"[^\W\d_a-zß-öø-ÿ][\w'’.-]*\s(?:(?:{_PARTICLES})\s){{0,2}}[^\W\d_a-zß-öø-ÿ]"
)
_JOINED_SIGN = re.compile(r"記者|记者|作者|撰文|기자|文\s?[/／:：]")
"""Without one of these two a line names nobody."""
PHOTO = re.compile(r"foto|photo|image|bild\b|picture|\bcopyright|©", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credit:
    """The people that a line names."""

    names: tuple[str, ...]
    led: bool = False
    """A word such as "By" says that they wrote."""
    told: bool = False
    """A role, a time or an address beside the names says so."""


def read_credit(text: str) -> Credit | None:
    """Return whom a line credits, or None; `text` as it stands, wide blanks part what it says.

    >>> read_credit("Ann Lee  |  5 min read")
    Credit(names=('Ann Lee',), led=False, told=True)
    """
    text = _BULLET.sub("", text.replace(" ,", ",")).strip()
    folded = " ".join(text.split())
    if " " not in folded and folded.isascii():
        return None
    if PHOTO.search(folded):
        return None
    if names := _led(text) or (_led(folded) if text != folded else ()):
        return Credit(names, led=True)
    if _leads(folded):
        return None
    if folded.count(" ") >= SENTENCE_BLANKS and folded.endswith((".", "!", "?")):
        return None
    text = _unglued(text)
    may_name = _TWO_CAPITALS.search(text) or _JOINED_SIGN.search(text)
    return _beside(text) if may_name else None


def read_inline(paragraph: str) -> tuple[str, ...]:
    """Return the reporters that a Chinese lead names in brackets.

    >>> read_inline("江城晚报讯（记者李晓梅 王强）十七日晚开幕。")
    ('李晓梅', '王强')
    """
    found = _INLINE.search(paragraph[:INLINE_CHARS])
    return tuple(re.split(r"[\s、，]", found["names"])) if found else ()


def is_role(text: str) -> bool:
    """Tell a line that only says what its neighbour does: "Correspondent in Athens"."""
    return _ROLE_SIGN.search(text) is not None and _ROLE.fullmatch(text) is not None


def tells_time(text: str) -> bool:
    """Tell a short text that gives a date, a time of day, or how long reading takes."""
    return bool(_AGO.search(text) or read_stamps(text))


def is_bare(text: str) -> bool:
    """Tell a line that is a person's name and nothing else."""
    if not _BARE.fullmatch(text) or not is_name(text) or is_press_name(text):
        return False
    if LEAD.match(text) or _STAMPED.match(text):  # "Von DPA" is a credit, if not of a person
        return False
    words = text.casefold().split()
    if _UNCASED.search(text) or announced(words) is not None or len(set(words)) < len(words):
        return False
    own = [word for word in text.split() if word[0].isupper()]
    return not any(
        COMMON.fullmatch(word) or KNOWN.fullmatch(word) or NOBODY.fullmatch(word) for word in own
    )


def _led(text: str) -> tuple[str, ...]:
    """Return the people of a line that begins as credits do."""
    if reporter := REPORTER.match(text):
        return (reporter["name"],)
    if label := _LABEL.match(text):
        names = people(text[label.end() :])
        return names if all(is_bare(name) for name in names) else ()
    text = _BY_GLUED.sub("by ", _GENRE.sub("", text))
    if (dated := _TIME_AND_BY.match(text)) and tells_time(dated["time"]):
        text = text[dated.end() :]
    if not _leads(text):
        return ()
    names = _without_place(people(_unglued(text)))
    unspaced = LEAD_JOINED.match(text) is not None or not text.isascii()
    return names if all(FULL_NAME.match(name) or unspaced for name in names) else ()


def _leads(text: str) -> bool:
    return (LEAD.match(text) or LEAD_JOINED.match(text)) is not None


def _without_place(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names without the place behind them: "Ann Lee, Zürich"."""
    if len(names) > 1 and " " not in names[-1] and all(map(FULL_NAME.match, names[:-1])):
        return names[:-1]
    return names


def _beside(text: str) -> Credit | None:
    """Return the names of a line that holds nothing but names and what stands beside such."""
    pieces = list(filter(None, map(_trimmed, _BETWEEN.split(text))))
    names: list[str] = []
    led = told = False
    for piece in pieces:
        alone = len(pieces) == 1
        if not alone and (credited := _led(piece)):
            names += credited
            led = True
        elif behind := _name_before(piece):
            names.append(behind)
            told = True
        elif listed := _listed(piece):
            names += listed
        elif alone or (not (tells := _tells(piece)) and not _is_silent(piece)):
            return None
        else:
            told = told or tells
    return Credit(tuple(dict.fromkeys(names)), led, told) if names else None


def _tells(piece: str) -> bool:
    """Tell a role, an address or a time, which say of the name beside them that it wrote."""
    return (
        "@" in piece or is_role(piece) or (len(piece.split()) <= TIME_WORDS and tells_time(piece))
    )


def _name_before(piece: str) -> str | None:
    """Return the name that a role or a time follows: "Ann Lee Reporter", "Ann Lee 3 hours ago"."""
    if _ROLE_SIGN.search(piece) and (roled := _NAME_AND_ROLE.fullmatch(piece)):
        return roled["name"] if is_bare(roled["name"]) else None
    timed = _NAME_AND_TIME.fullmatch(piece)
    if timed is None:
        return None
    words = timed["name"].split()
    if len(words) > 2 and months_named(words[-1].strip(".,")):
        words.pop()
    name = " ".join(words).strip(" ,")
    return name if is_bare(name) and tells_time(piece[len(name) :]) else None


def _listed(piece: str) -> tuple[str, ...]:
    """Return the names that a piece lists, if it lists nothing else."""
    words = piece.split()
    half = words[: len(words) // 2]
    if len(half) > 1 and half + half == words:
        return (" ".join(half),) if is_bare(" ".join(half)) else ()
    if SPLIT.search(piece):
        named = tuple(parts(piece))
        if len(named) > 1 and all(map(is_bare, named)):
            return named
    piece = piece.removeprefix("Na ") if piece.count(" ") > 1 else piece  # Swahili "by"
    if reporting := _NAME_AND_PLACE.fullmatch(piece):
        piece = reporting["name"]
    return (piece,) if is_bare(piece) else ()


def _is_silent(piece: str) -> bool:
    """Tell what may stand beside a byline and says nothing: a paper, a section, "Follow"."""
    if AGENCY.match(piece):  # so are pictures credited
        return False
    if is_press_name(piece) or KNOWN.fullmatch(piece) or NOT_NAMES.match(piece):
        return True
    return _SOURCE.match(piece) is not None or announced(WORDS.findall(piece.lower())) is not None


def _trimmed(piece: str) -> str:
    return " ".join(piece.split()).strip(" ,;|/–—-()<>")


def _unglued(text: str) -> str:
    """Return a line with a bar where a converter ran a name and its role together."""
    return _GLUED.sub(lambda m: m[0] if m[1].lower() in _NAME_STARTS else f"{m[1]} | ", text)
