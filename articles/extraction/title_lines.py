"""Which line of a text dump is the headline?

A headline shares its words with the article below, often stands twice or inside a breadcrumb, and
has a date or a byline near. Each line that might be one is described by numbers for the ranker.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import fsum, log1p

import numpy as np
from numpy.typing import NDArray

from articles.extraction.dates import read_stamps
from articles.extraction.lines import Line
from articles.extraction.menus import is_masthead, is_menu
from articles.extraction.textfeatures import heaviest_run

Floats = NDArray[np.float64]

LONGEST_WORDS = 45  # of 125 labelled headlines the longest has 26
LONGEST_CHARS = 320
MOST = 300
"""Lines of a page that are looked at; longer pages are cut around the body's start."""
ABOVE, BELOW = 60, 6
"""How far above and below the body's start a headline may stand, in lines with words."""
FAR = 30
"""Lines to either side in which a date or a byline tells something."""
MASS = 60.0
"""Words of a line that count when the body's run is sought, so that no single line decides."""
BODY = 0.5
DATED = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|\d?[:.h]\d\d|[./]\d)")
BYLINE = re.compile(
    r"^\W*(?:by|von|par|por|di|door|av|af|text|autor|redak|author)\b", re.IGNORECASE
)
CREDIT = re.compile(r"©|\b(?:photo|foto|image|bild|getty|copyright|rights)\b", re.IGNORECASE)
PICTURE = re.compile(
    r"\b(?:photo(?:s|graph\w{0,6})?|fotos?|image|bild|picture|写真)\s?(?:by\b|[:：/])"
    r"|©|via (?:reuters|ap|afp|getty)|\b(?:quelle|source|crédit|credits?)\s?[:：]"
    r"|/(?:dpa|afp|ap|reuters|getty|epa|ansa|efe)\b",
    re.IGNORECASE,
)
PICTURE_SIGNS = (":", "/", "©", "：", "by", "via")
CREDIT_SIGNS = ("©", "photo", "foto", "image", "bild", "getty", "copyright", "rights")
"""What a line holds in lower case where the patterns match: ten times as fast to look for."""
READING_TIME = re.compile(r"\d\s?(?:min(?:\b|ut)|мин|分)", re.IGNORECASE)
LABEL_WORDS = 6
DATE_WORDS, DATE_SHARE = 10, 0.6
EDGE, LONGEST_KEY = 13, 400
"""Characters by which lines that hold one another are found; shorter ones hold nothing."""
QUOTES = "\"“”„«»'’‘"
CRUMB = re.compile(r"\s[/>›»|]\s|[›»]|\s::\s|\s[-–—]\s")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_UPPER, _DIGITS = bytes(range(65, 91)), bytes(range(48, 58))


@dataclass(slots=True)
class Lines:
    """The lines of one page that hold a word, and where its body's heaviest run stands."""

    all: Sequence[Line]
    start: int
    end: int
    weights: list[float]
    """Of each line: words; half the characters where no spaces part them."""
    mass: Floats
    """Of each line: how much of the page's body stands in it."""


def around_body(lines: Sequence[Line]) -> Lines:
    """Return the lines of a page with the run of them that is most likely the body."""
    weights = [line.weight if line.text.isascii() else _weight(line) for line in lines]
    chances = np.array([line.score for line in lines])
    counted = np.minimum(np.array(weights), MASS)
    start, end = heaviest_run((chances - 0.4) * counted)
    return Lines(lines, start, end, weights, chances * counted)


def _weight(line: Line) -> float:
    if not _is_unspaced(line.text):
        return line.weight
    return max(line.weight, sum(map(len, line.words)) // 2)


def _is_unspaced(text: str) -> bool:
    """Tell Chinese, Japanese and Thai, which put no spaces between words."""
    middle = text[len(text) // 2 : len(text) // 2 + 6]
    return any("\u0e00" <= sign <= "\u0eff" or "\u3040" <= sign <= "\u9fff" for sign in middle)


def candidates(lines: Lines) -> list[int]:
    """Return the places of the lines that may hold the headline."""
    first, last = max(0, lines.start - ABOVE), lines.start + BELOW
    near = range(max(first, int(_has_masthead(lines.all))), min(last, len(lines.all)))
    return [at for at in near if _may_be_headline(lines.all[at], lines.weights[at])][:MOST]


def _has_masthead(lines: Sequence[Line]) -> bool:
    """Tell whether the first line is the name of the paper; a headline would be said again."""
    if len(lines) < 2 or not is_masthead(len(lines[0].words), lines[1].text):
        return False
    return all(line.key != lines[0].key for line in lines[1:])


def _may_be_headline(line: Line, weight: float) -> bool:
    if not 1 < weight <= LONGEST_WORDS:
        return False
    text = line.folded
    return (
        len(text) <= LONGEST_CHARS
        and text[:1] != ":"  # it goes on where the line above ends
        and any(sign.isalpha() for sign in text)
        and not is_menu(text)
        and not (_holds(line.lower, PICTURE_SIGNS) and PICTURE.search(text))
        and not (weight <= LABEL_WORDS and READING_TIME.search(text))
        and not _is_date(text, weight)
    )


def _holds(text: str, signs: Sequence[str]) -> bool:
    return any(sign in text for sign in signs)


def _is_date(text: str, weight: float) -> bool:
    """Tell a line that is hardly more than a date, whatever its language."""
    if weight > DATE_WORDS or not DATED.search(text):
        return False
    shown = sum(stamp.end - stamp.start for stamp in read_stamps(text)[:1])
    return shown > DATE_SHARE * len(text)


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
        keys = [line.key for line in every]
        self.copies = Counter(keys)
        self.last = dict(zip(keys, range(len(keys)), strict=True))
        self.first = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
        run = range(lines.start, lines.end)
        self.bags = {at: _bag(every[at].words) for at in run if every[at].score >= BODY}
        self.body = Counter(chain.from_iterable(self.bags.values()))
        self.lead = set[str]().union(*list(self.bags.values())[:3])
        self.weights = lines.weights
        before = range(max(0, lines.start - 15), min(len(every), lines.start + 1))
        self.around = sorted(self.weights[at] for at in before if every[at].score < BODY)
        self.heavy = np.array(self.weights)
        self.mass = np.cumsum(lines.mass)
        top = max(0, lines.start - ABOVE - FAR)
        near = range(top, min(len(every), lines.start + BELOW + FAR, lines.end + 5))
        short = [(at, every[at].folded) for at in near if self.weights[at] < 14]
        self.dated = [at for at, text in short if DATED.search(text)]
        self.by = [at for at, text in short if BYLINE.match(text)]
        self._index(top)

    def _index(self, top: int) -> None:
        """Prepare for asking which lines hold one another, by their first and last characters."""
        self.long_keys: dict[str, list[int]] = defaultdict(list)
        self.heads: dict[str, list[str]] = defaultdict(list)
        self.tails: dict[str, list[str]] = defaultdict(list)
        for at, line in enumerate(self.lines.all[top : self.lines.end + 5], top):
            if EDGE <= len(line.key) < LONGEST_KEY:
                self.long_keys[line.key].append(at)
                self.heads[line.key[:EDGE]].append(line.key)
                self.tails[line.key[-EDGE:]].append(line.key)
        self.joined = "\n".join(key for key, at in self.long_keys.items() for _ in at)

    def row(self, at: int) -> list[float]:
        every, start = self.lines.all, self.lines.start
        line = every[at]
        text, weight = line.folded, self.weights[at]
        above = every[at - 1] if at else line
        below = every[at + 1] if at + 1 < len(every) else line
        further = every[at + 2] if at + 2 < len(every) else below
        between = self.heavy[min(at + 1, start) : max(start, at)]
        bag = _bag(line.words)
        own = at in self.bags
        counted = self.body.get
        shared = [n - own for w in bag if (n := counted(w, 0)) > own]
        return [
            line.score, above.score, below.score, further.score,
            max(-20, min(60, start - at)), min(60, abs(start - at)), at, at / len(every),
            self._mass_above(at),
            weight, len(text),
            len(shared) / max(1, len(bag)),
            len(bag & self.lead) / max(1, len(bag)) if not own else 0.0,
            fsum(map(log1p, shared)) / max(1, len(bag)),
            min(5, self.copies[line.key]), self.first[line.key] == at, self.last[line.key] == at,
            *self._inside(line),
            text.endswith((".", "。")), text.endswith(("?", "!", "？", "！")), text.endswith(":"),
            text.endswith((",", "…", "...")),
            DATED.search(text) is not None, BYLINE.match(text) is not None,
            _holds(line.lower, CREDIT_SIGNS) and CREDIT.search(text) is not None,
            CRUMB.search(text) is not None,
            _counted(text, str.isupper, _UPPER) / len(text), text[0].isupper(),
            sum(map(text.count, QUOTES)),
            _nearest(self.dated, at, -1), _nearest(self.dated, at, 1), _nearest(self.by, at, 1),
            int(np.count_nonzero(between > weight)),
            len(self.around) - bisect_right(self.around, weight),
            min(5, self._gap(at)), min(5, self._gap(min(at + 1, len(every) - 1))),
            min(60, self.weights[max(0, at - 1)]),
            min(60, self.weights[min(at + 1, len(every) - 1)]),
            text[:1] in "-*•" , _counted(text, str.isdigit, _DIGITS) / len(text),
            min(5, self.copies[below.key]),
        ]  # fmt: skip

    def _gap(self, at: int) -> int:
        """Return how many blocks without a word stand right above a line."""
        above = self.lines.all[at - 1].block if at else -1
        return self.lines.all[at].block - above - 1

    def _mass_above(self, at: int) -> float:
        """Return the share of the page's body that stands above a line."""
        above = float(self.mass[at] - self.lines.mass[at])
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
        return CRUMB.search(self.lines.all[at].folded) is not None


def _bag(words: Sequence[str]) -> set[str]:
    """Return the words that carry meaning; pairs of characters where no spaces part words."""
    bag = {word for word in words if 3 < len(word) < 12}
    usual = max(map(len, words)) < 12 and max(words) < "\u3040"
    for word in () if usual else words:
        if len(word) >= 12 or (len(word) > 1 and "\u3040" <= word[0] <= "\ud7ff"):
            bag.update(word[i : i + 2] for i in range(min(len(word), 60) - 1) if word[i] > "\u0e00")
            if word[0] < "\u0e00":
                bag.add(word)
    return bag or set(words)


def _counted(text: str, test: Callable[[str], bool], in_ascii: bytes) -> int:
    """Return how many characters pass a test; `in_ascii` are those of ASCII that do."""
    raw = text.encode("utf-8", "surrogatepass")
    count = len(raw) - len(raw.translate(None, in_ascii))
    return count if len(raw) == len(text) else count + sum(map(test, _BEYOND_ASCII.findall(text)))


def _nearest(places: Sequence[int], at: int, side: int) -> float:
    """Return how many lines away the next of the places is on one side, 30 at most."""
    found = bisect_right(places, at) if side > 0 else bisect_left(places, at) - 1
    if not 0 <= found < len(places):
        return float(FAR)
    return float(min(FAR, abs(places[found] - at)))
