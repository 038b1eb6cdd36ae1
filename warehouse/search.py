"""Where was a phrase printed, when, and by whom first?

The published texts are read through, with no index beside them: nothing has to be kept up, and what
is found is exact (docs/adr/0160).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import duckdb

from articles.errors import NewsmillError
from warehouse.query import Row, ask
from warehouse.sql import statement

LETTER = r"\pL\pM\pN"
WORD = re.compile(r"[^\W_]+")
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese: nothing marks where a word ends. Korean: a particle
may follow it."""
ALPHABETS = ((0x00C0, 0x0250), (0x1E00, 0x2000), (0x0370, 0x0530))
"""Latin, Greek and Cyrillic letters that carry marks."""
STROKES = str.maketrans("łøđħŧı", "lodhti")
"""Marks that Unicode takes for a part of the letter."""


class NothingToSearch(NewsmillError):
    """A phrase has neither a letter nor a digit."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: articles that have every phrase, in title, standfirst or body."""

    phrases: tuple[str, ...]
    """Case, accents, and what stands between two words do not matter."""
    from_day: date | None = None
    """Published on this UTC day or later; leaves out what has no date."""
    to_day: date | None = None
    """Published on this UTC day or earlier; leaves out what has no date."""
    publisher: str | None = None
    """Name or domain of the publisher, whatever its case."""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Every article that has the phrases."""

    columns: tuple[str, ...]
    rows: list[Row]
    """Earliest first, those without a date last."""

    @property
    def stories(self) -> int:
        """How many stories tell it: copies of an article are one."""
        return len({row["story_id"] for row in self.rows})

    @property
    def publishers(self) -> int:
        """How many publishers printed it, as far as they are known."""
        return len({row["printed_by"] for row in self.rows} - {None})

    @property
    def undated(self) -> int:
        """How many of the articles state no date."""
        return sum(row["published_at"] is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of a phrase in a text."""

    before: str
    words: str
    after: str

    @property
    def text(self) -> str:
        """The place and what stands around it."""
        return self.before + self.words + self.after


def search(connection: duckdb.DuckDBPyConnection, sought: Sought) -> Found:
    """Return the articles of the published snapshot that have every phrase.

    Raises NothingToSearch, QueryFailed.
    """
    values = {
        "from_day": sought.from_day,
        "to_day": sought.to_day,
        "publisher": sought.publisher,
        "language": sought.language,
    }
    found = Found((), [])
    within: list[object] | None = None
    for phrase in sought.phrases:
        given = values | {"phrase": pattern(phrase), "within": within}
        answer = ask(connection, statement("printed"), given)
        found = Found(answer.columns, answer.rows())
        within = [row["article_id"] for row in found.rows]
    return found


def passages(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[Row], phrase: str, around: int
) -> dict[object, Passage]:
    """Return by article_id the first place of the phrase, in the body, else in standfirst or title.

    At most `around` characters are given before and after it.
    """
    before, words, after = _pieces(phrase)
    given = {
        "articles": [row["article_id"] for row in rows],
        "passage": rf"(?is)(.{{0,{around}}}{before})({words})({after}.{{0,{around}}})",
    }
    places = ask(connection, statement("passages"), given).tuples
    return {article: Passage(*map(str, place)) for article, *place in places}


def pattern(phrase: str) -> str:
    """Return the regular expression (RE2) of a phrase, as words and not as parts of words.

    Raises NothingToSearch.
    """
    return "(?i)" + "".join(_pieces(phrase))


def _pieces(phrase: str) -> tuple[str, str, str]:
    """Return expressions for the edge before a phrase, its words, and the edge after it."""
    words = WORD.findall(unicodedata.normalize("NFC", phrase))
    if not words:
        raise NothingToSearch(f"{phrase!r} has neither a letter nor a digit: give a word of it")
    between = f"[^{LETTER}]+"
    inner = between.join("".join(map(_letter, word)) for word in words)
    before = "" if UNSPACED.match(words[0][0]) else f"(?:^|[^{LETTER}])"
    after = "" if UNSPACED.match(words[-1][-1]) else f"(?:[^{LETTER}]|$)"
    return before, inner, after


def _letter(letter: str) -> str:
    """Return an expression for the letter with and without its marks."""
    base = _bare(letter)
    marked = "".join(_marked().get(base, ()))
    return (f"[{base}{marked}]" if marked else re.escape(letter)) + r"\pM*"


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter.lower())[0].translate(STROKES)


@cache
def _marked() -> dict[str, list[str]]:
    """Return for each letter those that are it with marks."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for first, last in ALPHABETS:
        for letter in map(chr, range(first, last)):
            if letter.isalpha() and letter == letter.lower() and _bare(letter) != letter:
                found[_bare(letter)].append(letter)
    return found
