"""Which line of a text dump is the headline?

A headline shares its words with the article below, often stands twice or inside a breadcrumb, and
has a date or a byline near. Each line that might be one is described by numbers for the ranker.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray

from articles.extraction.dates import read_stamps
from articles.extraction.menus import is_masthead, is_menu

Floats = NDArray[np.float64]

LONGEST_WORDS = 45  # of 125 labelled headlines the longest has 26
LONGEST_CHARS = 320
MOST = 300
"""Lines of a page that are looked at; longer pages are cut around the body's start."""
ABOVE, BELOW = 60, 6
"""How far above and below the body's start a headline may stand, in lines with words."""
HEAD_CHARS = 1_000
MASS = 60.0
"""Words of a line that count when the body's run is sought, so that no single line decides."""
BODY = 0.5
WORD = re.compile(r"\w+")
DATED = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|\d?[:.h]\d\d|[./]\d)")
BYLINE = re.compile(
    r"^\W*(?:by|von|par|por|di|door|av|af|text|autor|redak|author)\b", re.IGNORECASE
)
CREDIT = re.compile(r"©|\b(?:photo|foto|image|bild|getty|copyright|rights)\b", re.IGNORECASE)
LEAD = re.compile(r"^\s*(?:[-*+•·>#|]|\d{1,2}[.)]\s)\s*")
PICTURE = re.compile(
    r"\b(?:photo(?:s|graph\w{0,6})?|fotos?|image|bild|picture|写真)\s?(?:by\b|[:：/])"
    r"|©|via (?:reuters|ap|afp|getty)|\b(?:quelle|source|crédit|credits?)\s?[:：]"
    r"|/(?:dpa|afp|ap|reuters|getty|epa|ansa|efe)\b",
    re.IGNORECASE,
)
DATE_WORDS, DATE_SHARE = 10, 0.6
EDGE, LONGEST_KEY = 13, 400
"""Characters by which lines that hold one another are found; shorter ones hold nothing."""
QUOTES = "\"“”„«»'’‘"
CRUMB = re.compile(r"\s[/>›»|]\s|[›»]|\s::\s|\s[-–—]\s")


@dataclass(slots=True)
class Line:
    """A line that holds a word, and what the features need of it."""

    block: int
    text: str
    """White space folded, list marks in front dropped."""
    words: list[str]
    key: str
    """Its words joined: two lines with one key say the same."""
    weight: int
    """Words; half the characters where no spaces part them."""
    score: float
    gap: int
    """Empty lines above it."""


@dataclass(slots=True)
class Lines:
    """The lines of one page, and where its body's heaviest run stands."""

    all: list[Line]
    start: int
    end: int
    scores: Floats


def read_lines(texts: Sequence[str], scores: Floats) -> Lines:
    """Return the lines that hold a word, with the run of them that is most likely the body."""
    lines: list[Line] = []
    gap = 0
    for block, (text, score) in enumerate(zip(texts, scores.tolist(), strict=True)):
        line = _line(block, text, score, gap) if text else None
        gap = 0 if line else gap + 1
        if line:
            lines.append(line)
    chances = np.array([line.score for line in lines])
    weights = np.array([min(line.weight, MASS) for line in lines])
    start, end = _heaviest_run((chances - 0.4) * weights)
    return Lines(lines, start, end, chances)


def _line(block: int, text: str, score: float, gap: int) -> Line | None:
    head = text[:HEAD_CHARS]
    words = WORD.findall(head.casefold())
    if not words:
        return None
    folded = " ".join(head.split())
    if not folded[0].isalpha():
        folded = LEAD.sub("", folded)
    weight = len(words)
    if _is_unspaced(folded):
        weight = max(weight, sum(map(len, words)) // 2)
    return Line(block, folded, words, " ".join(words), weight, score, gap)


def _is_unspaced(text: str) -> bool:
    """Tell Chinese, Japanese and Thai, which put no spaces between words."""
    if text.isascii():
        return False
    middle = text[len(text) // 2 : len(text) // 2 + 6]
    return any("\u0e00" <= sign <= "\u0eff" or "\u3040" <= sign <= "\u9fff" for sign in middle)


def _heaviest_run(values: Floats) -> tuple[int, int]:
    """Return start and end of the stretch with the largest sum (Kadane, 1984)."""
    best = total = 0.0
    since, found = 0, (0, 0)
    for at, value in enumerate(values.tolist()):
        if total <= 0:
            total, since = 0.0, at
        total += value
        if total > best:
            best, found = total, (since, at + 1)
    return found


def candidates(lines: Lines, texts: Sequence[str]) -> list[int]:
    """Return the places, among the lines of `texts`, that may hold the headline."""
    first, last = max(0, lines.start - ABOVE), lines.start + BELOW
    near = range(max(first, int(_has_masthead(lines.all, texts))), min(last, len(lines.all)))
    return [at for at in near if _may_be_headline(lines.all[at])][:MOST]


def _has_masthead(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    """Tell whether the first line is the name of the paper; a headline would be said again."""
    if len(lines) < 2 or not is_masthead(lines[0].weight, texts[lines[1].block]):
        return False
    return all(line.key != lines[0].key for line in lines[1:])


def _may_be_headline(line: Line) -> bool:
    return (
        1 < line.weight <= LONGEST_WORDS
        and len(line.text) <= LONGEST_CHARS
        and any(sign.isalpha() for sign in line.text)
        and not is_menu(line.text)
        and not PICTURE.search(line.text)
        and not _is_date(line)
    )


def _is_date(line: Line) -> bool:
    """Tell a line that is hardly more than a date, whatever its language."""
    if line.weight > DATE_WORDS or not DATED.search(line.text):
        return False
    shown = sum(stamp.end - stamp.start for stamp in read_stamps(line.text)[:1])
    return shown > DATE_SHARE * len(line.text)


def features(lines: Lines, places: Sequence[int]) -> Floats:
    """Return a row of numbers for each place; `FEATURES` names the columns."""
    context = _Context(lines)
    rows = [context.row(at) for at in places]
    return np.array(rows, np.float64).reshape(len(rows), len(FEATURES))


FEATURES = (
    "score", "score_above", "score_below", "score_two_below", "to_start", "distance", "place",
    "share_of_page", "mass_above", "words", "chars", "in_body", "in_lead", "rare_in_body",
    "copies", "is_first", "is_last", "inside_others", "in_crumb", "holds",
    "begins_others", "full_stop", "question", "colon",
    "comma", "has_date", "has_byline", "has_credit", "separator", "upper", "capital", "quotes",
    "date_above", "date_below", "byline_below", "longer_between", "rank", "gap", "gap_below",
    "words_above", "words_below", "listed", "digits", "next_copies",
)  # fmt: skip


class _Context:
    """What the rows of one page share."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        every = lines.all
        self.copies = Counter(line.key for line in every)
        self.last = {line.key: at for at, line in enumerate(every)}
        self.first = {line.key: at for at, line in reversed(list(enumerate(every)))}
        self.bags = {
            at: _bag(line.words) for at, line in enumerate(every) if self._counts(at, line)
        }
        self.body = Counter(w for at, bag in self.bags.items() for w in bag)
        self.lead = set[str]()
        for at in list(self.bags)[:3]:
            self.lead |= self.bags[at]
        self.weights = [line.weight for line in every]
        before = every[max(0, lines.start - 15) : lines.start + 1]
        self.around = [line.weight for line in before if line.score < BODY]
        self.mass = np.cumsum([line.score * min(line.weight, MASS) for line in every])
        head = every[: lines.end + 5]
        short = [(at, line.text) for at, line in enumerate(head) if line.weight < 14]
        self.dated = [at for at, text in short if DATED.search(text)]
        self.by = [at for at, text in short if BYLINE.match(text)]
        self.long_keys: dict[str, list[int]] = defaultdict(list)
        self.heads: dict[str, list[str]] = defaultdict(list)
        self.tails: dict[str, list[str]] = defaultdict(list)
        for at, line in enumerate(head):
            if EDGE <= len(line.key) < LONGEST_KEY:
                self.long_keys[line.key].append(at)
                self.heads[line.key[:EDGE]].append(line.key)
                self.tails[line.key[-EDGE:]].append(line.key)
        self.joined = "\n".join(line.key for line in head if EDGE <= len(line.key) < LONGEST_KEY)

    def _counts(self, at: int, line: Line) -> bool:
        return self.lines.start <= at < self.lines.end and line.score >= BODY

    def row(self, at: int) -> list[float]:
        every, start = self.lines.all, self.lines.start
        line = every[at]
        text, weight = line.text, line.weight
        above = every[at - 1] if at else line
        below = every[at + 1] if at + 1 < len(every) else line
        further = every[at + 2] if at + 2 < len(every) else below
        between = self.weights[min(at + 1, start) : max(start, at)]
        bag = _bag(line.words)
        own = at in self.bags
        shared = [self.body[w] - own for w in bag]
        return [
            line.score, above.score, below.score, further.score,
            max(-20, min(60, start - at)), min(60, abs(start - at)), at, at / len(every),
            self._mass_above(at),
            line.weight, len(text),
            sum(n > 0 for n in shared) / max(1, len(bag)),
            len(bag & self.lead) / max(1, len(bag)) if not own else 0.0,
            sum(log1p(max(0, n)) for n in shared) / max(1, len(bag)),
            min(5, self.copies[line.key]), self.first[line.key] == at, self.last[line.key] == at,
            *self._inside(line),
            text.endswith((".", "。")), text.endswith(("?", "!", "？", "！")), text.endswith(":"),
            text.endswith((",", "…", "...")),
            DATED.search(text) is not None, BYLINE.match(text) is not None,
            CREDIT.search(text) is not None, CRUMB.search(text) is not None,
            sum(map(str.isupper, text)) / len(text), text[0].isupper(),
            sum(map(text.count, QUOTES)),
            _nearest(self.dated, at, -1), _nearest(self.dated, at, 1), _nearest(self.by, at, 1),
            sum(other > weight for other in between),
            sum(other > weight for other in self.around),
            min(5, line.gap), min(5, below.gap), min(60, above.weight), min(60, below.weight),
            line.text[:1] in "-*•" , sum(map(str.isdigit, text)) / len(text),
            min(5, self.copies[below.key]),
        ]  # fmt: skip

    def _mass_above(self, at: int) -> float:
        """Return the share of the page's body that stands above a line."""
        line = self.lines.all[at]
        above = float(self.mass[at]) - line.score * min(line.weight, MASS)
        return above / max(1.0, float(self.mass[-1]))

    def _inside(self, line: Line) -> tuple[float, ...]:
        """Count the lines that hold this one, crumbs among them, those it ends with, begins."""
        if len(line.key) < EDGE:
            return 0.0, 0.0, 0.0, 0.0
        mine = line.key
        heads, tails = self.heads[mine[:EDGE]], self.tails[mine[-EDGE:]]
        begins = sum(key.startswith(mine) for key in heads if len(key) > len(mine))
        held = sum(mine.startswith(key) for key in heads if len(key) < len(mine))
        held += sum(mine.endswith(key) for key in tails if len(key) < len(mine))
        holders = crumbs = 0
        if self.joined.count(mine) > len(self.long_keys[mine]):
            for key, places in self.long_keys.items():
                if key != mine and mine in key:
                    holders += len(places)
                    crumbs += sum(self._is_crumb(at) for at in places)
        return tuple(float(min(5, n)) for n in (holders, crumbs, held, begins))

    def _is_crumb(self, at: int) -> bool:
        return CRUMB.search(self.lines.all[at].text) is not None


def _bag(words: Sequence[str]) -> set[str]:
    """Return the words that carry meaning; pairs of characters where no spaces part words."""
    bag = {word for word in words if 3 < len(word) < 12}
    for word in words:
        if len(word) >= 12 or (len(word) > 1 and "\u3040" <= word[0] <= "\ud7ff"):
            bag.update(word[i : i + 2] for i in range(min(len(word), 60) - 1) if word[i] > "\u0e00")
            if word[0] < "\u0e00":
                bag.add(word)
    return bag or set(words)


def _nearest(places: Sequence[int], at: int, side: int) -> float:
    """Return how many lines away the next of the places is on one side, 30 at most."""
    found = bisect_right(places, at) if side > 0 else bisect_left(places, at) - 1
    if not 0 <= found < len(places):
        return 30.0
    return float(min(30, abs(places[found] - at)))
